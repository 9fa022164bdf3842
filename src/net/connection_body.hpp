// SPDX-License-Identifier: MIT
// What a connection keeps while a handler reads the body of its request.
#pragma once

#include <cstddef>

#include "base/change.hpp"
#include "net/connection.hpp"

namespace serval::detail {

struct Connection::Body {
  explicit Body(const boost::asio::any_io_executor& executor) : ready(executor) {}

  Change ready;               // told when there is something to look at
  Refusal fault;              // what ended it before its end
  bool is_asked_for = false;  // more than came with the head was wanted
  bool is_awaited = false;    // the handler waits for bytes
  SteadyTime due = Deadlines::never;
  std::size_t turn_bytes = 0;  // read since the handler last waited
};

}  // namespace serval::detail
