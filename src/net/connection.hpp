// SPDX-License-Identifier: MIT
// One client: reads requests, has the service answer them, writes the answers, in order, until either side ends it.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/handler/body_source.hpp>
#include <serval/handler/service.hpp>

#include "net/head_scanner.hpp"
#include "net/loop.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// Ownership: alive as long as an operation of it is outstanding, as one always is while it is open; the count is
/// plain, since all of them complete on its loop. The loop knows the open ones.
///
/// What the peer's going away means while a handler works: a reset, or any error of the socket, cancels the handler.
/// A mere end of its input does not: a client may close its sending side and still wait for the answer (RFC 9112
/// section 9.6), and on the wire that looks no different from one that has gone; writing then finds out, or a probe of
/// the kernel's. With `Settings::cancel_on_half_close` it does, and the connection watches its input meanwhile.
class Connection final : private Transport::Session,
                         private Deadlines::Waiter,
                         private http::AnswerStream,
                         private http::BodySource {
 public:
  /// Errors: out of memory.
  static void start(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place);

  Connection(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place);
  ~Connection() override;

  /// The server stops: an idle connection ends now, any other after the answer in flight.
  void drain();
  /// Ends now, whatever is in flight.
  void cut();

 private:
  friend class Loop;
  friend class WebSocketSession;
  friend void intrusive_ptr_add_ref(Connection* connection) noexcept { ++connection->references_; }
  friend void intrusive_ptr_release(Connection* connection) noexcept;
  using Ref = boost::intrusive_ptr<Connection>;
  struct TaskDone;
  enum class Phase : std::uint8_t {
    handshake,
    head,
    gate,
    body,
    serve,
    running,
    answer,
    last_answer,
    lingering,
    web_socket,
    closed
  };
  enum class Received : std::uint8_t { bytes, nothing, end };

  // The loop of a connection, and its steps: each tells whether there is a next step to take now.
  void run();
  bool shake_hands();
  bool read_head();
  bool admit();
  bool open_gate();
  bool begin_body();
  bool read_body();
  bool end_body();
  bool serve();
  void log_if_stalled(SteadyTime before);
  bool answer();
  bool leave();
  bool finish_answer(bool is_last, bool flush_now);
  bool refuse(int status, std::string_view why);
  bool refuse(const Refusal& refusal) { return refuse(refusal.status, refusal.why); }
  void count_refusal(Turn& turn);

  // A handler that is a coroutine.
  void start_task(http::Pending pending, Phase next);
  void on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault);
  void detach_task();
  void time_out_task();

  // An answer that is sent while its handler runs.
  struct Stream;
  Task<void> write(http::Exchange& exchange, std::string_view bytes) override;
  void keep_alive(std::chrono::milliseconds silence, std::string_view text) override;
  void begin_stream(http::Exchange& exchange);
  void send_part(std::string_view bytes);
  Task<void> until_written(const http::Exchange& exchange);
  void require_wanted(const http::Exchange& exchange) const;
  void send_keep_alive();
  void note_stream(Turn& turn) const noexcept;
  bool end_stream();

  // A connection that is no longer one of HTTP.
  bool admit_upgrade(std::string_view head);
  void become_web_socket();
  void note_web_socket(Turn& turn, const WebSocketSession& socket) const noexcept;
  void end_web_socket(std::unique_ptr<Turn> turn, const std::exception_ptr& fault);
  void await_writable();
  void reset();

  // A body that is read while its handler runs.
  struct Body;
  Task<std::optional<std::string_view>> next(http::Exchange& exchange) override;
  void begin_body_stream();
  BodyDecoder::Step decode_body(Turn& turn);
  void fail_body(const Refusal& fault);
  Task<void> ask_for_body(const http::Exchange& exchange);
  bool receive_body();
  Task<void> until_readable(const http::Exchange& exchange);
  void end_body_wait();
  void end_body_stream();

  // Reading and writing.
  void on_event(Transport::Event event) noexcept override;
  void add_reference() noexcept override { ++references_; }
  void release_reference() noexcept override { intrusive_ptr_release(this); }
  void wait(Transport::Event event) { transport_->wait(event, *this); }
  Received receive();
  bool flush();
  void send(std::size_t& file_bytes, boost::system::error_code& error);
  void finish_answered() noexcept;
  void end_turn(Turn& turn) const noexcept;
  void retire(std::unique_ptr<Turn> turn) noexcept;
  void await_head();
  void await_body();
  void await_readable();
  void on_readable();
  void on_writable();
  void await_half_close();
  void on_input_while_running();
  void await_failure();
  void on_failure();

  // The end.
  void shut();
  void discard_input();
  void close(Transport::Close how = Transport::Close::in_order) noexcept;
  void on_deadline() override;
  void arm();

  [[nodiscard]] OutputBuffer& output();
  void begin_request();
  void begin_turn();
  [[nodiscard]] const http::Client& peer() const noexcept { return transport_->peer(); }
  [[nodiscard]] SteadyTime in(std::chrono::milliseconds wait) const noexcept;
  template <class Step>
  void guarded(Step step) noexcept;

  const std::shared_ptr<Loop> loop_;
  Loop::Place place_;  // while it is open, as long as the loop knows it
  const std::unique_ptr<Transport> transport_;
  std::size_t references_ = 0;
  std::size_t index_ = 0;  // in the loop's list

  Phase phase_ = Phase::handshake;
  Phase after_task_ = Phase::answer;  // where it goes on
  bool head_begun_ = false;           // the first byte of the next request has come
  bool reading_ = false;              // a wait for input is outstanding
  bool writing_ = false;              // a wait for room is outstanding: no step is taken meanwhile
  bool watching_ = false;             // a wait for an error is outstanding
  bool closing_ = false;              // the answer in hand is the last
  bool stopped_ = false;              // the server waits no longer
  bool unread_input_ = false;         // the peer may be sending what nobody will read: close with care
  std::size_t requests_ = 0;
  SteadyTime phase_due_ = Deadlines::never;
  SteadyTime write_due_ = Deadlines::never;
  SteadyTime last_active_{};
  std::size_t linger_bytes_ = 0;

  std::shared_ptr<WebSocketSession> web_socket_;  // once its handshake was answered

  HeadScanner scanner_;
  std::string partial_head_;            // what has come of a head while no buffer is borrowed
  std::shared_ptr<InputBuffer> input_;  // null while idle
  std::size_t body_floor_ = 0;          // the request's head lies before it in input_
  std::unique_ptr<Turn> turn_;          // being read, served or answered here
  Turn* task_ = nullptr;                // owned by the completion of its running task
  std::unique_ptr<Stream> stream_;      // of the task, where it sends its answer in parts
  std::unique_ptr<Body> body_;          // of the turn, where its handler reads the body
  std::unique_ptr<Turn> late_;          // a task that ended while it was being cancelled
  std::unique_ptr<Turn> answered_;      // chain, in order: formatted, to be finished once written
  Turn* last_answered_ = nullptr;
  std::unique_ptr<OutputBuffer> output_;  // null when nothing is to be written
};

}  // namespace serval::detail
