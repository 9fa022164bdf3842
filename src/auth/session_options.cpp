// SPDX-License-Identifier: MIT
#include <serval/auth/session_options.hpp>

namespace serval {

SessionKeys::SessionKeys(std::initializer_list<detail::SessionKey> keys) {
  for (const detail::SessionKey& key : keys) keys_.push_back(SecretKey::from_text(key.bytes));
}

void SessionKeys::add(const SecretKey& key) { keys_.push_back(SecretKey::from_text(key.reveal())); }

}  // namespace serval
