// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), by which a security policy names a script that stands in the page.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::docs_ui {

[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::string_view text);

/// `'sha256-<base64>'`, the source expression for an inline script of exactly this text.
[[nodiscard]] std::string policy_hash(std::string_view script);

}  // namespace serval::docs_ui
