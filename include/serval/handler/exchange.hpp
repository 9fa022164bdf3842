// SPDX-License-Identifier: MIT
// One request and its response on their way through the application. The connection owns it and reuses it for the next
// request; nothing in it outlives `finish`.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>

#include <serval/handler/answer_stream.hpp>
#include <serval/handler/background.hpp>
#include <serval/handler/outcome.hpp>
#include <serval/handler/pending.hpp>
#include <serval/http/limits.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval::http {

class BodySink;
class BodySource;

}  // namespace serval::http

namespace serval {
class HttpError;
class Stopping;
}  // namespace serval

namespace serval::detail {
class BlockingPool;
class KeptValues;
class Passage;
class Resolution;
struct Route;
}  // namespace serval::detail

namespace serval::http {
class WebSocketChannel;

class Exchange {
 public:
  Exchange();
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  Request request;
  Response response;
  BackgroundTasks background;
  /// The route that the application's `admit` found, for its `serve`. Null when none matched.
  const detail::Route* route = nullptr;
  /// The limits of the server, set by the connection; they outlive the exchange. Default: the defaults of `Limits`.
  const Limits* limits = nullptr;
  [[nodiscard]] const Limits& bounds() const noexcept;
  /// Tells whether the server is stopping; set by the connection, outlives the exchange. Null: it never stops.
  const Stopping* stopping = nullptr;

  /// Sets an error that the handler returned instead of a response. The application handles it as if it had been
  /// thrown.
  void set_returned_error(HttpError error);
  /// Null when there is none.
  [[nodiscard]] const HttpError* returned_error() const noexcept;
  void clear_returned_error() noexcept;

  /// Receives the body instead of `request.body()`, which is then empty; set by the service's `admit`. Null: the body
  /// is kept whole.
  [[nodiscard]] BodySink* body_sink() const noexcept;
  void set_body_sink(std::unique_ptr<BodySink> sink) noexcept;

  /// The source from which the handler reads the body while it runs; the connection sets it if
  /// `Admission::streams_body` is set, and it outlives the exchange. Null: the body was read before.
  [[nodiscard]] BodySource* body_source() const noexcept;
  void set_body_source(BodySource* source) noexcept;

  /// Why the body must not be read: the exception that an `Admission::gate` found. `serve` handles it as if the handler
  /// had thrown it. Null: the body may be read.
  [[nodiscard]] const std::exception_ptr& body_refusal() const noexcept;
  void refuse_body(std::exception_ptr why) noexcept;

  /// Adds a mount through which the request is passed, outermost first.
  void add_mount(const detail::Route& mount);
  /// Returns the next mount to enter, or null when there is none left.
  [[nodiscard]] const detail::Route* enter_mount() noexcept;

  /// The middleware that applies to the request.
  [[nodiscard]] detail::Passage& passage() noexcept;

  /// Sends a streamed response; set by the connection. Null: a response can only be sent whole.
  AnswerStream* stream = nullptr;
  enum class Streaming : std::uint8_t { none, begun, failed };
  /// Whether the head has been sent, so that `response` is no longer used; `failed`: the handler ended with an
  /// exception, so that the client must not take the received part for the whole.
  Streaming streaming = Streaming::none;
  /// Why the connection no longer waits for the response; set before the handler is cancelled. `success`: it still
  /// waits.
  Outcome::What given_up = Outcome::What::success;
  /// Whether `serve` was called; otherwise the exchange ended while its body arrived.
  bool was_served = false;

  /// The channel of a WebSocket handshake; set by the connection. Null for every other request. While its phase is
  /// `handshake`, `response` is the response; afterwards `response` is no longer used.
  WebSocketChannel* web_socket = nullptr;

  /// The arguments that extraction has found before the handler is called. Only extraction uses it.
  detail::Resolution* resolution = nullptr;

  /// The pool on which the handler and dependencies currently run; null: on the loop.
  detail::BlockingPool* pool = nullptr;
  /// How the handler ended, as far as it is known; set after it has ended.
  Outcome outcome;
  /// The exception that kept the head of a streamed response from being sent: it decides the response, even if the
  /// handler has caught it.
  std::exception_ptr fault_before_parts;

  /// The operations on a kept value.
  struct KeptOps {
    void (*destroy)(void* value) noexcept;
    /// Tells the value of the exception that ended the request; it may throw another one instead. Null: it is not told.
    void (*on_exception)(void* value, const std::exception_ptr& thrown) = nullptr;
    /// Finishes it before it is destroyed; may throw. At most one of the two is set.
    /// Lifetime: the outcome outlives the task.
    void (*finish)(void* value, const Outcome& outcome) = nullptr;
    Pending (*finish_later)(void* value, const Outcome& outcome) = nullptr;
  };
  enum class Until : std::uint8_t { answer_is_made, answer_is_sent };
  /// Takes ownership of a value until the given time. Values end in reverse order of these calls, on `pool` if it was
  /// set at the call.
  void keep(void* value, const KeptOps& ops, Until until);
  [[nodiscard]] bool keeps_anything() const noexcept;
  /// Whether something may read the request after the response was sent: kept values, or work in the background.
  [[nodiscard]] bool is_read_after_answer() const noexcept;
  [[nodiscard]] detail::KeptValues& kept() noexcept;

  /// Destroys the remaining kept values on this thread, and empties request and response, keeping allocated storage.
  void reset() noexcept;

 private:
  struct Rest;  // compiled once: vectors and optionals would add compile time to every handler's file
  const std::unique_ptr<Rest> rest_;
};

}  // namespace serval::http
