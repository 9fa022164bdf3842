// SPDX-License-Identifier: MIT
// What a handler takes from a request, by type, name and rules: `Query<int, "limit", ge(1), default_to(10)> limit`.
// Each behaves as the value it holds; `value()`, `*` and `->` give it as those of a `Field` do.
#pragma once

#include <cstdint>
#include <utility>

#include <serval/schema/wrapper_type.hpp>

namespace serval {

namespace detail {

/// Where a parameter comes from, in the order in which faults are reported; the last three are all of the body.
enum class Source : std::uint8_t { path, query, header, cookie, body, form, file };

/// As faults and documents call it.
constexpr std::string_view name_of(Source source) noexcept {
  constexpr std::string_view names[] = {"path", "query", "header", "cookie", "body", "body", "body"};
  return names[static_cast<std::size_t>(source)];
}
constexpr bool is_of_form(Source source) noexcept { return source == Source::form || source == Source::file; }

template <Source S, class T, Arg... Args>
class Parameter : public Holder<T> {
 public:
  constexpr Parameter() = default;
  template <HolderValue<Parameter, T> U = Braced<T>>
  constexpr Parameter(U&& value)
      : Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: stands for the value
  constexpr Parameter(ListFor<T> list) requires TakesList<T> : Holder<T>(std::in_place, list) {}
  template <HolderValue<Parameter, T> U = Braced<T>>
  constexpr Parameter& operator=(U&& value) {
    this->held() = std::forward<U>(value);
    return *this;
  }
  constexpr Parameter& operator=(ListFor<T> list) requires TakesList<T> {
    this->held() = list;
    return *this;
  }
};

/// Returned by a handler, it is the value it holds.
template <Source S, class T, Arg... Args>
struct WrapperType<Parameter<S, T, Args...>> {
  static constexpr bool known = true;
  static constexpr Type make() { return make_type<T>(); }
};

template <class J, Source S, class T, Arg... Args>
void to_json(J& json, const Parameter<S, T, Args...>& parameter) {
  json = static_cast<const T&>(parameter);
}

}  // namespace detail

/// A part of the path, by the name in the route's pattern: `Path<int, "item_id">` for "/items/{item_id}".
template <class T, detail::Arg... Args>
using Path = detail::Parameter<detail::Source::path, T, Args...>;

/// A query parameter. A list takes all values of the name, anything else the last one. Without a name, and with a
/// plain struct as `T`, one parameter for each of its members.
template <class T, detail::Arg... Args>
using Query = detail::Parameter<detail::Source::query, T, Args...>;

/// A header field; `_` in the name stands for `-`. A list takes all fields of the name, anything else the first one.
template <class T, detail::Arg... Args>
using Header = detail::Parameter<detail::Source::header, T, Args...>;

/// A cookie.
template <class T, detail::Arg... Args>
using Cookie = detail::Parameter<detail::Source::cookie, T, Args...>;

/// The JSON body, or with a name the member of that name in the JSON body. A plain struct needs no `Body` around it.
template <class T, detail::Arg... Args>
using Body = detail::Parameter<detail::Source::body, T, Args...>;

/// A field of a form, urlencoded or multipart. A list takes all fields of the name, anything else the last one; an
/// empty text counts as absent. Without a name, and with a plain struct as `T`, one field for each of its members.
template <class T, detail::Arg... Args>
using Form = detail::Parameter<detail::Source::form, T, Args...>;

/// A file of a multipart form, with <serval/files.hpp>: `File<UploadFile, "photo">`, `File<std::vector<UploadFile>,
/// "photos">`, or its bytes as `File<std::string, "photo">`.
template <class T, detail::Arg... Args>
using File = detail::Parameter<detail::Source::file, T, Args...>;

}  // namespace serval
