// SPDX-License-Identifier: MIT
// The parameters of a handler, by type, name and rules: `Query<int, "limit", ge(1), default_to(10)> limit`.
// Each behaves like the value that it holds; `value()`, `*` and `->` return the value, as for a `Field`.
#pragma once

#include <cstdint>
#include <utility>

#include <serval/schema/wrapper_type.hpp>

namespace serval {

namespace detail {

/// The source of a parameter, in the order in which errors are reported; the last three belong to the body.
enum class Source : std::uint8_t { path, query, header, cookie, body, form, file };

/// The name of the source in errors and documents.
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
  constexpr Parameter(U&& value) : Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: acts as the value
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

/// If a handler returns it, it is the value that it holds.
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

/// A query parameter. A list takes all values of the name, any other type the last one. Without a name and with a plain
/// struct as `T`, it is one parameter for each member.
template <class T, detail::Arg... Args>
using Query = detail::Parameter<detail::Source::query, T, Args...>;

/// A header field; `_` in the name stands for `-`. A list takes all fields of the name, any other type the first one.
template <class T, detail::Arg... Args>
using Header = detail::Parameter<detail::Source::header, T, Args...>;

/// A cookie.
template <class T, detail::Arg... Args>
using Cookie = detail::Parameter<detail::Source::cookie, T, Args...>;

/// The JSON body, or with a name the member of that name in the JSON body. A plain struct needs no `Body` around it.
template <class T, detail::Arg... Args>
using Body = detail::Parameter<detail::Source::body, T, Args...>;

/// A field of a form, urlencoded or multipart. A list takes all fields of the name, any other type the last one; an
/// empty text counts as absent. Without a name and with a plain struct as `T`, it is one field for each member.
template <class T, detail::Arg... Args>
using Form = detail::Parameter<detail::Source::form, T, Args...>;

/// A file of a multipart form, with <serval/files.hpp>: `File<UploadFile, "photo">`, `File<std::vector<UploadFile>,
/// "photos">`, or its bytes as `File<std::string, "photo">`.
template <class T, detail::Arg... Args>
using File = detail::Parameter<detail::Source::file, T, Args...>;

}  // namespace serval
