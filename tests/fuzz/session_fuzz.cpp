// SPDX-License-Identifier: MIT
// Opens cookies of sessions and reads records of a store. No cookie opens that was not sealed, and what was sealed
// opens unchanged.
#include "auth/session_seal.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include <serval/auth/session_options.hpp>

#include "auth/base64url.hpp"
#include "auth/session_record.hpp"

namespace {

using namespace serval;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

const detail::SessionSeal& seal() {
  static const SessionKeys keys{SecretKey::random(), SecretKey::random()};
  static const detail::SessionSeal seal(keys.list(), "session");
  return seal;
}

/// Nobody knows the keys.
void check_cookie(std::string_view text) {
  require(!seal().open(text));
  require(!seal().open(detail::base64url(text)));
}

void check_record(std::string_view bytes) {
  const auto record = detail::read_session_record(bytes);
  if (!record) return;
  require(detail::to_bytes(*record) == bytes);
  if (bytes.size() > 2700) return;
  std::string value = seal().seal(*record);
  const auto opened = seal().open(value);
  require(opened && detail::to_bytes(*opened) == bytes);
  const std::size_t at = static_cast<std::size_t>(record->issued.count()) % value.size();
  value[at] = value[at] == 'A' ? 'B' : 'A';
  require(!seal().open(value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_cookie(text);
  check_record(text);
  return 0;
}
