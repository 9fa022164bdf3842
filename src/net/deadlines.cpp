// SPDX-License-Identifier: MIT
#include "net/deadlines.hpp"

namespace serval::detail {

void Deadlines::set(Waiter& waiter, SteadyTime due) {
  waiter.due_ = due;
  if (waiter.index_ == Waiter::absent) {
    if (due == never) return;
    waiter.place_ = due;
    heap_.push_back(&waiter);
    put(heap_.size() - 1, &waiter);
    sift_up(waiter.index_);
  } else if (due < waiter.place_) {
    waiter.place_ = due;
    sift_up(waiter.index_);
  }
}

void Deadlines::remove(Waiter& waiter) noexcept {
  waiter.due_ = never;
  const std::size_t index = waiter.index_;
  if (index == Waiter::absent) return;
  waiter.index_ = Waiter::absent;
  Waiter* const last = heap_.back();
  heap_.pop_back();
  if (last == &waiter) return;
  put(index, last);
  sift_up(index);
  sift_down(last->index_);
}

void Deadlines::expire(SteadyTime now) {
  while (!heap_.empty() && heap_.front()->place_ <= now) {
    Waiter& waiter = *heap_.front();
    if (waiter.due_ > now && waiter.due_ != never) {
      waiter.place_ = waiter.due_;
      sift_down(0);
      continue;
    }
    const bool passed = waiter.due_ <= now;
    remove(waiter);
    if (passed) waiter.on_deadline();
  }
}

void Deadlines::put(std::size_t index, Waiter* waiter) noexcept {
  heap_[index] = waiter;
  waiter->index_ = index;
}

void Deadlines::sift_up(std::size_t index) noexcept {
  Waiter* const waiter = heap_[index];
  while (index > 0) {
    const std::size_t parent = (index - 1) / 2;
    if (heap_[parent]->place_ <= waiter->place_) break;
    put(index, heap_[parent]);
    index = parent;
  }
  put(index, waiter);
}

void Deadlines::sift_down(std::size_t index) noexcept {
  Waiter* const waiter = heap_[index];
  for (;;) {
    std::size_t child = 2 * index + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1]->place_ < heap_[child]->place_) ++child;
    if (waiter->place_ <= heap_[child]->place_) break;
    put(index, heap_[child]);
    index = child;
  }
  put(index, waiter);
}

}  // namespace serval::detail
