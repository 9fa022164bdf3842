// SPDX-License-Identifier: MIT
#include "net/web_socket_outbox.hpp"

#include <utility>

namespace serval::detail {

void WebSocketOutbox::push(Item item) {
  bytes_ += item.size();
  detail::push(items_, std::move(item));
}

void WebSocketOutbox::push_soon(Item item) {
  reserve_one(items_);
  auto place = items_.begin();
  std::size_t pongs = 0;
  for (; place != items_.end(); ++place) {
    if (is_begun(*place)) continue;
    if (place->kind != Item::Kind::ping && place->kind != Item::Kind::pong) break;
    if (place->kind == Item::Kind::pong) ++pongs;
  }
  bytes_ += item.size();
  if (item.kind == Item::Kind::pong && pongs >= max_waiting_pongs) {
    --place;
    while (place->kind != Item::Kind::pong) --place;
    bytes_ -= place->size();
    *place = std::move(item);
  } else {
    items_.insert(place, std::move(item));
  }
}

bool WebSocketOutbox::drop_waiting() noexcept {
  bool has_close = false;
  std::size_t kept = 0;
  for (; kept < items_.size() && is_begun(items_[kept]); ++kept) {
    has_close = has_close || items_[kept].kind == Item::Kind::close;
  }
  for (; items_.size() > kept; items_.pop_back()) bytes_ -= items_.back().size();
  return has_close;
}

void WebSocketOutbox::clear() noexcept {
  items_.clear();
  trim(items_);
  bytes_ = sent_ = 0;
}

std::span<const boost::asio::const_buffer> WebSocketOutbox::next(Buffers& buffers) const noexcept {
  std::size_t count = 0;
  std::size_t skip = sent_;
  const auto add = [&](const char* data, std::size_t size) {
    const std::size_t skipped = skip < size ? skip : size;
    skip -= skipped;
    if (size != skipped) buffers[count++] = boost::asio::const_buffer(data + skipped, size - skipped);
  };
  for (const Item& item : items_) {
    if (count + 2 > max_buffers) break;
    add(item.head.bytes.data(), item.head.size);
    if (item.payload) add(item.payload->data(), item.payload->size());
  }
  return {buffers.data(), count};
}

WebSocketOutbox::Sent WebSocketOutbox::advance(std::size_t bytes) noexcept {
  Sent sent;
  sent_ += bytes;
  while (!items_.empty() && sent_ >= items_.front().size()) {
    const Item& item = items_.front();
    sent_ -= item.size();
    bytes_ -= item.size();
    sent.counted_bytes += item.counted_bytes;
    if (item.kind != Item::Kind::answer) sent.frame_bytes += item.size();
    sent.close = sent.close || item.kind == Item::Kind::close;
    items_.pop_front();
  }
  trim(items_);
  return sent;
}

}  // namespace serval::detail
