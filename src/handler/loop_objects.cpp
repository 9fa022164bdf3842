// SPDX-License-Identifier: MIT
#include "handler/loop_objects.hpp"

#include <boost/asio/query.hpp>
#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "base/undo.hpp"

namespace serval::detail {

namespace asio = boost::asio;

std::shared_ptr<LoopObject> PerLoopKey::make(const asio::any_io_executor& executor) {
  auto object = std::make_shared<LoopObject>(make_(executor));
  const std::scoped_lock lock(mutex_);
  std::erase_if(objects_, [](const std::weak_ptr<LoopObject>& each) { return each.expired(); });
  objects_.push_back(object);
  return object;
}

void PerLoopKey::end() {
  std::vector<std::weak_ptr<LoopObject>> objects;
  {
    const std::scoped_lock lock(mutex_);
    has_ended_ = true;
    objects.swap(objects_);
  }
  for (const auto& each : objects) {
    if (const auto object = each.lock()) object->end();
  }
  make_ = nullptr;
}

bool PerLoopKey::has_ended() const {
  const std::scoped_lock lock(mutex_);
  return has_ended_;
}

LoopObjects& LoopObjects::of(asio::execution_context& context) { return asio::use_service<LoopObjects>(context); }

std::shared_ptr<void> LoopObjects::share(const std::shared_ptr<PerLoopKey>& owner,
                                         const asio::any_io_executor& executor) {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto found = find(owner.get());
    if (found == entries_.end()) {
      make(owner, executor, lock);
    } else if (found->object != nullptr) {
      return found->object->share();
    } else if (waits_for_this_thread(*found)) {
      throw std::logic_error(
          "PerLoop::get or PerLoop::share was called for an object while that object was being made: the function that "
          "makes it must "
          "not ask for it, nor for an object that needs it");
    } else {
      wait_for(owner.get(), lock);
    }
  }
}

std::vector<LoopObjects::Entry>::iterator LoopObjects::find(const PerLoopKey* owner) {
  return std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key.get() == owner; });
}

bool LoopObjects::waits_for_this_thread(const Entry& entry) {
  std::thread::id maker = entry.maker;
  // The loop terminates: waiting threads form no cycle, since each of them checked that before it began to wait.
  while (maker != std::this_thread::get_id()) {
    const auto waiter =
        std::find_if(waiters_.begin(), waiters_.end(), [&](const Waiter& each) { return each.thread == maker; });
    if (waiter == waiters_.end()) return false;
    const auto next = find(waiter->key);
    if (next == entries_.end() || next->object != nullptr) return false;
    maker = next->maker;
  }
  return true;
}

void LoopObjects::wait_for(const PerLoopKey* owner, std::unique_lock<std::mutex>& lock) {
  const auto thread = std::this_thread::get_id();
  waiters_.push_back({thread, owner});
  is_made_.wait(lock);
  std::erase_if(waiters_, [&](const Waiter& each) { return each.thread == thread; });
}

void LoopObjects::make(const std::shared_ptr<PerLoopKey>& owner, const asio::any_io_executor& executor,
                       std::unique_lock<std::mutex>& lock) {
  std::erase_if(entries_, [](const Entry& entry) { return entry.object != nullptr && entry.key->has_ended(); });
  entries_.push_back({.key = owner, .object = nullptr, .maker = std::this_thread::get_id()});
  lock.unlock();
  Undo forget([&] {
    lock.lock();
    entries_.erase(find(owner.get()));
    is_made_.notify_all();
  });
  std::shared_ptr<LoopObject> object = owner->make(executor);
  forget.keep();
  lock.lock();
  // The entry moves behind the objects that were made for it, so that it is released before them.
  const auto entry = find(owner.get());
  entry->object = std::move(object);
  std::rotate(entry, entry + 1, entries_.end());
  is_made_.notify_all();
}

void LoopObjects::attach() {
  const std::scoped_lock lock(mutex_);
  ++hosts_;
}

void LoopObjects::detach() {
  {
    const std::scoped_lock lock(mutex_);
    if (--hosts_ != 0) return;
  }
  end();
}

bool LoopObjects::detach_from_none() {
  const std::scoped_lock lock(mutex_);
  if (!entries_.empty()) return false;
  --hosts_;
  return true;
}

void LoopObjects::end() {
  for (;;) {
    Entry last;
    {
      const std::scoped_lock lock(mutex_);
      const auto found =
          std::find_if(entries_.rbegin(), entries_.rend(), [](const Entry& entry) { return entry.object != nullptr; });
      if (found == entries_.rend()) return;
      last = std::move(*found);
      entries_.erase(std::next(found).base());
    }
    last.object->end();
  }
}

PerLoopObjects::PerLoopObjects(Make make) : key_(std::make_shared<PerLoopKey>(std::move(make))) {}
PerLoopObjects::PerLoopObjects(PerLoopObjects&& other) noexcept = default;
PerLoopObjects::~PerLoopObjects() {
  if (key_ != nullptr) key_->end();
}

std::shared_ptr<void> PerLoopObjects::share(const asio::any_io_executor& executor) const {
  return LoopObjects::of(asio::query(executor, asio::execution::context)).share(key_, executor);
}

}  // namespace serval::detail
