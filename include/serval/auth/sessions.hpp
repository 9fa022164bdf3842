// SPDX-License-Identifier: MIT
// `Sessions<T>`: a middleware that keeps a struct for each visitor, in a sealed cookie or in a store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <serval/auth/session.hpp>
#include <serval/auth/session_options.hpp>
#include <serval/base/task.hpp>
#include <serval/handler/middleware.hpp>
#include <serval/params/own_argument.hpp>
#include <serval/params/state.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/errors.hpp>

namespace serval {

/// Sessions with a `T` each, a model like that of a body:
/// ```
/// struct Cart { std::vector<std::string> items; };
/// app.use(Sessions<Cart>({.keys = {SecretKey::from_file("/run/secrets/session")}}));
/// app.post("/cart/{item}")([](Path<std::string, "item"> item, Session<Cart>& cart) { cart->items.push_back(item); });
/// ```
/// With `.keys` the session is in the cookie, sealed by XChaCha20-Poly1305: the client can neither read nor change it,
/// but anyone who has copied the cookie can send it again until its time is over. With `.store` the cookie has only 32
/// random bytes, and the store their SHA-256, so that nobody who reads the store can use a session.
///
/// A session is read when an argument takes it, before the body of the request is read. It is saved just before the
/// head of the response leaves, and only if its value has changed or half of the idle time is over; otherwise there is
/// no `set-cookie`. Responses of handlers that take a session get `vary: cookie`; those that set the cookie also
/// `cache-control: private, no-cache`, unless they are `private` or `no-store` already. A new session that stays empty
/// is not saved.
///
/// Of two requests of a session at once, the last writer wins: in the cookie, the response that the browser gets last;
/// in the store, the one that is saved last. A session that one of them clears or renews is never saved again under its
/// old id, so that the changes of the other one are lost.
///
/// A session is no parameter: it does not stand in the document and is never a 422. An application has one `Sessions`
/// of each `T`; mounted applications have their own. Several in one application need different names of cookies.
/// `T` is default-constructible, and JSON keeps it: no `Secret` members, which are hidden in JSON.
///
/// Errors of the constructor: SetupError for options out of range. A handler that takes a `Session<T>` without
/// `app.use(Sessions<T>(...))` is a SetupError at the start. A store that cannot be reached is a 503 with
/// `retry-after`; a value that is too large for a cookie, over 3800 bytes sealed, is a 500 with a line in the log.
/// Source: RFC 6265, draft-irtf-cfrg-xchacha-03.
template <class T>
class Sessions {
  static_assert(std::is_default_constructible_v<T> && std::is_move_assignable_v<T>,
                "serval: the T of Sessions<T> must be default-constructible and assignable");

 public:
  static constexpr Stage stage = Stage::sessions;
  static constexpr bool is_provided = true;

  explicit Sessions(SessionOptions options) : base_(std::move(options), encode_json(T{})) {}

  [[nodiscard]] http::Pending after(const Request& request, Response& response) const {
    const detail::SessionSlot<T>* slot = request.find_state<detail::SessionSlot<T>>();
    if (slot == nullptr || slot->state == nullptr || !base_.owns(*slot->state, request)) return {};
    detail::SessionState<T>& state = *slot->state;
    std::optional<std::string> value;
    if (state.is_touched && !state.is_settled) value = encode_json(state.value);
    return base_.save(state, std::move(value), response);
  }

  /// For `Argument<Session<T>>`. Lifetime: the request and this object outlive the task.
  [[nodiscard]] detail::Task<Session<T>> open(Request& request) const {
    auto state = std::make_unique<detail::SessionState<T>>();
    if (http::Pending pending = base_.read(request, *state)) co_await pending.take();
    if (state->exists) {
      try {
        state->value = decode_json<T>(state->json);
      } catch (const DecodeError&) {  // of another version of the program
        base_.discard(*state);
      }
    }
    detail::SessionSlot<T>& slot = request.state<detail::SessionSlot<T>>();
    slot.state = std::move(state);
    co_return Session<T>(*slot.state);
  }

 private:
  detail::SessionsBase base_;
};

/// A session as an argument of handlers and dependencies.
template <class T>
struct Argument<Session<T>> {
  static constexpr bool reads_only_head = true;
  static detail::Task<Session<T>> from(Request& request, State<Sessions<T>> sessions) {
    return sessions->open(request);
  }
};

}  // namespace serval
