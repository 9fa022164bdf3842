// SPDX-License-Identifier: MIT
// What a handler says of its answer by an argument through which it sends it; the arguments are in stream.hpp.
#pragma once

#include <span>

#include <serval/params/respond.hpp>

namespace serval::detail {

/// Any JSON value says nothing of itself in the document.
template <class T>
constexpr const Type* type_of_part() {
  if constexpr (is_json_value<T>) {
    return nullptr;
  } else {
    return &type_of<T>;
  }
}

template <class A>
struct StreamSpec {
  static constexpr bool is_stream = false;
};

/// The one argument, if any, through which the answer is sent.
template <class... As>
struct StreamOf {
  static constexpr bool is_stream = (false || ... || StreamSpec<As>::is_stream);

  static std::span<const ResponseSpec> specs() { return find<As...>(); }

 private:
  template <class First, class... Rest>
  static std::span<const ResponseSpec> find() {
    if constexpr (StreamSpec<First>::is_stream) {
      return {&StreamSpec<First>::value, 1};
    } else {
      return find<Rest...>();
    }
  }
};

/// Before the handler: the status that its route says.
void begin_stream(Exchange& exchange, const ResponseRule& rule);
/// After it: the head, where nothing was sent.
void end_stream(Exchange& exchange, const ResponseSpec& spec);

}  // namespace serval::detail
