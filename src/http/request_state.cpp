// SPDX-License-Identifier: MIT
#include <serval/http/request_state.hpp>

#include <atomic>
#include <cstddef>

namespace serval::detail {

/// A list whose tail other lists may share. A newer value may depend on older ones and is destroyed first.
struct RequestState::Node {
  std::atomic<std::size_t> owners{1};
  std::type_index type;
  std::shared_ptr<void> value;
  Node* next;
};

void* RequestState::find(std::type_index type) const noexcept {
  for (const Node* node = head_; node != nullptr; node = node->next) {
    if (node->type == type) return node->value.get();
  }
  return nullptr;
}

void* RequestState::put(std::type_index type, std::shared_ptr<void> value) {
  void* const object = value.get();
  Node* const node = new Node{.type = type, .value = std::move(value), .next = head_};
  std::atomic_ref<Node*>(head_).store(node, std::memory_order_release);
  return object;
}

void RequestState::share(const RequestState& other) noexcept {
  // Another thread may insert a value before it now.
  Node* const head = std::atomic_ref<Node*>(other.head_).load(std::memory_order_acquire);
  if (head != nullptr) head->owners.fetch_add(1, std::memory_order_relaxed);
  clear();
  head_ = head;
}

void RequestState::clear() noexcept {
  Node* node = std::exchange(head_, nullptr);
  while (node != nullptr && node->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    Node* const next = node->next;
    delete node;
    node = next;
  }
}

}  // namespace serval::detail
