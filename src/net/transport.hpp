// SPDX-License-Identifier: MIT
// A stream of bytes to and from one peer: what sessions stand on, be it a socket, an encrypted one or a test's script.
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

/// Never blocks. Waits complete on the loop that the transport was made for; all calls come from there.
/// Ownership: its connection's. A wait that is outstanding keeps its observer alive.
class Transport {
 public:
  enum class Event : std::uint8_t { readable, writable, failed };

  /// The object that a wait belongs to.
  class Observer {
   public:
    /// There may be nothing to do; then it waits again. An event from before `close` may arrive after it.
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

  /// Where it takes an exchange of bytes before those of the session pass, as TLS does.
  enum class Handshake : std::uint8_t { done, needs_input, needs_output, failed };
  /// Goes on with it. Called first, and again after the wait that it needs; plain transports are done at once.
  [[nodiscard]] virtual Handshake shake_hands() { return Handshake::done; }
  static constexpr std::string_view http1 = "http/1.1";
  /// The protocol on it: an ALPN name (RFC 7301 section 6), known after the handshake.
  [[nodiscard]] virtual std::string_view protocol() const noexcept { return http1; }

  /// How many bytes have been read, at least one. Errors: `would_block` where none have come; `eof` at the end of what
  /// the peer sends; those of the system. REQUIRES: room.
  virtual std::size_t read_some(std::span<char> room, boost::system::error_code& error) noexcept = 0;
  /// What follows the bytes.
  enum class Then : std::uint8_t { pause, more };
  /// How many bytes it has taken, at least one. Errors: `would_block` where it takes none now; those of the system.
  /// REQUIRES: bytes.
  virtual std::size_t write_some(std::span<const boost::asio::const_buffer> bytes, Then then,
                                 boost::system::error_code& error) noexcept = 0;
  /// The same for at most `count` bytes of a file from `offset` on. Errors: also `eof` where the file is shorter.
  virtual std::size_t write_file(int file, std::uint64_t offset, std::size_t count,
                                 boost::system::error_code& error) noexcept = 0;

  /// Calls `observer.on_event` once `event` has happened. At most one wait for each event at a time. `failed` completes
  /// as well where something else is the matter; see `is_broken`. Errors: out of memory.
  virtual void wait(Event event, Observer& observer) = 0;

  [[nodiscard]] virtual bool is_open() const noexcept = 0;
  /// Whether nothing can be sent or received any more. That the peer sends no more is not enough.
  [[nodiscard]] virtual bool is_broken() noexcept = 0;
  /// Whether the peer has said that it sends no more, whatever of what it sent has not been read yet.
  [[nodiscard]] virtual bool has_half_closed() noexcept = 0;
  /// Whether something has come that was not read.
  [[nodiscard]] virtual bool has_input() noexcept = 0;

  /// Tells the peer that nothing more will be sent. False where that fails.
  virtual bool end_output() noexcept = 0;
  /// How it goes: by the end of what was sent, or so that what the peer does not take is not kept for it, and it learns
  /// that it has not had all, which a Unix socket cannot say.
  enum class Close : std::uint8_t { in_order, reset };
  /// Ends it and all waits.
  virtual void close(Close how) noexcept = 0;

  /// Who is at the other end.
  [[nodiscard]] virtual const http::Client& peer() const noexcept = 0;
};

}  // namespace serval::detail
