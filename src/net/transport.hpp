// SPDX-License-Identifier: MIT
// The interface of a byte stream to and from one peer, which sessions use: a plain socket, an encrypted one or the
// script of a test.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <serval/http/request.hpp>

namespace serval::detail {

/// No function blocks. Waits complete on the loop that the transport was created for; all calls come from that loop.
/// Ownership: the connection owns its transport. An outstanding wait keeps its observer alive.
class Transport {
 public:
  enum class Event : std::uint8_t { readable, writable, failed };

  /// The object that is told when a wait completes.
  class Observer {
   public:
    /// Called when a wait completes. The event may be spurious; the observer then waits again. An event that happened
    /// before `close` may be reported after it.
    virtual void on_event(Event event) noexcept = 0;

   protected:
    ~Observer() = default;

   private:
    friend void intrusive_ptr_add_ref(Observer* observer) noexcept { observer->add_reference(); }
    friend void intrusive_ptr_release(Observer* observer) noexcept { observer->release_reference(); }
    virtual void add_reference() noexcept = 0;
    virtual void release_reference() noexcept = 0;
  };

  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// The state of a handshake that exchanges bytes before those of the session pass, such as that of TLS.
  enum class Handshake : std::uint8_t { done, needs_input, needs_output, failed };
  /// Continues the handshake. Called before all other functions, and again after the wait that the result requires. The
  /// handshake of plain transports is done at once.
  [[nodiscard]] virtual Handshake shake_hands() { return Handshake::done; }
  static constexpr std::string_view http1 = "http/1.1";
  /// The negotiated protocol, as an ALPN name (RFC 7301 section 6). Known after the handshake.
  [[nodiscard]] virtual std::string_view protocol() const noexcept { return http1; }

  /// Reads into `room` and returns the number of bytes, at least one. REQUIRES: `room` is not empty. Errors:
  /// `would_block` if no bytes have arrived; `eof` at the end of the peer's output; those of the system.
  virtual std::size_t read_some(std::span<char> room, boost::system::error_code& error) noexcept = 0;
  /// Whether more bytes follow at once; the system may hold back the written ones to send all together.
  enum class Then : std::uint8_t { pause, more };
  /// Writes bytes and returns how many the transport has taken, at least one. REQUIRES: `bytes` is not empty. Errors:
  /// `would_block` if the transport takes none at the moment; those of the system.
  virtual std::size_t write_some(std::span<const boost::asio::const_buffer> bytes, Then then,
                                 boost::system::error_code& error) noexcept = 0;
  /// Like `write_some`, for at most `count` bytes of a file from `offset` on. Errors: also `eof` if the file ends
  /// at or before `offset`.
  virtual std::size_t write_file(int file, std::uint64_t offset, std::size_t count,
                                 boost::system::error_code& error) noexcept = 0;

  /// Calls `observer.on_event` once `event` has happened. At most one wait for each event may be outstanding. A wait
  /// for `failed` may also complete without a failure; see `is_broken`. Errors: out of memory.
  virtual void wait(Event event, Observer& observer) = 0;

  [[nodiscard]] virtual bool is_open() const noexcept = 0;
  /// Returns whether nothing can be sent or received any more. The end of the peer's output alone is not enough.
  [[nodiscard]] virtual bool is_broken() noexcept = 0;
  /// Returns whether the peer has ended its output, even if some of its bytes have not been read yet.
  [[nodiscard]] virtual bool has_half_closed() noexcept = 0;
  /// Returns whether bytes have arrived that were not read.
  [[nodiscard]] virtual bool has_input() noexcept = 0;

  /// Tells the peer that nothing more will be sent. Returns false if that fails.
  virtual bool end_output() noexcept = 0;
  /// How to end the stream. `in_order`: the system still delivers the bytes that were written. `reset`: the system
  /// drops the bytes that the peer has not taken, and the peer learns that it has not received everything; a Unix
  /// socket cannot tell it that.
  enum class Close : std::uint8_t { in_order, reset };
  /// Closes the stream and ends all waits.
  virtual void close(Close how) noexcept = 0;

  /// The address of the peer.
  [[nodiscard]] virtual const http::Client& peer() const noexcept = 0;
};

}  // namespace serval::detail
