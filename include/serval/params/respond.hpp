// SPDX-License-Identifier: MIT
// Makes the response from a handler's return value: the type decides status, content type and body.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/handler/exchange.hpp>
#include <serval/params/answers.hpp>
#include <serval/schema/encode_options.hpp>
#include <serval/schema/type_of.hpp>

namespace serval {

/// Makes your own type a return type of handlers; specialise it:
/// ```
/// template <> struct serval::Respond<Csv> {
///   static Response to_response(const Csv& csv);
///   static constexpr std::string_view media_type = "text/csv";  // in the document; may be left out
/// };
/// ```
/// A response without a status gets the route's, otherwise a static `default_status`, otherwise 200.
template <class T>
struct Respond {
  static constexpr bool not_specialised = true;
};

namespace detail {

/// A route's settings for its response.
struct ResponseRule {
  int status_code = 0;  // 0: not set, so that the response's own default is used, which is 200 for a value
  std::string_view response_class{};  // the media type of texts and JSON; empty: JSON
  schema::EncodeOptions encode{};
  /// Whether the default status of a kind of response, such as the 307 of redirects, takes precedence over
  /// `status_code`. True for error handlers, where `status_code` is the status of the error.
  bool prefers_status_of_kind = false;
};

/// The kind of a response's body, for the document.
enum class ResponseContent : std::uint8_t {
  json,        // a value of the type; of any type if there is none
  media,       // content of `media_type`
  unknown,     // a `Response` that does not declare it
  events,      // server-sent events, whose data are values of the type if there is one
  json_lines,  // one value of the type per line
  web_socket,  // messages: sent ones are values of the type, received ones of `received`
};

/// One response that a handler's return type declares, for the document.
struct ResponseSpec {
  int status_code = 0;  // 0: the route's
  const Type* type = nullptr;
  ResponseContent content = ResponseContent::json;
  std::string_view media_type{};
  int default_status = 200;        // if neither the response nor the route sets one
  const Type* received = nullptr;  // the type of a WebSocket's messages from the client
};

/// `status` 0 means the route's. A status that the handler set through `Response&` takes precedence over the route's.
void respond_value(http::Exchange& exchange, const ResponseRule& rule, int status, const Type& type, const void* value);
/// A text as a JSON string; null is `null`.
void respond_text(http::Exchange& exchange, const ResponseRule& rule, int status, const char* text);
/// For a handler that returns nothing: `null`, or no body if the status has none.
void respond_nothing(http::Exchange& exchange, const ResponseRule& rule, int status);
/// Uses the response unchanged; headers set through `Response&` are kept in addition to its own. If it sets no status,
/// a status set through `Response&` is used, then the rule's, then `default_status` unless that is 0; see also
/// `ResponseRule::prefers_status_of_kind`.
void respond_response(http::Exchange& exchange, const ResponseRule& rule, Response&& response, int default_status);
/// The default response to an error: `{"detail": ...}`.
void respond_error(http::Exchange& exchange, const HttpError& error);

template <class T>
concept HasRespond = !requires {
  Respond<T>::not_specialised;
};

/// Whether `T` is a whole response and not the value of one.
template <class T>
inline constexpr bool is_answer = HasRespond<T> || std::derived_from<T, Response> || std::same_as<T, HttpError> ||
                                  std::same_as<T, http::NoContent> || CarriesStatus<T>;
template <class T>
requires is_json_value<T>
inline constexpr bool is_answer<T> = false;  // tested first: slow to compile for such a large class

template <class T>
struct IsAlternatives : std::false_type {};
/// A variant of responses, or of responses and values, means the one that it holds; a variant of only values is a
/// value.
template <class... As>
requires(false || ... || is_answer<As>) struct IsAlternatives<std::variant<As...>> : std::true_type {
};
template <class... As>
struct IsAlternatives<OneOf<As...>> : std::true_type {};
template <class T>
struct IsAlternatives<Result<T>> : std::true_type {};

template <class T>
inline constexpr bool is_text_pointer = std::is_convertible_v<T, const char*> &&
                                        (std::is_pointer_v<T> || std::is_array_v<T>);

/// Whether `T` wraps another value, which `*` returns.
template <class T>
inline constexpr bool stands_for_value = false;

template <class T>
void respond_as(http::Exchange& exchange, const ResponseRule& rule, int status, const T& value) {
  if constexpr (is_text_pointer<T>) {
    respond_text(exchange, rule, status, value);
  } else {
    respond_value(exchange, rule, status, type_of<T>, &value);
  }
}

/// The default status of a response type; 0 if the type does not declare one.
template <class Says>
constexpr int default_status_of() {
  if constexpr (requires { Says::default_status; }) {
    static_assert(http::is_final_status(Says::default_status),
                  "serval: the status of a response must be from 200 to 599");
    return Says::default_status;
  } else {
    return 0;
  }
}

template <class R>
void respond(http::Exchange& exchange, const ResponseRule& rule, R&& returned) {
  using T = std::remove_cvref_t<R>;
  if constexpr (is_json_value<T>) {  // before the tests below, which take long to compile for such a large class
    respond_value(exchange, rule, 0, type_of<T>, &returned);
  } else if constexpr (HasRespond<T>) {
    respond_response(exchange, rule, Respond<T>::to_response(std::forward<R>(returned)),
                     default_status_of<Respond<T>>());
  } else if constexpr (std::derived_from<T, Response>) {
    respond_response(exchange, rule, std::forward<R>(returned), default_status_of<T>());
  } else if constexpr (std::same_as<T, HttpError>) {
    exchange.set_returned_error(std::forward<R>(returned));
  } else if constexpr (std::same_as<T, http::NoContent>) {
    respond_nothing(exchange, rule, T::status_code);
  } else if constexpr (CarriesStatus<T>) {
    respond_as(exchange, rule, T::status_code, returned.value);
  } else if constexpr (stands_for_value<T>) {
    respond(exchange, rule, *returned);
  } else if constexpr (IsAlternatives<T>::value) {
    std::visit([&](auto&& answer) { respond(exchange, rule, std::forward<decltype(answer)>(answer)); },
               std::forward<R>(returned));
  } else {
    respond_as(exchange, rule, 0, returned);
  }
}

template <class T>
constexpr const Type* response_type() {
  if constexpr (is_text_pointer<T>) {
    return &type_of<std::string>;
  } else {
    return &type_of<T>;
  }
}

/// For a `Response` and classes derived from it, by the members of `Says`.
template <class Says>
constexpr ResponseSpec made_response_spec() {
  ResponseSpec spec{.content = ResponseContent::unknown};
  if constexpr (requires { Says::media_type; }) {
    spec.content = ResponseContent::media;
    spec.media_type = Says::media_type;
  }
  if constexpr (default_status_of<Says>() != 0) spec.default_status = default_status_of<Says>();
  return spec;
}

template <class T>
constexpr ResponseSpec response_spec() {
  if constexpr (is_json_value<T>) {
    return {.type = &type_of<T>};
  } else if constexpr (stands_for_value<T>) {
    return response_spec<std::remove_cvref_t<decltype(*std::declval<T&>())>>();
  } else if constexpr (std::is_void_v<T>) {
    return {};
  } else if constexpr (HasRespond<T>) {
    return made_response_spec<Respond<T>>();
  } else if constexpr (std::derived_from<T, Response> || std::same_as<T, HttpError>) {
    return made_response_spec<T>();
  } else if constexpr (std::same_as<T, http::NoContent>) {
    return {.status_code = T::status_code};
  } else if constexpr (CarriesStatus<T>) {
    static_assert(http::is_final_status(T::status_code), "serval: the status of a response must be from 200 to 599");
    return {.status_code = T::status_code, .type = response_type<decltype(T::value)>()};
  } else {
    return {.type = response_type<T>()};
  }
}

template <class T>
struct ResponseSpecs {
  static constexpr std::array<ResponseSpec, 1> value{response_spec<T>()};
};
template <class... As>
struct ResponseSpecs<OneOf<As...>> {
  static constexpr std::array<ResponseSpec, sizeof...(As)> value{response_spec<As>()...};
};
template <class... As>
requires IsAlternatives<std::variant<As...>>::value struct ResponseSpecs<std::variant<As...>> {
  static constexpr std::array<ResponseSpec, sizeof...(As)> value{response_spec<As>()...};
};
template <class T>
struct ResponseSpecs<Result<T>> : ResponseSpecs<T> {};

}  // namespace detail
}  // namespace serval
