// SPDX-License-Identifier: MIT
// System calls for sockets in non-blocking mode.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <span>

namespace serval::detail {

// Each function makes one transfer, repeats it if a signal interrupts it, and returns the number of bytes. Errors:
// those of the system; `would_block` if the socket has no input or takes no output at the moment.

/// Receives bytes. Errors: also `eof` at the end of the peer's output.
std::size_t receive_some(int socket, std::span<char> room, boost::system::error_code& error) noexcept;
/// Sends bytes, without raising SIGPIPE. `more_follows`: the system may hold the bytes back until the next ones follow.
std::size_t send_some(int socket, std::span<const boost::asio::const_buffer> bytes, bool more_follows,
                      boost::system::error_code& error) noexcept;
/// Sends at most `count` bytes of a file from `offset` on, without raising SIGPIPE; uses `sendfile` if the system has
/// it. Errors: also `eof` if the file ends at or before `offset`.
std::size_t send_file(int socket, int file, std::uint64_t offset, std::size_t count,
                      boost::system::error_code& error) noexcept;

}  // namespace serval::detail
