// SPDX-License-Identifier: MIT
#include <serval/auth/random_token.hpp>

#include <stdexcept>

#include <serval/auth/secret_key.hpp>

#include "auth/base64url.hpp"

namespace serval {

std::string random_token(std::size_t bytes) {
  if (bytes < 16)
    throw std::invalid_argument("random_token: fewer than 16 bytes can be guessed; write random_token(32)");
  const SecretKey key = SecretKey::random(bytes);
  return detail::base64url(key.reveal());
}

}  // namespace serval
