// SPDX-License-Identifier: MIT
// The options of `Sessions`.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <serval/auth/secret_key.hpp>
#include <serval/http/cookie.hpp>

namespace serval {

class Store;

namespace detail {

/// A key of the list that `SessionKeys` copies.
class SessionKey {
 public:
  SessionKey(const SecretKey& key) noexcept : bytes(key.reveal()) {}  // implicit: an element of a list of keys
  std::string_view bytes;
};

}  // namespace detail

/// The keys of sealed sessions: `.keys = {SecretKey::from_file("/run/secrets/session")}`. The first one seals, all of
/// them open. To change a key, put the new one first and remove the old one when its sessions have ended. It has copies
/// of the keys, which are overwritten when they are no longer needed.
class SessionKeys {
 public:
  SessionKeys() noexcept = default;
  SessionKeys(std::initializer_list<detail::SessionKey> keys);

  /// Adds a key after the others.
  void add(const SecretKey& key);
  [[nodiscard]] const std::vector<SecretKey>& list() const noexcept { return keys_; }

 private:
  std::vector<SecretKey> keys_;
};

/// The options of `Sessions`. Exactly one of `keys` and `store` is given.
struct SessionOptions {
  /// Keeps sessions in the cookie, encrypted and authenticated. At least one key, and at most 16, of at least 32 random
  /// bytes each: `openssl rand -base64 48 > key`. Default: none.
  SessionKeys keys{};
  /// Keeps sessions in this store, and only a random id in the cookie. It outlives the application. Needed if `clear`
  /// must end a session also for those who have copied its cookie, and for sessions beyond 3800 bytes. Default: none.
  Store* store = nullptr;
  /// The name of the cookie: a token of at most 64 bytes. Default: "__Host-session", or "session" without `secure`.
  /// Browsers accept a name with the prefix "__Host-" only from the host itself over https, so that neither another
  /// subdomain nor a site without encryption can replace the session.
  std::string cookie{};
  /// Whether browsers send the cookie only over https. Default: yes; `false` is for tests and development over http.
  bool secure = true;
  /// For which cross-site requests browsers send the cookie. Default: only for navigation to the site with a safe
  /// method. `none` needs `secure`.
  http::SameSite same_site = http::SameSite::lax;
  /// How long a session lives without being used. Default 14 days; 0: no limit; at most 100 years.
  std::chrono::seconds idle = std::chrono::hours(14 * 24);
  /// How long a session lives in all, since it began or was renewed. Default 90 days; 0: no limit; at most 100 years.
  std::chrono::seconds absolute = std::chrono::hours(90 * 24);
  /// Whether browsers keep the cookie when they are closed, by `Max-Age`. Default: no.
  bool is_persistent = false;
  /// The clock; tests set another. Default: the system's clock.
  std::function<std::chrono::system_clock::time_point()> clock{};
};

}  // namespace serval
