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

namespace {

/// Returns whether one was missing.
bool add_missing(std::vector<std::string_view>& scopes, std::span<const std::string_view> more) {
  const std::size_t before = scopes.size();
  for (const std::string_view scope : more) {
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
  }
  return scopes.size() != before;
}

/// Whether both have the same scopes, in any order.
bool are_same(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

std::size_t Plan::add(const DependencyUse& use, const BindingContext& context) {
  const std::size_t outer = open_scopes_.size();
  add_missing(open_scopes_, use.scopes);
  const auto shared = find_shared(use);
  std::size_t index = static_cast<std::size_t>(shared - steps_.begin());
  if (shared != steps_.end()) {
    shared->is_after_body = shared->is_after_body && use.is_after_body;
  } else {
    index = add_step(use, context);
  }
  if (open_.empty()) roots_.push_back(index);
  note_scopes(steps_[index], open_scopes_);
  open_scopes_.resize(outer);
  return index;
}

std::vector<Plan::Step>::iterator Plan::find_shared(const DependencyUse& use) {
  if (!use.is_cached) return steps_.end();
  return std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.use->is_cached && step.use->key == use.key && step.use->until == use.until &&
           (!step.sees_scopes || are_same(step.scopes, open_scopes_));
  });
}

std::size_t Plan::add_step(const DependencyUse& use, const BindingContext& context) {
  const auto fail = [&](const std::string& what) {
    throw SetupError(std::string(context.route) + ": the dependency " + std::string(use.ops->name) + what,
                     context.where);
  };
  if (std::find(open_.begin(), open_.end(), use.key) != open_.end()) fail(" depends on itself");
  Step step{.use = &use,
            .ops = use.ops,
            .function = nullptr,
            .binding = {},
            .is_after_body = use.is_after_body,
            .scopes = open_scopes_,
            .scopes_of_all_uses = {}};
  if (const auto* replacement = context.overrides != nullptr ? context.overrides->find(use.key) : nullptr) {
    step.ops = replacement->ops;
    step.function = replacement->function;
  }
  open_.push_back(use.key);
  step.binding = Binding({step.ops->arguments, step.ops->argument_count}, context, *this);
  open_.pop_back();
  step.sees_scopes = step.binding.scopes_ != nullptr;
  step.stands_on_credential = step.ops->credential != nullptr || step.function != nullptr;
  for (const Binding::Special& special : step.binding.specials_) {
    if (special.spec->dependency == nullptr) continue;
    const Step& below = steps_[special.step];
    step.below.push_back({special.step, special.spec->is_alternative});
    step.stands_on_credential = step.stands_on_credential || below.stands_on_credential;
    if (special.spec->is_alternative && !below.stands_on_credential) {
      fail(" has the alternative " + std::string(below.ops->name) +
           ", which depends on no security scheme, so that it would accept every request; let it depend on one, or "
           "write `anonymous` as the last alternative");
    }
    step.sees_scopes = step.sees_scopes || below.sees_scopes;
    if (use.until == http::Exchange::Until::answer_is_sent &&
        below.use->until == http::Exchange::Until::answer_is_made) {
      fail(" lives until the answer is sent, but depends on " + std::string(below.ops->name) +
           ", which ends earlier, when the answer is made; remove until_answer there, or add it here");
    }
  }
  steps_.push_back(std::move(step));
  return steps_.size() - 1;
}

/// The schemes below a shared step are used with the scopes of each of its uses.
void Plan::note_scopes(Step& step, std::vector<std::string_view> scopes) {
  if (!add_missing(step.scopes_of_all_uses, scopes)) return;  // then those below have them, too
  for (const Binding::Special& special : step.binding.specials_) {
    if (special.spec->dependency == nullptr) continue;
    std::vector<std::string_view> below = scopes;
    add_missing(below, special.spec->dependency->scopes);
    note_scopes(steps_[special.step], std::move(below));
  }
}

SecurityScopes Plan::open_scopes() const { return {.scopes = {open_scopes_.begin(), open_scopes_.end()}}; }

void Plan::arrange() {
  for (Step& step : steps_) {
    if (step.use->ops->add_security != nullptr) mark_guard(step);
  }
  for (Step& step : steps_) step.is_late = must_be_late(step);
  for (const std::size_t root : roots_) mark_certain(steps_[root]);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    for (const Link& link : steps_[i].below) {
      if (!steps_[link.step].is_certain) steps_[link.step].users.push_back({i, link.is_alternative});
    }
  }
  const auto add = [this](bool is_late) {
    for (const bool is_guard : {true, false}) {
      for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (steps_[i].is_late == is_late && steps_[i].is_guard == is_guard) order_.push_back(i);
      }
    }
  };
  add(false);
  early_ = order_.size();
  add(true);
}

/// The dependencies of a guard are called with it.
void Plan::mark_guard(Step& step) {
  step.is_guard = true;
  for (const std::size_t below : step.binding.dependency_steps()) mark_guard(steps_[below]);
}

void Plan::mark_certain(Step& step) {
  step.is_certain = true;
  for (const Link& link : step.below) {
    if (!link.is_alternative && !steps_[link.step].is_certain) mark_certain(steps_[link.step]);
  }
}

/// Its dependencies have been checked before.
bool Plan::must_be_late(const Step& step) const {
  const Binding& own = step.binding;
  const bool reads_body = own.takes_body() || own.body_streams_ != 0;
  // A function that takes the whole request may read its body; a guard sees only the head.
  const bool may_read_body = own.sees_request() && !step.is_guard && !step.ops->reads_only_head;
  if (step.is_after_body || reads_body || may_read_body) return true;
  const std::vector<std::size_t> below = own.dependency_steps();
  return std::any_of(below.begin(), below.end(), [this](std::size_t each) { return steps_[each].is_late; });
}

std::span<const std::size_t> Plan::order(Part part) const noexcept {
  const std::span<const std::size_t> all = order_;
  return part == Part::early ? all.first(early_) : all.subspan(early_);
}

bool Plan::waits(Part part) const noexcept {
  const auto steps = order(part);
  return std::any_of(steps.begin(), steps.end(), [this](std::size_t step) { return steps_[step].ops->is_coroutine; });
}

}  // namespace serval::detail
