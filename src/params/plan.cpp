// SPDX-License-Identifier: MIT
#include "params/plan.hpp"

#include <algorithm>
#include <string>

#include <serval/base/error.hpp>

namespace serval::detail {

const Overrides::Override* Overrides::find(const void* key) const {
  const auto found = replacements_.find(key);
  return found == replacements_.end() ? nullptr : &found->second;
}

std::size_t Plan::add(const DependencyUse& use, const BindingContext& context) {
  if (use.is_cached) {
    const auto same = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
      return step.use->is_cached && step.use->key == use.key && step.use->until == use.until;
    });
    if (same != steps_.end()) {
      same->is_late = same->needs_body || (same->is_late && use.is_after_body);
      return static_cast<std::size_t>(same - steps_.begin());
    }
  }
  const auto fail = [&](const std::string& what) {
    throw SetupError(std::string(context.route) + ": the dependency " + std::string(use.ops->name) + what,
                     context.where);
  };
  if (std::find(open_.begin(), open_.end(), use.key) != open_.end()) fail(" depends on itself");
  Step step{&use, use.ops, nullptr, {}, false, false};
  if (const auto* replacement = context.overrides != nullptr ? context.overrides->find(use.key) : nullptr) {
    step.ops = replacement->ops;
    step.function = replacement->function;
  }
  open_.push_back(use.key);
  step.binding = Binding({step.ops->arguments, step.ops->argument_count}, context, *this);
  open_.pop_back();
  const Binding& own = step.binding;
  step.needs_body = own.takes_body() || own.body_streams_ != 0 || own.sees_request();
  for (const std::size_t below : own.dependency_steps()) step.needs_body = step.needs_body || steps_[below].is_late;
  step.is_late = step.needs_body || use.is_after_body;
  for (const Binding::Special& special : own.specials_) {
    if (special.spec->dependency != nullptr && use.until == http::Exchange::Until::answer_is_sent &&
        steps_[special.step].use->until == http::Exchange::Until::answer_is_made) {
      fail(" lives until the answer is sent, but depends on " + std::string(steps_[special.step].ops->name) +
           ", which ends before; take until_answer away there or add it here");
    }
  }
  steps_.push_back(std::move(step));
  return steps_.size() - 1;
}

bool Plan::waits(Part part) const noexcept {
  return std::any_of(steps_.begin(), steps_.end(), [part](const Step& step) {
    return step.ops->is_coroutine && step.is_late == (part == Part::late);
  });
}

}  // namespace serval::detail
