// SPDX-License-Identifier: MIT
#include "docs_ui/nonce.hpp"

#include <random>
#include <string_view>

namespace serval::docs_ui {

std::string new_nonce() {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  thread_local std::random_device source;
  std::string nonce(22, '\0');
  for (char& character : nonce) character = alphabet[source() % alphabet.size()];
  return nonce;
}

}  // namespace serval::docs_ui
