// SPDX-License-Identifier: MIT
#include <serval/auth/passwords.hpp>

#include <sodium.h>

#include <algorithm>
#include <thread>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/handler/pool.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/unavailable.hpp>

#include "auth/argon2_hash.hpp"
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
  explicit WaitingPassword(std::string_view text) : text_(std::make_shared<Wiped>(text)) {}
  /// Overwrites the text.
  explicit WaitingPassword(std::string&& text) : WaitingPassword(std::string_view(text)) {
    sodium_memzero(text.data(), text.size());
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_->text; }

 private:
  struct Wiped {
    explicit Wiped(std::string_view given) : text(given) {}
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
      : cost_{.memory = options.memory / 1024 * 1024, .passes = options.passes},
        pool_({.threads = threads_of(options), .queue = options.queue}) {
    detail::start_sodium();
  }

  [[nodiscard]] Pool& pool() noexcept { return pool_; }

  [[nodiscard]] std::string hash(std::string_view password) const {
    std::optional<std::string> hash = detail::hash_argon2id(password, cost_);
    if (!hash) refuse_without_memory();
    return *std::move(hash);
  }

  [[nodiscard]] PasswordCheck verify(const std::string& password, const std::optional<std::string>& stored) const {
    switch (stored ? match(password, *stored) : detail::HashMatch::not_computed) {
      case detail::HashMatch::match:
        break;
      case detail::HashMatch::mismatch:
        return {};
      case detail::HashMatch::not_computed:
        static_cast<void>(hash(password));  // so that the time does not tell whether there is such a user
        return {};
      case detail::HashMatch::no_memory:
        refuse_without_memory();
    }
    PasswordCheck check{.ok = true};
    if (!detail::is_argon2id_of(*stored, cost_)) check.new_hash = hash(password);
    return check;
  }

 private:
  [[nodiscard]] detail::HashMatch match(const std::string& password, const std::string& stored) const {
    return detail::is_old_hash(stored) ? detail::match_old_hash(password, stored)
                                       : detail::match_argon2(password, stored, cost_);
  }
  [[noreturn]] static void refuse_without_memory() { throw Unavailable(); }

  detail::Argon2Cost cost_;
  Pool pool_;  // the last member: its threads end before the cost
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
  const WaitingPassword copy(password);
  return state_->verify(copy.text(), stored);
}

}  // namespace serval
