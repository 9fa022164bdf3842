// SPDX-License-Identifier: MIT
#include "handler/handshake_passage.hpp"

#include <string>

#include <serval/base/task.hpp>

#include "handler/passage.hpp"
#include "http/switching_protocols.hpp"

namespace serval::detail {

Task<http::WebSocketAccept> leave_with(http::Exchange& exchange, const http::WebSocketAccept& answer) {
  http::require_accept_fields(answer);
  http::WebSocketAccept settled = answer;
  if (exchange.passage().empty()) co_return settled;
  Response& response = exchange.response;
  response.reset();
  SwitchingProtocols::mark(response);
  for (const auto& [name, value] : answer.headers) response.headers().add(name, value);
  if (http::Pending pending = exchange.passage().leave(exchange, Passage::Faults::thrown)) co_await pending.take();
  settled.headers.clear();
  for (const auto& [name, value] : response.headers()) {
    if (!http::belongs_to_handshake(name)) settled.headers.emplace_back(name, value);
  }
  co_return settled;
}

}  // namespace serval::detail
