// SPDX-License-Identifier: MIT
// The guards among a binding's dependencies, as entries of the document.
#include <serval/params/binding.hpp>

#include <algorithm>
#include <utility>

#include "params/plan.hpp"

namespace serval::detail {

namespace {

using Entry = std::vector<GuardUse>;

/// Adds the function itself, even if another one replaces it.
void add_own(const Plan::Step& step, Entry& entry) {
  if (step.use->ops->add_security != nullptr) entry.push_back({step.use->ops->add_security, step.scopes_of_all_uses});
}

/// A request in the making, for which some alternatives have been chosen.
struct Case {
  std::vector<std::size_t> open;  // steps to visit, the next one last
  std::vector<bool> is_visited;   // by step
  Entry entry;
};

/// Adds an entry for each combination of alternatives. A step with several users is visited once, so that they all get
/// the same alternative.
void add_cases(const Plan& plan, Case current, std::vector<Entry>& entries) {
  while (!current.open.empty()) {
    const std::size_t index = current.open.back();
    current.open.pop_back();
    if (current.is_visited[index]) continue;
    current.is_visited[index] = true;
    const Plan::Step& step = plan.steps()[index];
    add_own(step, current.entry);
    const bool has_alternatives = !step.below.empty() && step.below.front().is_alternative;
    if (has_alternatives) {
      for (const Plan::Link& link : step.below) {
        Case chosen = current;
        chosen.open.push_back(link.step);
        add_cases(plan, std::move(chosen), entries);
      }
      return;
    }
    for (auto link = step.below.rbegin(); link != step.below.rend(); ++link) current.open.push_back(link->step);
  }
  entries.push_back(std::move(current.entry));
}

}  // namespace

std::vector<std::vector<GuardUse>> Binding::guards() const {
  std::vector<Entry> entries;
  if (plan_ == nullptr) return entries;
  const std::vector<Plan::Step>& steps = plan_->steps();
  if (std::any_of(steps.begin(), steps.end(), [](const Plan::Step& step) { return step.ops->combines_schemes; })) {
    const auto roots = plan_->roots();
    Case all{.open = {roots.rbegin(), roots.rend()}, .is_visited = std::vector<bool>(steps.size()), .entry = {}};
    add_cases(*plan_, std::move(all), entries);
    return entries;
  }
  Entry all;
  for (const Plan::Step& step : steps) add_own(step, all);
  for (const GuardUse& guard : all) entries.push_back({guard});
  return entries;
}

}  // namespace serval::detail
