// SPDX-License-Identifier: MIT
// What middleware, dependencies and handlers share for one request: `Request::state`.
#pragma once

#include <memory>
#include <typeindex>
#include <utility>

namespace serval::detail {

/// What travels with a request, by type. Thread safety: none, but that `share` may read a list that its owner adds to.
class RequestState {
 public:
  RequestState() = default;
  RequestState(RequestState&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
  RequestState& operator=(RequestState&& other) noexcept {
    std::swap(head_, other.head_);
    return *this;
  }
  ~RequestState() { clear(); }

  /// Null where there is none.
  [[nodiscard]] void* find(std::type_index type) const noexcept;
  void* put(std::type_index type, std::shared_ptr<void> value);
  /// Takes what `other` has by now; what either makes later is its own.
  void share(const RequestState& other) noexcept;
  void clear() noexcept;

 private:
  struct Node;
  mutable Node* head_ = nullptr;  // the youngest
};

}  // namespace serval::detail
