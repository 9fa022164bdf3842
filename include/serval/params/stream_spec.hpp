// SPDX-License-Identifier: MIT
// The specification of a handler from its streaming arguments: writers of stream.hpp that send its response, or the
// reader of body_stream.hpp.
#pragma once

#include <span>

#include <serval/params/respond.hpp>

namespace serval::detail {

/// The document describes nothing for an arbitrary JSON value.
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

/// Whether an argument reads the body while the handler runs.
template <class A>
inline constexpr bool reads_while_it_runs = false;

/// The one argument, if any, through which the response is sent.
template <class... As>
struct StreamOf {
  static constexpr bool is_stream = (false || ... || StreamSpec<As>::is_stream);

  /// For a function that returns `R`.
  template <class R>
  static constexpr bool can_read() {
    static_assert(
        !(false || ... || reads_while_it_runs<As>) || TaskTraits<R>::is_task,
        "serval: a function that takes a BodyStream waits for what the client sends, so it is a coroutine: let "
        "it return Task<T> in place of T");
    return true;
  }

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

/// Called before the handler: sets the status of its route.
void begin_stream(http::Exchange& exchange, const ResponseRule& rule);
/// Called after the handler: completes the head if nothing was sent.
void end_stream(http::Exchange& exchange, const ResponseSpec& spec);

}  // namespace serval::detail
