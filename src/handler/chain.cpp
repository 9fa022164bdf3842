// SPDX-License-Identifier: MIT
#include "handler/chain.hpp"

#include <algorithm>
#include <utility>

namespace serval::detail {

Chain::Chain(std::vector<routing::Middleware> members, OnFault on_fault)
    : members_(std::move(members)), on_fault_(std::move(on_fault)) {
  std::stable_sort(members_.begin(), members_.end(),
                   [](const auto& a, const auto& b) { return a.stage() < b.stage(); });
  for (std::size_t place = 0; place < members_.size(); ++place) {
    const Hook hook{.object = members_[place].object(), .ops = &members_[place].ops(), .place = place};
    if (hook.ops->before != nullptr) before_.push_back(hook);
    if (hook.ops->prepare_handler != nullptr) prepare_handler_.push_back(hook);
    if (hook.ops->before_handler != nullptr) before_handler_.push_back(hook);
    if (hook.ops->around != nullptr) around_.push_back(hook);
    if (hook.ops->after_handler != nullptr) after_handler_.push_back(hook);
    if (hook.ops->after != nullptr) after_.push_back(hook);
    if (hook.ops->finished != nullptr) finished_.push_back(hook);
  }
  std::reverse(after_handler_.begin(), after_handler_.end());
  std::reverse(after_.begin(), after_.end());
  std::reverse(finished_.begin(), finished_.end());
}

void Chain::answer_fault(std::exception_ptr thrown, http::Exchange& exchange) const noexcept {
  if (on_fault_) on_fault_(std::move(thrown), exchange);
}

}  // namespace serval::detail
