// SPDX-License-Identifier: MIT
// Texts as libcrypto and libsodium take them.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

[[nodiscard]] inline const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}
[[nodiscard]] inline unsigned char* bytes_of(std::string& text) noexcept {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace serval::detail
