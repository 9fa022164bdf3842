// SPDX-License-Identifier: MIT
#include "app/web_socket_end.hpp"

#include <string>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/base/thrown.hpp>
#include <serval/handler/web_socket_channel.hpp>
#include <serval/json/json.hpp>
#include <serval/schema/errors.hpp>

#include "base/utf8.hpp"

namespace serval::detail {

namespace {

constexpr std::size_t max_reason_bytes = 123;

struct CloseFrame {
  int code = 1000;
  std::string reason{};
};

/// The longest prefix that fits into a close frame.
std::string fitting(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    const Utf8Step step = utf8_step(text, end);
    if (!step.well_formed || end + step.length > max_reason_bytes) break;
    end += step.length;
  }
  return std::string(text.substr(0, end));
}

std::string first_fault(const ValidationError& error) {
  return error.issues().empty() ? std::string() : error.issues().front().to_text();
}

std::string detail_of(const HttpError& error) {
  const json detail = schema::parse_json(error.detail_json());
  return detail.is_string() ? detail.get<std::string>() : error.detail_json();
}

CloseFrame frame_for(const std::exception_ptr& thrown) {
  if (!thrown) return {};
  CloseFrame frame{1011, {}};  // for any other exception: the log has the reason
  with_thrown<const WebSocketError&>(thrown, [&](const WebSocketError& error) {
    frame = {error.code(), error.reason()};
  });
  with_thrown<const ValidationError&>(thrown, [&](const ValidationError& error) {
    const bool is_no_json = !error.issues().empty() && error.issues().front().type == "json_invalid";
    frame = {is_no_json ? 1007 : 1008, fitting(first_fault(error))};
  });
  with_thrown<const HttpError&>(thrown, [&](const HttpError& error) {
    if (error.status() < 500) frame = {1008, fitting(detail_of(error))};
  });
  return frame;
}

/// Whether the exception is useful in the log.
bool is_fault(const std::exception_ptr& thrown) noexcept {
  return !is_thrown<const WebSocketDisconnect&>(thrown) && !is_thrown<const WebSocketError&>(thrown) &&
         !is_thrown<const ValidationError&>(thrown) && !is_thrown<const HttpError&>(thrown);
}

}  // namespace

void conclude_web_socket(const std::exception_ptr& thrown, const ErrorTable& errors,
                         http::Exchange& exchange) noexcept {
  if (!thrown) return;
  if (is_fault(thrown)) errors.answer(thrown, exchange);
  if (exchange.web_socket->phase() != http::WebSocketChannel::Phase::handshake) return;
  exchange.response.reset();
  exchange.response.set_status(403);
}

Task<void> close_web_socket(std::exception_ptr thrown, http::Exchange& exchange) {
  http::WebSocketChannel& channel = *exchange.web_socket;
  if (channel.phase() != http::WebSocketChannel::Phase::open) co_return;
  const CloseFrame frame = frame_for(thrown);
  co_await channel.close(frame.code, frame.reason);
}

}  // namespace serval::detail
