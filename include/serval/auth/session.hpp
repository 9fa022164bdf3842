// SPDX-License-Identifier: MIT
// `Session<T>`: the session of a request, as an argument of handlers. `Sessions<T>` opens and saves it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <serval/auth/session_options.hpp>
#include <serval/handler/pending.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval {

template <class T>
class Sessions;

namespace detail {

class SessionEngine;

/// What is known of a session while its request is handled, besides its value.
struct SessionFacts {
  const SessionEngine* owner = nullptr;
  const Request* request = nullptr;  // that opened it
  std::string json;                  // the value as it was read; of an empty one for a new session
  std::string id;                    // in a store: that of the client's cookie; empty if the store does not have it
  std::string stored;                // in a store: the record as it was read
  std::chrono::seconds issued{0};    // since 1970
  std::chrono::seconds seen{0};
  bool exists = false;      // the request has a valid session
  bool has_cookie = false;  // the request has a cookie of that name, valid or not
  bool is_touched = false;  // the value may have been changed
  bool is_renewed = false;
  bool is_cleared = false;
  bool is_settled = false;  // the response leaves

  /// Errors: std::logic_error if the response leaves.
  void require_open() const;
};

template <class T>
struct SessionState : SessionFacts {
  T value{};
};

/// The place of a session in the state of its request.
template <class T>
struct SessionSlot {
  std::unique_ptr<SessionState<T>> state;
};

/// The part of `Sessions` that is compiled once.
class SessionsBase {
 public:
  /// `empty`: an empty session as JSON text.
  SessionsBase(SessionOptions options, std::string empty);

  /// Reads the session of a request; without a valid one, `facts` are those of a new session. Errors: those of the
  /// store. Lifetime: all arguments outlive the task.
  [[nodiscard]] http::Pending read(Request& request, SessionFacts& facts) const;
  /// Replaces a session whose value cannot be read by a new one.
  void discard(SessionFacts& facts) const;
  /// Whether this object opened the session, for this request.
  [[nodiscard]] bool owns(const SessionFacts& facts, const Request& request) const noexcept;
  /// Saves the session if necessary. `value`: its value as JSON text; nothing if it was only read. Errors:
  /// std::length_error if it is too large for a cookie; those of the store. Lifetime: all arguments outlive the task.
  [[nodiscard]] http::Pending save(SessionFacts& facts, std::optional<std::string> value, Response& response) const;

 private:
  std::shared_ptr<const SessionEngine> engine_;
};

}  // namespace detail

/// The session of a request, see `Sessions`: `Session<Cart>& s`. What a handler changes in `*s` is saved with the
/// response, also with one that reports an error. A `const Session<Cart>&` only reads it. Copies are the same session.
///
/// The head of the response takes the session with it: change it before the first part of a streamed response, and
/// before a WebSocket is accepted. Later changes are lost, and `renew` and `clear` throw std::logic_error. The changes
/// of a handler that has exceeded its deadline are lost, too.
/// Lifetime: the request's. Thread safety: none.
template <class T>
class Session {
 public:
  [[nodiscard]] T& operator*() noexcept { return touched(); }
  [[nodiscard]] T* operator->() noexcept { return &touched(); }
  [[nodiscard]] const T& operator*() const noexcept { return state_->value; }
  [[nodiscard]] const T* operator->() const noexcept { return &state_->value; }

  /// Whether the request came without a valid session: without a cookie, or with one that is forged, damaged, too old
  /// or cleared, or whose value no longer fits `T`.
  [[nodiscard]] bool is_new() const noexcept { return !state_->exists; }
  /// Gives the session a new id and a new beginning, and keeps its value. Call it at each login and whenever the user
  /// gets other rights, so that nobody who knew the session before has the new rights (session fixation).
  void renew() {
    state_->require_open();
    state_->is_renewed = true;
  }
  /// Ends the session: its value is that of a new one, the store forgets it, and the browser deletes the cookie. What
  /// is changed afterwards begins another session. A sealed cookie that somebody has copied stays valid; use a store if
  /// it must not.
  void clear() {
    state_->require_open();
    state_->value = T{};
    state_->is_touched = true;
    state_->is_cleared = true;
  }

 private:
  friend class Sessions<T>;
  explicit Session(detail::SessionState<T>& state) noexcept : state_(&state) {}
  T& touched() noexcept {
    state_->is_touched = true;
    return state_->value;
  }

  detail::SessionState<T>* state_;
};

}  // namespace serval
