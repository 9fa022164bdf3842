// SPDX-License-Identifier: MIT
// One request and its answer on their way through the application. The connection owns it and uses it again
// for the next request; nothing in it outlives `finish`.
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
  /// The bounds in force, set by the connection; they outlive the exchange. The defaults of `Limits` otherwise.
  const Limits* limits = nullptr;
  [[nodiscard]] const Limits& bounds() const noexcept;
  /// Tells whether the server stops; set by the connection, outlives the exchange. Null: it never does.
  const Stopping* stopping = nullptr;

  /// An error that the handler returned in place of an answer. The application answers it as if it had been thrown.
  void set_returned_error(HttpError error);
  /// Null when there is none.
  [[nodiscard]] const HttpError* returned_error() const noexcept;
  void clear_returned_error() noexcept;

  /// Takes the body in place of `request.body()`, which then is empty; set by the service's `admit`. Null: the body is
  /// kept whole.
  [[nodiscard]] BodySink* body_sink() const noexcept;
  void set_body_sink(std::unique_ptr<BodySink> sink) noexcept;

  /// Where the handler reads the body while it runs; set by whoever carries it where `Admission::streams_body` asks for
  /// it, and outlives the exchange. Null: the body was taken before.
  [[nodiscard]] BodySource* body_source() const noexcept;
  void set_body_source(BodySource* source) noexcept;

  /// Why the body is not to be read: what an `Admission::gate` has met. `serve` answers it as if the handler had thrown
  /// it. Null: nothing speaks against it.
  [[nodiscard]] const std::exception_ptr& body_refusal() const noexcept;
  void refuse_body(std::exception_ptr why) noexcept;

  /// The mounts that the request is handed down through, outermost first.
  void add_mount(const detail::Route& mount);
  /// Returns the next mount to enter, or null when there is none left.
  [[nodiscard]] const detail::Route* enter_mount() noexcept;

  /// The middleware that the request is under.
  [[nodiscard]] detail::Passage& passage() noexcept;

  /// How an answer is sent part by part; set by whoever carries it. Null: it can only be sent whole.
  AnswerStream* stream = nullptr;
  enum class Streaming : std::uint8_t { none, begun, failed };
  /// Whether the head has been sent, so that `response` counts no more; `failed`: the handler ended with an exception,
  /// so that the client must not take what came for the whole.
  Streaming streaming = Streaming::none;
  /// Why whoever carries it waits no longer for its answer; set before the handler is cancelled. `success`: it waits.
  Outcome::What given_up = Outcome::What::success;
  /// Whether `serve` was called; else it ended while its body came.
  bool was_served = false;

  /// The other end of a WebSocket handshake; set by whoever carries it. Null for every other request. While its phase
  /// is `handshake`, `response` is the answer; afterwards `response` counts no more.
  WebSocketChannel* web_socket = nullptr;

  /// What extraction has found before the handler is called. Only extraction uses it.
  detail::Resolution* resolution = nullptr;

  /// The pool on one of whose threads handler and dependencies are called at the moment; null: on the loop.
  detail::BlockingPool* pool = nullptr;
  /// What became of it, as far as it is known; set once the handler has ended.
  Outcome outcome;
  /// What has kept the head of an answer in parts from leaving: the answer, also where the handler has caught it.
  std::exception_ptr fault_before_parts;

  /// How a kept value is looked after.
  struct KeptOps {
    void (*destroy)(void* value) noexcept;
    /// Tells it of the exception that ended the request; it may throw another in its place. Null: it is not told.
    void (*on_exception)(void* value, const std::exception_ptr& thrown) = nullptr;
    /// Finishes it before it is destroyed; may throw. At most one of the two is there. Lifetime: the outcome outlives
    /// the task.
    void (*finish)(void* value, const Outcome& outcome) = nullptr;
    Pending (*finish_later)(void* value, const Outcome& outcome) = nullptr;
  };
  enum class Until : std::uint8_t { answer_is_made, answer_is_sent };
  /// Takes over a value, to end once that has come, in reverse order of their coming here, and on `pool` where it is
  /// set.
  void keep(void* value, const KeptOps& ops, Until until);
  [[nodiscard]] bool keeps_anything() const noexcept;
  [[nodiscard]] detail::KeptValues& kept() noexcept;

  /// Destroys what is left of what was kept, here, and empties request and response, keeping allocated storage.
  void reset() noexcept;

 private:
  struct Rest;  // compiled once: vectors and optionals would cost every handler's file time to compile
  const std::unique_ptr<Rest> rest_;
};

}  // namespace serval::http
