// SPDX-License-Identifier: MIT
// `Argument<T>`: types of a user's own as arguments of handlers.
#pragma once

namespace serval {

class Request;

/// Makes a type of your own an argument of handlers; specialise it:
/// ```
/// template <> struct serval::Argument<Session> {
///   static Task<Session> from(Cookie<std::string, "session"> id, State<Sessions> sessions);
///   static openapi::SecurityRequirement security();  // optional
/// };
/// ```
/// `from` is a dependency, see `Depends`: what it takes is read from the request and stands in the document, it is
/// called once a request, and handlers, dependencies and other `from` share the value. It throws `HttpError` to refuse
/// the request, or `ValidationError` for what is wrong in it: its faults stand in the one 422 answer beside those of
/// the other arguments. A handler takes the value as `const Session&`, `Session&`, or by value, which copies it.
///
/// With `security` it is a guard: the document shows the requirement, and
/// `from` is called before dependencies that are none and before the body is read, also where it takes the `Request`.
///
/// A `from` that is no coroutine and takes the `Request` alone makes a value for each argument, which the handler takes
/// by value or const reference; `decode_request_json` reads a body so. REQUIRES of that: the type is
/// default-constructible and assignable.
template <class T>
struct Argument {
  static constexpr bool not_specialised = true;
};

namespace detail {

template <class T>
concept HasArgument = !requires {
  Argument<T>::not_specialised;
};

template <class T>
concept GuardedArgument = requires {
  Argument<T>::security();
};
/// Whether a value is made of the request alone, for each argument of that type.
template <class T>
concept MadeOfRequest = requires(T (*from)(Request&)) {
  from = &Argument<T>::from;
};
template <class T>
concept MadeOfConstRequest = requires(T (*from)(const Request&)) {
  from = &Argument<T>::from;
};
template <class T>
concept ArgumentOfRequest = HasArgument<T> && !GuardedArgument<T> && (MadeOfRequest<T> || MadeOfConstRequest<T>);
template <class T>
concept ArgumentByDependency = HasArgument<T> && !ArgumentOfRequest<T>;

}  // namespace detail
}  // namespace serval
