// SPDX-License-Identifier: MIT
#include "testing/test_body.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>

#include <serval/base/task.hpp>
#include <serval/handler/body_sink.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/status.hpp>

namespace serval::detail {

TestBodySource::TestBodySource(std::string_view body, const std::vector<std::string>& chunks)
    : has_length_(chunks.empty()) {
  constexpr std::size_t piece_bytes = 64 * 1024;
  for (; !body.empty(); body.remove_prefix(std::min(piece_bytes, body.size())))
    pieces_.push_back(body.substr(0, piece_bytes));
  for (const std::string& chunk : chunks) {
    if (!chunk.empty()) pieces_.emplace_back(chunk);
  }
}

bool TestBodySource::is_within(std::uint64_t max_bytes) const noexcept {
  std::uint64_t size = 0;
  for (std::string_view piece : pieces_) size += piece.size();
  return max_bytes == 0 || size <= max_bytes;
}

bool TestBodySource::fits(const http::Admission& admission) const noexcept {
  return admission.skip_body || !has_length_ || is_within(admission.max_body_bytes);
}

const http::BodyGate* TestBodySource::gate(const http::Admission& admission) const noexcept {
  return admission.skip_body || admission.streams_body || pieces_.empty() ? nullptr : admission.gate;
}

bool TestBodySource::open(http::Exchange& exchange, const http::Admission& admission) {
  if (admission.skip_body || exchange.body_refusal()) return true;
  max_bytes_ = admission.max_body_bytes;
  // Chunks that the handler reads itself are counted during reading.
  if (!admission.streams_body && !is_within(max_bytes_)) return false;
  if (admission.streams_body) {
    exchange.set_body_source(this);
  } else if (http::BodySink* const sink = exchange.body_sink()) {
    const bool is_taken = std::all_of(pieces_.begin(), pieces_.end(), [&](auto piece) { return sink->take(piece); });
    if (is_taken && !pieces_.empty()) sink->end();
  } else {
    for (std::string_view piece : pieces_) whole_ += piece;
    exchange.request.set_body(whole_);
  }
  return true;
}

Task<std::optional<std::string_view>> TestBodySource::next(http::Exchange&) {
  // As on a network: other pending work runs first.
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  memory_.reset();
  if (taken_ == pieces_.size()) co_return std::nullopt;
  const std::string_view piece = pieces_[taken_];
  if (max_bytes_ != 0 && piece.size() > max_bytes_ - bytes_)
    throw HttpError(status::content_too_large, "Request body too large");
  ++taken_;
  bytes_ += piece.size();
  memory_ = std::make_unique_for_overwrite<char[]>(piece.size());
  std::copy(piece.begin(), piece.end(), memory_.get());
  co_return std::string_view(memory_.get(), piece.size());
}

}  // namespace serval::detail
