// SPDX-License-Identifier: MIT
// A session on a transport that follows the script of a test, without sockets and without real time.
#pragma once

#include <spdlog/logger.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/handler/service.hpp>

#include "net/loop.hpp"
#include "net/server_state.hpp"
#include "net/transport.hpp"

namespace serval::testing {

/// What the peer does, and how the transport behaves.
struct Script {
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  /// What the peer sends. Each piece becomes readable once the session has read those before it and waits for input.
  /// After the last piece the peer sends nothing.
  std::vector<std::string> input{};
  /// The results of the first steps of the handshake. After them, the handshake is done.
  std::vector<detail::Transport::Handshake> handshake{};
  std::string protocol{detail::Transport::http1};
  std::size_t most_read = unlimited;     // the largest number of bytes that a read returns
  std::size_t most_written = unlimited;  // the largest number of bytes that a write takes; 0: it would block for ever
  bool is_slow = false;                  // each read and write reports `would_block` first
  bool stays = false;                    // the peer does not close its side after its input
  /// The number of the operation that fails, counted from 1; 0: none does.
  std::size_t failing = 0;
  /// Whether all operations from `failing` on fail, as if the peer were gone.
  bool fails_on = false;
};

/// Counts its operations. Its record outlives it.
class ScriptedTransport final : public detail::Transport {
 public:
  struct Record {
    std::string output;
    std::vector<std::string> operations;  // the names of the operations in their order, for messages
    bool is_closed = false;
    bool was_reset = false;
    bool is_there = true;
    std::size_t closes = 0;
    std::size_t after_close = 0;  // operations after `close`
    std::function<bool()> pump;   // completes one outstanding wait; false: none is due
  };

  ScriptedTransport(Script script, Record& record) : script_(std::move(script)), record_(record) {
    record_.pump = [this] { return pump(); };
  }
  ~ScriptedTransport() override {
    if (!record_.is_closed) close(Close::in_order);
    record_.is_there = false;
    record_.pump = [] { return false; };
  }

  Handshake shake_hands() override {
    if (fails("handshake")) return Handshake::failed;
    return next_step_ < script_.handshake.size() ? script_.handshake[next_step_++] : Handshake::done;
  }

  [[nodiscard]] std::string_view protocol() const noexcept override { return script_.protocol; }

  std::size_t read_some(std::span<char> room, boost::system::error_code& error) noexcept override {
    if (fails("read")) return fail(error, boost::asio::error::connection_reset);
    if (script_.is_slow && std::exchange(is_read_due_, !is_read_due_))
      return fail(error, boost::asio::error::would_block);
    if (!has_piece()) return fail(error, is_at_end() ? end_of_input() : boost::asio::error::would_block);
    std::string& piece = script_.input[next_piece_];
    const std::size_t bytes = std::min({room.size(), piece.size(), script_.most_read});
    piece.copy(room.data(), bytes);
    piece.erase(0, bytes);
    if (piece.empty()) is_piece_given_ = true;
    return bytes;
  }

  std::size_t write_some(std::span<const boost::asio::const_buffer> bytes, Then,
                         boost::system::error_code& error) noexcept override {
    if (fails("write")) return fail(error, boost::asio::error::broken_pipe);
    if (script_.most_written == 0 || (script_.is_slow && std::exchange(is_write_due_, !is_write_due_)))
      return fail(error, boost::asio::error::would_block);
    std::size_t taken = 0;
    for (const boost::asio::const_buffer& each : bytes) {
      const std::size_t size = std::min(each.size(), script_.most_written - taken);
      record_.output.append(static_cast<const char*>(each.data()), size);
      taken += size;
    }
    return taken;
  }

  std::size_t write_file(int file, std::uint64_t offset, std::size_t count,
                         boost::system::error_code& error) noexcept override {
    if (fails("write_file")) return fail(error, boost::asio::error::broken_pipe);
    std::string piece(std::min({count, script_.most_written, std::size_t{64 * 1024}}), '\0');
    const auto bytes = ::pread(file, piece.data(), piece.size(), static_cast<off_t>(offset));
    if (bytes <= 0) return fail(error, boost::asio::error::eof);
    record_.output.append(piece, 0, static_cast<std::size_t>(bytes));
    return static_cast<std::size_t>(bytes);
  }

  void wait(Event event, Observer& observer) override {
    if (fails("wait")) throw std::bad_alloc();
    waits_.push_back({event, &observer});
  }

  [[nodiscard]] bool is_open() const noexcept override { return !record_.is_closed; }
  [[nodiscard]] bool is_broken() noexcept override { return script_.failing != 0 && count_ >= script_.failing; }
  [[nodiscard]] bool has_half_closed() noexcept override { return is_at_end() && !script_.stays; }
  [[nodiscard]] bool has_input() noexcept override { return has_piece(); }
  bool end_output() noexcept override { return !fails("end_output"); }
  void close(Close how) noexcept override {
    ++record_.closes;
    record_.is_closed = true;
    record_.was_reset = how == Close::reset;
    const auto waits = std::move(waits_);  // their observers may be destroyed with them
    waits_.clear();
  }
  [[nodiscard]] const http::Client& peer() const noexcept override { return peer_; }

 private:
  struct Wait {
    Event event;
    boost::intrusive_ptr<Observer> observer;
  };

  bool fails(const char* operation) {
    ++count_;
    record_.operations.emplace_back(operation);
    if (record_.is_closed) ++record_.after_close;
    return script_.failing != 0 && (script_.fails_on ? count_ >= script_.failing : count_ == script_.failing);
  }
  template <class Error>
  static std::size_t fail(boost::system::error_code& error, Error why) noexcept {
    error = why;
    return 0;
  }
  [[nodiscard]] boost::system::error_code end_of_input() const {
    return script_.stays ? boost::system::error_code(boost::asio::error::would_block)
                         : boost::system::error_code(boost::asio::error::eof);
  }
  [[nodiscard]] bool has_piece() const { return next_piece_ < script_.input.size() && !is_piece_given_; }
  [[nodiscard]] bool is_at_end() const { return next_piece_ + (is_piece_given_ ? 1 : 0) >= script_.input.size(); }

  bool pump() {
    for (auto wait = waits_.begin(); wait != waits_.end(); ++wait) {
      if (!happens(wait->event)) continue;
      const Wait due = *wait;
      waits_.erase(wait);
      due.observer->on_event(due.event);
      return true;
    }
    return false;
  }
  bool happens(Event event) {
    if (event == Event::writable) return script_.most_written != 0;
    if (event == Event::failed) return is_broken();
    if (is_piece_given_) {  // the piece was read, and the session waits for more
      is_piece_given_ = false;
      ++next_piece_;
    }
    return has_piece() || !script_.stays || is_broken();
  }

  Script script_;
  Record& record_;
  std::size_t count_ = 0, next_piece_ = 0, next_step_ = 0;
  bool is_piece_given_ = false, is_read_due_ = true, is_write_due_ = true;
  std::vector<Wait> waits_;
  const http::Client peer_{"192.0.2.1", 1234};
};

/// A loop with one session. `settle` runs it as long as there is something to do.
class ScriptedSession {
 public:
  explicit ScriptedSession(const http::Service& service, Script script, const detail::Settings& settings)
      : state_(std::make_shared<detail::ServerState>(service, with_clock(settings))),
        loop_(std::make_shared<detail::Loop>(state_, context_, detail::Loop::Threading::many_threads)) {
    loop_->adopt({{}, AF_INET, {}}, std::make_shared<const detail::TransportFactory>(
                                        [this, script = std::move(script)](detail::Loop&, detail::AcceptedSocket) {
                                          return std::make_unique<ScriptedTransport>(script, record);
                                        }));
  }
  ~ScriptedSession() {
    loop_->drain(now_);  // a session that is left keeps itself alive by its waits
    loop_->expire();
    settle();
    state_->abandon();
  }
  ScriptedSession(const ScriptedSession&) = delete;
  ScriptedSession& operator=(const ScriptedSession&) = delete;

  /// Runs until nothing more happens without outside events. False: this takes longer than any script needs.
  bool settle() {
    constexpr int most = 200'000;
    for (int step = 0; step < most; ++step) {
      context_.restart();
      const std::size_t done = context_.poll();
      const bool happened = record.pump && record.pump();
      if (done == 0 && !happened) return true;
    }
    return false;
  }
  /// Moves the clock, and calls those whose deadline has passed.
  void pass(std::chrono::milliseconds time) {
    now_ += time;
    loop_->expire();
  }
  void drain(std::chrono::milliseconds deadline) { loop_->drain(now_ + deadline); }
  [[nodiscard]] bool is_over() const { return !state_->has_traffic() && state_->connections() == 0; }
  [[nodiscard]] const detail::LoopCounters& counters() const { return loop_->counters(); }

  ScriptedTransport::Record record;

 private:
  detail::Settings with_clock(detail::Settings settings) {
    settings.clock = [this] { return now_; };
    return settings;
  }

  // Far in the future, so that the loop's own timer, which does not know this clock, never expires.
  detail::SteadyTime now_ = std::chrono::steady_clock::now() + std::chrono::hours(24 * 365);
  boost::asio::io_context context_{1};
  std::shared_ptr<detail::ServerState> state_;
  std::shared_ptr<detail::Loop> loop_;
};

}  // namespace serval::testing
