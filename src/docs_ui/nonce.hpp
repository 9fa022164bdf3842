// SPDX-License-Identifier: MIT
// A number used once, with which a security policy allows an inline script of the page (CSP Level 3 section 7.1).
#pragma once

#include <string>

namespace serval::docs_ui {

/// 22 characters of the URL-safe base64 alphabet, 132 bits from the system's random source: an attacker who inserts
/// text into a page cannot predict it. Errors: as `std::random_device`.
[[nodiscard]] std::string new_nonce();

}  // namespace serval::docs_ui
