// SPDX-License-Identifier: MIT
// The streamed body of a request, as an argument: `[](BodyStream& body) -> Task<Digest> { ... }`.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

#include <serval/base/task.hpp>
#include <serval/handler/body_source.hpp>
#include <serval/params/argument.hpp>
#include <serval/params/stream_spec.hpp>

namespace serval {

/// Reads a body of any size piece by piece: `while (const auto piece = co_await body.next()) use(*piece);`.
/// A handler that takes it is a coroutine and is called after the head of the request has arrived. The client cannot
/// send faster than the handler reads (backpressure). If the handler leaves a part unread, the connection is closed
/// after the response. In the document the body is `application/octet-stream`, unless `RouteOptions::openapi_extra` has
/// a `requestBody`.
class BodyStream {
 public:
  BodyStream() = default;
  BodyStream(const BodyStream&) = delete;  // take it by reference: BodyStream&
  BodyStream& operator=(const BodyStream&) = delete;

  /// The next piece, all bytes that have arrived; nothing at the end. Lifetime: the view is valid until the next call;
  /// one call at a time. Errors: HttpError 400, 408 or 413, see `http::BodySource::next`; a handler need not catch
  /// them.
  [[nodiscard]] Task<std::optional<std::string_view>> next();

  /// For the library, which calls handlers.
  void attach(http::Exchange& exchange) noexcept { exchange_ = &exchange; }

 private:
  http::Exchange* exchange_ = nullptr;
};

namespace detail {

/// By value or const reference: a compile error.
template <class A>
requires std::same_as<std::remove_cvref_t<A>, BodyStream>
struct ArgumentTraits<A> {
  static_assert(!std::is_same_v<A, A>,
                "serval: a BodyStream belongs to its connection; take it by reference: BodyStream&");
  using Slot = BodyStream;
  static constexpr ArgumentSpec spec() { return {}; }
  static A get(Slot& slot);
};
template <>
struct ArgumentTraits<BodyStream&> {
  using Slot = BodyStream;
  static constexpr ArgumentSpec spec() {
    ArgumentSpec spec{.fill = &fill};
    spec.streams_body = true;
    return spec;
  }
  static BodyStream& get(Slot& slot) { return slot; }

 private:
  static void fill(http::Exchange& exchange, void* slot) { static_cast<BodyStream*>(slot)->attach(exchange); }
};

template <>
inline constexpr bool reads_while_it_runs<BodyStream&> = true;

}  // namespace detail
}  // namespace serval
