// SPDX-License-Identifier: MIT
// Values that several middleware objects of one type keep in the state of a request.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace serval::detail {

/// One `T` for each object that has asked for one. Most requests pass one middleware of a type, whose value needs no
/// further memory.
template <class T>
class ByOwner {
 public:
  /// Null if it has none.
  [[nodiscard]] const T* find(const void* owner) const noexcept {
    if (owner == owner_) return &first_;
    for (const Other& other : others_) {
      if (other.owner == owner) return &other.value;
    }
    return nullptr;
  }
  /// Whether some owner has a value for which `is_sought` is true.
  template <class Predicate>
  [[nodiscard]] bool contains(Predicate is_sought) const {
    if (owner_ != nullptr && is_sought(first_)) return true;
    return std::any_of(others_.begin(), others_.end(), [&](const Other& other) { return is_sought(other.value); });
  }
  void set(const void* owner, T value) {
    if (owner_ == nullptr || owner_ == owner) {
      first_ = std::move(value);
      owner_ = owner;
      return;
    }
    for (Other& other : others_) {
      if (other.owner == owner) return static_cast<void>(other.value = std::move(value));
    }
    others_.push_back({owner, std::move(value)});
  }

 private:
  struct Other {
    const void* owner;
    T value;
  };
  const void* owner_ = nullptr;
  T first_{};
  std::vector<Other> others_;
};

}  // namespace serval::detail
