// SPDX-License-Identifier: MIT
// The HTTP/1 session of a connection: reads requests, lets the service answer them and writes the responses in order,
// until either side ends the connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/handler/body_source.hpp>
#include <serval/handler/service.hpp>

#include "net/connection.hpp"
#include "net/turn.hpp"
#include "wire/head_scanner.hpp"

namespace serval::detail {

class Http1Session final : public Session, private TaskOwner, private http::AnswerStream, private http::BodySource {
 public:
  explicit Http1Session(Connection& connection);
  ~Http1Session() override;

  // --- for the connection ------------------------------------------------------------------------
  void begin() override;
  void on_readable() override;
  void on_writable() override;
  void on_failure() override;
  [[nodiscard]] SteadyTime due() const noexcept override;
  void on_deadline() override;
  void drain() override;
  [[nodiscard]] Transport::Close how_to_close(Transport::Close how) const noexcept override;
  void on_closed() noexcept override;

  // --- for a WebSocket that the running handler accepts ------------------------------------------
  /// Returns whether the handler has already begun an ordinary response.
  [[nodiscard]] bool has_begun_answer() const noexcept;
  /// Ends HTTP on this connection: the WebSocket takes over the connection and the handler's task. REQUIRES: all
  /// earlier responses have been written.
  void hand_over();

 private:
  enum class Phase : std::uint8_t { head, gate, body, serve, running, answer, last_answer, over };

  // The loop over the requests of a connection, and its steps. Each step returns whether the next step can be taken
  // now.
  void run();
  bool read_head();
  bool admit();
  bool admit_upgrade(std::string_view head);
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
  void stop_reading();
  void count_refusal(Turn& turn);

  // A handler that is a coroutine.
  void start_task(http::Pending pending, Phase next);
  void on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) override;
  void on_task_lost() noexcept override { task_ = nullptr; }
  void give_up_task() noexcept;
  void time_out_task();
  /// Returns the turn of the running task. Errors: `boost::system::system_error` if the task was given up; its response
  /// is then dropped.
  [[nodiscard]] Turn& wanted(const http::Exchange& exchange) const;
  [[nodiscard]] bool is_wanted(const http::Exchange& exchange) const noexcept;

  // An answer that is sent while its handler runs.
  Task<void> write(http::Exchange& exchange, std::string_view bytes) override;
  void keep_alive(http::Exchange& exchange, std::chrono::milliseconds silence, std::string_view text) override;
  [[nodiscard]] StreamedAnswer& parts_of(Turn& turn);
  void begin_stream(Turn& turn);
  void send_part(StreamedAnswer& parts, std::string_view bytes);
  Task<void> until_written(const http::Exchange& exchange);
  void send_keep_alive();
  bool end_stream();

  // A body that is read while its handler runs.
  Task<std::optional<std::string_view>> next(http::Exchange& exchange) override;
  void begin_body_stream();
  BodyDecoder::Step decode_body(Turn& turn);
  void fail_body(Turn& turn, const Refusal& fault);
  Task<void> ask_for_body(const http::Exchange& exchange);
  bool receive_body(StreamedBody& body);
  Task<void> until_readable(const http::Exchange& exchange);
  void end_body_wait(Turn& turn);
  void end_body_stream();

  // Reading and writing.
  Connection::Received receive();
  bool flush();
  void finish_answered() noexcept;
  void end_turn(Turn& turn) const noexcept;
  void retire(std::unique_ptr<Turn> turn) noexcept;
  void await_head();
  void await_body();
  void await_half_close();
  void on_input_while_running();

  [[nodiscard]] Loop& loop() const noexcept { return *connection_.loop(); }
  [[nodiscard]] const Settings& settings() const noexcept { return loop().settings(); }
  [[nodiscard]] InputBuffer& input() const noexcept { return *connection_.input(); }
  [[nodiscard]] OutputBuffer& output();
  void begin_request();
  void begin_turn();

  Connection& connection_;
  Phase phase_ = Phase::head;
  Phase after_task_ = Phase::answer;  // the phase after the running task
  bool head_begun_ = false;           // the first byte of the next request has arrived
  bool closing_ = false;              // the current response is the last one on the connection
  std::size_t requests_ = 0;
  SteadyTime phase_due_ = Deadlines::never;
  SteadyTime last_active_;

  HeadScanner scanner_;
  std::string partial_head_;              // the bytes of an incomplete head while no input buffer is borrowed
  std::size_t body_floor_ = 0;            // position in the input; the request's head lies before it
  std::unique_ptr<Turn> turn_;            // the request in progress; null while a task owns it
  Turn* task_ = nullptr;                  // the request whose task runs; the completion handler of the task owns it
  std::unique_ptr<OutputBuffer> output_;  // null while there is nothing to write
};

}  // namespace serval::detail
