// SPDX-License-Identifier: MIT
// Return types that contain their status, so that the document knows every response of a handler:
// `OneOf<Ok<Item>, NotFound<Message>>`.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/http/http_error.hpp>
#include <serval/http/status.hpp>

namespace serval::http {

/// 200 with the value as JSON.
template <class T>
struct Ok {
  static constexpr int status_code = 200;
  T value;
};
template <class T>
Ok(T) -> Ok<T>;

/// 201 with the value as JSON.
template <class T>
struct Created {
  static constexpr int status_code = 201;
  T value;
};
template <class T>
Created(T) -> Created<T>;

/// 202 with the value as JSON.
template <class T>
struct Accepted {
  static constexpr int status_code = 202;
  T value;
};
template <class T>
Accepted(T) -> Accepted<T>;

/// 204, without a body.
struct NoContent {
  static constexpr int status_code = 204;
};

/// 400 with the value as JSON.
template <class T>
struct BadRequest {
  static constexpr int status_code = 400;
  T value;
};
template <class T>
BadRequest(T) -> BadRequest<T>;

/// 403 with the value as JSON.
template <class T>
struct Forbidden {
  static constexpr int status_code = 403;
  T value;
};
template <class T>
Forbidden(T) -> Forbidden<T>;

/// 404 with the value as JSON.
template <class T>
struct NotFound {
  static constexpr int status_code = 404;
  T value;
};
template <class T>
NotFound(T) -> NotFound<T>;

/// 409 with the value as JSON.
template <class T>
struct Conflict {
  static constexpr int status_code = 409;
  T value;
};
template <class T>
Conflict(T) -> Conflict<T>;

/// Any other status: `Answer<418, Teapot>{...}`.
template <int Code, class T>
struct Answer {
  static constexpr int status_code = Code;
  T value;
};

}  // namespace serval::http

namespace serval {

/// One of several responses, each with its own status and body.
template <class... Answers>
class OneOf : public std::variant<Answers...> {
 public:
  using std::variant<Answers...>::variant;
};

namespace detail {
/// Whether `T` is a response that declares its status, like `http::Ok`. A data member of a model may have the same
/// name; its address is then a pointer to a member.
template <class T>
concept CarriesStatus = requires(T answer) {
  { T::status_code } -> std::convertible_to<int>;
  requires !std::is_member_pointer_v<decltype(&T::status_code)>;
  answer.value;
};

template <class T>
struct ResultOf {
  static_assert(!std::is_void_v<T>, "serval: Result<void> is not supported; use Result<http::NoContent>");
  using Variant = std::variant<std::conditional_t<std::is_void_v<T>, http::NoContent, T>, HttpError>;
};
}  // namespace detail

/// A value, or an error without the cost of throwing it: `return HttpError(404, "Item not found");`
template <class T>
class Result : public detail::ResultOf<T>::Variant {
 public:
  using detail::ResultOf<T>::Variant::Variant;
  /// Whether it is a value and not an error; `std::get<0>` returns the value.
  [[nodiscard]] bool has_value() const noexcept { return this->index() == 0; }
};

}  // namespace serval
