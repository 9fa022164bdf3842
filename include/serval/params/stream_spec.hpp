// SPDX-License-Identifier: MIT
// What a handler says by an argument that works while it runs: through which it sends its answer, of stream.hpp, or
// reads the body, of body_stream.hpp.
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

/// Whether an argument reads the body while the handler runs.
template <class A>
inline constexpr bool reads_while_it_runs = false;

/// The one argument, if any, through which the answer is sent.
template <class... As>
struct StreamOf {
  static constexpr bool is_stream = (false || ... || StreamSpec<As>::is_stream);

  /// Of a function that returns `R`.
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

/// Before the handler: the status that its route says.
void begin_stream(http::Exchange& exchange, const ResponseRule& rule);
/// After it: the head, where nothing was sent.
void end_stream(http::Exchange& exchange, const ResponseSpec& spec);

}  // namespace serval::detail
