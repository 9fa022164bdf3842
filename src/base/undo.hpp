// SPDX-License-Identifier: MIT
// What is to be taken back where a function fails halfway.
#pragma once

#include <utility>

namespace serval::detail {

/// Calls `action` at the end of its block unless `keep` was called: whatever is thrown before that, the action runs and
/// the exception goes on. REQUIRES: the action does not throw.
template <class Action>
class Undo {
 public:
  explicit Undo(Action action) noexcept : action_(std::move(action)) {}
  ~Undo() {
    if (!is_kept_) action_();
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;

  /// What was done stands.
  void keep() noexcept { is_kept_ = true; }

 private:
  Action action_;
  bool is_kept_ = false;
};

}  // namespace serval::detail
