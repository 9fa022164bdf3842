// SPDX-License-Identifier: MIT
// Number used once, by which a security policy admits a script that stands in the page (CSP Level 3 section 7.1).
#pragma once

#include <string>

namespace serval::docs_ui {

/// 22 characters of the base64 alphabet that is safe in URLs, 132 bits from the system's source of randomness: nobody
/// who puts text into a page can know it beforehand. Errors: as `std::random_device`.
[[nodiscard]] std::string new_nonce();

}  // namespace serval::docs_ui
