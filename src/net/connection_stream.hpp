// SPDX-License-Identifier: MIT
// What a connection keeps while a handler sends its answer in parts.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/change.hpp"
#include "net/connection.hpp"

namespace serval::detail {

struct Connection::Stream {
  explicit Stream(const boost::asio::any_io_executor& executor) : written(executor) {}

  Change written;          // told when all output has been written
  bool has_begun = false;  // the head is in the output
  bool has_body = true;
  bool is_last = false;
  bool is_chunked = true;
  int status = 0;
  std::uint64_t bytes = 0;  // of the body so far
  std::chrono::milliseconds silence{0};
  std::string_view keep_alive;
};

}  // namespace serval::detail
