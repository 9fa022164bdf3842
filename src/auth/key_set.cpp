// SPDX-License-Identifier: MIT
#include "auth/key_set.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace serval::detail {

KeySet::KeySet(KeyEntry entry) : is_set_(false) { entries_.push_back(std::move(entry)); }

KeySet::KeySet(std::string_view jwks) : is_set_(true) {
  if (jwks.size() > max_bytes) throw std::invalid_argument("it is larger than 256 KiB");
  const json set = schema::parse_json(jwks);  // invalid_argument if it is no JSON
  const auto keys = set.is_object() ? set.find("keys") : set.end();
  if (keys == set.end() || !keys->is_array()) {
    throw std::invalid_argument("it is not a JSON Web Key Set: {\"keys\": [...]}");
  }
  if (keys->size() > max_keys) throw std::invalid_argument("it has more than 100 keys");
  for (std::size_t i = 0; i < keys->size(); ++i) {
    try {
      if (auto entry = read_jwk((*keys)[i])) entries_.push_back(*std::move(entry));
    } catch (const std::invalid_argument& fault) {
      throw std::invalid_argument("key " + std::to_string(i) + ": " + fault.what());
    }
  }
  if (entries_.empty()) throw std::invalid_argument("it has no key for verifying signatures");
}

const JwtKey* KeySet::find(JwtAlgorithm algorithm, const std::optional<std::string>& key_id) const noexcept {
  const JwtKey* found = nullptr;
  for (const KeyEntry& entry : entries_) {
    // In a set, a key without an id is not for tokens with one: the id may be that of a key that was withdrawn.
    if (key_id && (entry.id ? *entry.id != *key_id : is_set_)) continue;
    if (!entry.fits(algorithm)) continue;
    if (found != nullptr) return nullptr;
    found = entry.key.get();
  }
  return found;
}

bool KeySet::fits(JwtAlgorithm algorithm) const noexcept {
  return std::any_of(entries_.begin(), entries_.end(), [&](const KeyEntry& entry) { return entry.fits(algorithm); });
}

}  // namespace serval::detail
