// SPDX-License-Identifier: MIT
// `Argument<T>`: a user's own types as arguments of handlers.
#pragma once

namespace serval {

class Request;

/// Makes your own type an argument of handlers; specialise it:
/// ```
/// template <> struct serval::Argument<Session> {
///   static Task<Session> from(Cookie<std::string, "session"> id, State<Sessions> sessions);
///   static openapi::SecurityRequirement security();  // optional
/// };
/// ```
/// `from` is a dependency, see `Depends`: its arguments are read from the request and listed in the document, it is
/// called once per request, and handlers, dependencies and other `from` functions share the value. It throws
/// `HttpError` to refuse the request, or `ValidationError` for errors in it, which the 422 response lists with those of
/// the other arguments. A handler takes the value as `const Session&`, `Session&`, or by value, which copies it.
///
/// With `security` it is a guard: the document shows the requirement, and `from` is called before dependencies that are
/// not guards and before the body is read, even if it takes the `Request`.
///
/// With `static constexpr bool reads_only_head = true;` a `from` that takes the `Request` is called before the body is
/// read, too, and sees only the head; without it, such a `from` may read the body and is called after it has arrived.
///
/// A `from` that is not a coroutine and takes only the `Request` makes a value for each argument, which the handler
/// takes by value or const reference; use it with `decode_request_json` to read a body. REQUIRES in this case: the type
/// is default-constructible and assignable.
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
template <class T>
concept HeadOnlyArgument = Argument<T>::reads_only_head;
/// Whether a value is made only from the request, for each argument of that type.
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
