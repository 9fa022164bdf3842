// SPDX-License-Identifier: MIT
// The body of a request while it arrives, as an argument: `[](BodyStream& body) -> Task<Digest> { ... }`.
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

/// Reads the body piece by piece, however large it is: `while (const auto piece = co_await body.next()) use(*piece);`.
/// A handler that takes it is a coroutine and is called once the head of the request has come. The client sends no
/// faster than it reads. What it leaves unread costs the client its connection.
/// In the document the body is `application/octet-stream`, unless `RouteOptions::openapi_extra` has a `requestBody`.
class BodyStream {
 public:
  BodyStream() = default;
  BodyStream(const BodyStream&) = delete;  // take it by reference: BodyStream&
  BodyStream& operator=(const BodyStream&) = delete;

  /// The next piece, as large as has come; nothing at the end. Lifetime: the view is good until the next call; one call
  /// at a time. Errors: HttpError 400, 408 or 413, see `http::BodySource::next`; a handler need not catch them.
  [[nodiscard]] Task<std::optional<std::string_view>> next();

  /// For whoever calls handlers.
  void attach(http::Exchange& exchange) noexcept { exchange_ = &exchange; }

 private:
  http::Exchange* exchange_ = nullptr;
};

namespace detail {

/// By value or const reference: refused.
template <class A>
requires std::same_as<std::remove_cvref_t<A>, BodyStream>
struct ArgumentTraits<A> {
  static_assert(!std::is_same_v<A, A>,
                "serval: a BodyStream is its connection's, so take it by reference: BodyStream&");
  using Slot = BodyStream;
  static constexpr ArgumentSpec spec() { return {}; }
  static A get(Slot& slot);
};
template <>
struct ArgumentTraits<BodyStream&> {
  using Slot = BodyStream;
  static constexpr ArgumentSpec spec() {
    ArgumentSpec spec{nullptr, 0, nullptr, &fill};
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
