// SPDX-License-Identifier: MIT
// The system's calls for a socket that does not block.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <span>

namespace serval::detail {

// Each is one call, made again where a signal interrupts it. Errors: those of the system; `would_block` where the
// socket has nothing or takes nothing now.

/// Errors: also `eof` at the end of what the peer sends.
std::size_t receive_some(int socket, std::span<char> room, boost::system::error_code& error) noexcept;
/// `more_follows`: the system may keep the bytes until the next ones come. No SIGPIPE is raised.
std::size_t send_some(int socket, std::span<const boost::asio::const_buffer> bytes, bool more_follows,
                      boost::system::error_code& error) noexcept;
/// By `sendfile` where there is one. Errors: also `eof` where the file ends before `offset`. No SIGPIPE is raised.
std::size_t send_file(int socket, int file, std::uint64_t offset, std::size_t count,
                      boost::system::error_code& error) noexcept;

}  // namespace serval::detail
