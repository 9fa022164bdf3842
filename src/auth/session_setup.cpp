// SPDX-License-Identifier: MIT
#include "auth/session_setup.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>

namespace serval::detail {

namespace {

[[noreturn]] void refuse_sessions(const std::string& message) { throw SetupError("Sessions: " + message, {}); }

bool has_prefix(std::string_view name, std::string_view prefix) {
  return http::iequals(name.substr(0, prefix.size()), prefix);
}

void check_keys(const SessionKeys& keys) {
  constexpr std::size_t least_bytes = 32;
  constexpr std::size_t most_keys = 16;
  if (keys.list().size() > most_keys)
    refuse_sessions(".keys has " + std::to_string(keys.list().size()) + " keys, but at most 16 are allowed");
  for (const SecretKey& key : keys.list()) {
    if (key.reveal().size() < least_bytes) {
      refuse_sessions("a key of .keys has " + std::to_string(key.reveal().size()) +
                      " bytes, but it needs at least 32 random ones: `openssl rand -base64 48 > key`, and "
                      "SecretKey::from_file(\"key\"); a key that was moved is empty");
    }
  }
}

void check_cookie(const SessionOptions& options) {
  constexpr std::size_t most_bytes = 64;
  if (options.cookie.size() > most_bytes) refuse_sessions(".cookie is longer than 64 bytes");
  try {
    static_cast<void>(http::format_set_cookie(options.cookie, "x", {}));
  } catch (const std::invalid_argument&) {
    refuse_sessions("'" + options.cookie + "' is no name of a cookie: use letters, digits, '-' and '_'");
  }
  if (!options.secure && (has_prefix(options.cookie, "__Host-") || has_prefix(options.cookie, "__Secure-")))
    refuse_sessions("browsers refuse a cookie called '" + options.cookie + "' without .secure; give it another name");
  if (!options.secure && options.same_site == http::SameSite::none)
    refuse_sessions("browsers refuse a cookie with .same_site = none without .secure");
}

void check_time(const char* name, std::chrono::seconds time) {
  constexpr std::chrono::seconds longest = std::chrono::hours(24 * 36'500);
  if (time < std::chrono::seconds(0) || time > longest)
    refuse_sessions(std::string(name) + " must be from 0, which means no limit, to 100 years");
}

}  // namespace

SessionOptions checked_session_options(SessionOptions options) {
  if (options.keys.list().empty() == (options.store == nullptr))
    refuse_sessions("give either .keys, for sessions in sealed cookies, or .store, for sessions on the server");
  check_keys(options.keys);
  if (options.cookie.empty()) options.cookie = options.secure ? "__Host-session" : "session";
  check_cookie(options);
  check_time(".idle", options.idle);
  check_time(".absolute", options.absolute);
  return options;
}

}  // namespace serval::detail
