// SPDX-License-Identifier: MIT
// A value for a parameter of a route's path, from which `url_for` makes links.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace serval::detail {

[[nodiscard]] std::string number_text(double value);

/// The text of a number, a text, or a type with `to_string()`, such as Uuid and Date; also of a `Field` or a parameter
/// that holds one.
template <class T>
[[nodiscard]] std::string path_text(const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return std::string(static_cast<std::string_view>(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) > 1, "serval: a character is not a value of a path: write a text or a number");
    return std::to_string(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    return number_text(static_cast<double>(value));
  } else if constexpr (requires { std::string(value.to_string()); }) {
    return std::string(value.to_string());
  } else {
    static_assert(
        requires { value.value(); },
        "serval: a value of a path is a text, a number or a type with to_string(): convert this one");
    return path_text(value.value());
  }
}

}  // namespace serval::detail

namespace serval::http {

/// A parameter's name and value: `request.url_for("read_item", {{"item_id", 5}})`. The value is a text, a number, or a
/// type with `to_string()`, such as `Uuid` and `Date`. Lifetime: the name must outlive it.
class PathValue {
 public:
  template <class T>
  PathValue(std::string_view name, const T& value) : name_(name), text_(detail::path_text(value)) {}

  [[nodiscard]] std::string_view name() const noexcept { return name_; }
  /// Not percent-encoded.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string_view name_;
  std::string text_;
};

}  // namespace serval::http
