// SPDX-License-Identifier: MIT
#include "auth/sodium.hpp"

#include <sodium.h>

#include <stdexcept>

namespace serval::detail {

void start_sodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw std::runtime_error("libsodium cannot start: the system has no random numbers");
}

}  // namespace serval::detail
