// SPDX-License-Identifier: MIT
#include <serval/security/constant_time.hpp>

#include <cstddef>

namespace serval {

bool constant_time_equal(std::string_view sent, std::string_view secret) noexcept {
  // Texts of different lengths are compared, too: `sent` with itself, so that the loop has the same length.
  const std::string_view other = sent.size() == secret.size() ? secret : sent;
  // volatile: the compiler must not end the loop at the first difference.
  volatile unsigned char difference = sent.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (sent[i] ^ other[i]));
  }
  return difference == 0;
}

}  // namespace serval
