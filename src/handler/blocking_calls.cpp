// SPDX-License-Identifier: MIT
#include "handler/blocking_calls.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace serval::detail {

namespace asio = boost::asio;

namespace {

[[nodiscard]] bool is_of(const BlockingCalls::List::Entry& entry, const asio::any_io_executor* executor) noexcept {
  return executor == nullptr || entry.executor == *executor;
}

}  // namespace

void BlockingCalls::List::add(asio::any_io_executor executor, std::weak_ptr<BlockingCall> call,
                              std::optional<Place>& place) {
  const std::scoped_lock lock(mutex_);
  place = entries_.insert(entries_.end(), Entry{std::move(executor), std::move(call)});
}

void BlockingCalls::List::remove(Place place) noexcept {
  const std::scoped_lock lock(mutex_);
  entries_.erase(place);
  removed_.notify_all();
}

bool BlockingCalls::List::has(const asio::any_io_executor* executor) {
  const std::scoped_lock lock(mutex_);
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return is_of(entry, executor); });
}

void BlockingCalls::List::drop_queued(const asio::any_io_executor* executor) {
  std::vector<std::shared_ptr<BlockingCall>> calls;
  {
    const std::scoped_lock lock(mutex_);
    for (const Entry& entry : entries_) {
      // A call that no longer exists is being completed by the thread that released its last reference.
      if (auto call = is_of(entry, executor) ? entry.call.lock() : nullptr) calls.push_back(std::move(call));
    }
  }
  for (const auto& call : calls) call->drop();
}

void BlockingCalls::List::wait(const asio::any_io_executor* executor) {
  std::unique_lock lock(mutex_);
  removed_.wait(lock, [&] {
    return std::none_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return is_of(entry, executor); });
  });
}

/// The scheduler on which calls complete is an older service of the context, so it is shut down after this service.
void BlockingCalls::shutdown() {
  list_->drop_queued(nullptr);
  list_->wait(nullptr);
}

}  // namespace serval::detail
