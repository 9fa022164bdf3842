// SPDX-License-Identifier: MIT
#include <serval/auth/passwords.hpp>

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <thread>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/handler/pool.hpp>
#include <serval/http/http_error.hpp>

#include "auth/password_formats.hpp"
#include "auth/sodium.hpp"

namespace serval {

namespace {

constexpr std::size_t max_password_bytes = 1024;
constexpr std::size_t min_memory = 7 * 1024 * 1024;
constexpr std::size_t max_memory_of_hash = std::size_t{4} * 1024 * 1024 * 1024;

void check_length(std::string_view password) {
  if (password.empty() || password.size() > max_password_bytes) {
    throw HttpError(422, "A password has 1 to 1024 bytes");
  }
}

void check_options(const PasswordOptions& options) {
  if (options.memory < min_memory || options.memory > max_memory_of_hash) {
    throw SetupError("Passwords: .memory is in bytes, from 7 MiB to 4 GiB: .memory = 19 * 1024 * 1024", {});
  }
  if (options.passes == 0) throw SetupError("Passwords: .passes is at least 1: .passes = 2", {});
}

std::size_t threads_of(const PasswordOptions& options) {
  return options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency() / 2);
}

/// A password that waits for a thread. It is overwritten when it is no longer needed.
class WaitingPassword {
 public:
  explicit WaitingPassword(std::string text) : text_(std::make_shared<Wiped>(std::move(text))) {}
  [[nodiscard]] const std::string& text() const noexcept { return text_->text; }

 private:
  struct Wiped {
    explicit Wiped(std::string given) : text(std::move(given)) {}
    ~Wiped() { sodium_memzero(text.data(), text.size()); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    std::string text;
  };
  std::shared_ptr<const Wiped> text_;  // shared, since the pool copies its work
};

}  // namespace

class Passwords::State {
 public:
  explicit State(const PasswordOptions& options)
      : options_(options), pool_({.threads = threads_of(options), .queue = options.queue}) {
    detail::start_sodium();
  }

  [[nodiscard]] Pool& pool() noexcept { return pool_; }

  [[nodiscard]] std::string hash(std::string_view password) const {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(), options_.passes, options_.memory) != 0)
      throw std::bad_alloc();  // its only failure
    return out.data();
  }

  [[nodiscard]] PasswordCheck verify(const std::string& password, const std::optional<std::string>& stored) const {
    if (!stored || !is_readable(*stored)) {
      static_cast<void>(hash(password));  // takes as long as for a user who exists
      return {};
    }
    const bool is_old = detail::is_old_hash(*stored);
    PasswordCheck check;
    check.ok = is_old ? detail::matches_old_hash(password, *stored)
                      : crypto_pwhash_str_verify(stored->c_str(), password.data(), password.size()) == 0;
    if (check.ok && (is_old || is_outdated(*stored))) check.new_hash = hash(password);
    return check;
  }

 private:
  [[nodiscard]] static bool is_readable(const std::string& stored) {
    return detail::is_old_hash(stored) || stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$");
  }
  [[nodiscard]] bool is_outdated(const std::string& stored) const {
    return !stored.starts_with("$argon2id$") ||
           crypto_pwhash_argon2id_str_needs_rehash(stored.c_str(), options_.passes, options_.memory) != 0;
  }

  PasswordOptions options_;
  Pool pool_;  // the last member: its threads end before the options
};

Passwords::Passwords(PasswordOptions options) {
  check_options(options);
  state_ = std::make_unique<State>(options);
}
Passwords::Passwords(Passwords&& other) noexcept = default;
Passwords& Passwords::operator=(Passwords&& other) noexcept = default;
Passwords::~Passwords() = default;

Task<std::string> Passwords::hash(std::string password) const {
  check_length(password);
  return state_->pool().run(
      [state = state_.get(), waiting = WaitingPassword(std::move(password))] { return state->hash(waiting.text()); });
}

Task<PasswordCheck> Passwords::verify(std::string password, std::optional<std::string> stored) const {
  check_length(password);
  return state_->pool().run([state = state_.get(), waiting = WaitingPassword(std::move(password)),
                             stored = std::move(stored)] { return state->verify(waiting.text(), stored); });
}

std::string Passwords::hash_blocking(std::string_view password) const {
  check_length(password);
  return state_->hash(password);
}

PasswordCheck Passwords::verify_blocking(std::string_view password, const std::optional<std::string>& stored) const {
  check_length(password);
  const WaitingPassword copy{std::string(password)};
  return state_->verify(copy.text(), stored);
}

}  // namespace serval
