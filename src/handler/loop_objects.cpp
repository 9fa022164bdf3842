// SPDX-License-Identifier: MIT
#include "handler/loop_objects.hpp"

#include <boost/asio/query.hpp>
#include <algorithm>

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

void* LoopObjects::get(const std::shared_ptr<PerLoopKey>& owner, const asio::any_io_executor& executor) {
  const std::scoped_lock lock(mutex_);
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == owner; });
  if (found != entries_.end()) return found->object->get();
  std::erase_if(entries_, [](const Entry& entry) { return entry.key->has_ended(); });
  const std::shared_ptr<LoopObject> object = owner->make(executor);
  entries_.push_back({owner, object});
  return object->get();
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
      if (entries_.empty()) return;
      last = std::move(entries_.back());
      entries_.pop_back();
    }
    last.object->end();
  }
}

PerLoopObjects::PerLoopObjects(Make make) : key_(std::make_shared<PerLoopKey>(std::move(make))) {}
PerLoopObjects::PerLoopObjects(PerLoopObjects&& other) noexcept = default;
PerLoopObjects::~PerLoopObjects() {
  if (key_ != nullptr) key_->end();
}

void* PerLoopObjects::get(const asio::any_io_executor& executor) const {
  return LoopObjects::of(asio::query(executor, asio::execution::context)).get(key_, executor);
}

}  // namespace serval::detail
