// SPDX-License-Identifier: MIT
// Values that middleware, dependencies and handlers share for one request: `Request::state`.
#pragma once

#include <memory>
#include <typeindex>
#include <utility>

namespace serval::detail {

/// The values of a request, by type. Thread safety: none, except that `share` may read a list to which its owner adds.
class RequestState {
 public:
  RequestState() = default;
  RequestState(RequestState&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
  RequestState& operator=(RequestState&& other) noexcept {
    std::swap(head_, other.head_);
    return *this;
  }
  ~RequestState() { clear(); }

  /// Null if there is none.
  [[nodiscard]] void* find(std::type_index type) const noexcept;
  void* put(std::type_index type, std::shared_ptr<void> value);
  /// Shares the values that `other` has now; values that either creates later are its own.
  void share(const RequestState& other) noexcept;
  void clear() noexcept;

 private:
  struct Node;
  mutable Node* head_ = nullptr;  // the newest
};

}  // namespace serval::detail
