// SPDX-License-Identifier: MIT
#include "net/web_socket_sender.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "net/web_socket_session.hpp"
#include "wire/web_socket_frame.hpp"

namespace serval::detail {

bool QueuedSender::send(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data) noexcept try {
  const std::scoped_lock lock(mutex_);
  if (!takes_more_) return false;
  const std::size_t bytes = counted_bytes(data->size());
  // A single message may be larger than the bound: a peer that has taken all earlier ones is not behind.
  if (max_queued_bytes_ != 0 && queued_bytes_ != 0 &&
      bytes > max_queued_bytes_ - std::min(queued_bytes_, max_queued_bytes_)) {
    batch_.is_too_far_behind = true;
    takes_more_ = false;
    wake();
    return false;
  }
  batch_.messages.push_back({kind, std::move(data)});
  queued_bytes_ += bytes;
  wake();
  return true;
} catch (const std::exception&) {
  return false;  // out of memory
}

bool QueuedSender::close(int code, std::string reason) noexcept try {
  const std::scoped_lock lock(mutex_);
  if (!takes_more_) return false;
  // The caller cannot be told any more that a code or reason must not be sent, so the code is replaced by 1011.
  const bool is_valid = http::may_close_with(code) && reason.size() <= max_control_bytes - 2;
  batch_.close = is_valid ? Close{code, std::move(reason)} : Close{close_internal_error, {}};
  takes_more_ = false;
  wake();
  return true;
} catch (const std::exception&) {
  return false;
}

/// REQUIRES: the lock is held, so that the session cannot end meanwhile and its loop exists.
void QueuedSender::wake() {
  if (is_woken_) return;
  loop_.post([self = shared_from_this()] { self->deliver(); });
  is_woken_ = true;
}

void QueuedSender::deliver() {
  WebSocketSession* session = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    is_woken_ = false;
    session = session_;
  }
  if (session != nullptr) session->on_sender();  // the session ends only on this loop, so it still exists
}

QueuedSender::Batch QueuedSender::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(batch_, Batch{});
}

void QueuedSender::on_sent(std::size_t counted_bytes) noexcept {
  if (counted_bytes == 0) return;
  const std::scoped_lock lock(mutex_);
  queued_bytes_ -= counted_bytes;
}

void QueuedSender::end() noexcept {
  Batch dropped;
  const std::scoped_lock lock(mutex_);
  session_ = nullptr;
  takes_more_ = false;
  std::swap(dropped, batch_);
}

}  // namespace serval::detail
