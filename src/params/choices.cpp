// SPDX-License-Identifier: MIT
#include "params/choices.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/http/http_error.hpp>
#include <serval/json/json.hpp>

namespace serval::detail {

namespace {

/// Whether the request has all credentials that a step needs; those of a step with alternatives: of one of them.
bool has_credential(const Plan& plan, std::size_t index, const Request& request) {
  const Plan::Step& step = plan.steps()[index];
  if (step.ops->credential != nullptr) return step.ops->credential->is_there(request);
  const auto has = [&](const Plan::Link& link) { return has_credential(plan, link.step, request); };
  const bool has_alternatives = !step.below.empty() && step.below.front().is_alternative;
  return has_alternatives ? std::any_of(step.below.begin(), step.below.end(), has)
                          : std::all_of(step.below.begin(), step.below.end(), has);
}

/// Adds the refusals of all schemes below a step, in order.
void add_refusals(const Plan& plan, std::size_t index, std::vector<HttpError>& refusals) {
  const Plan::Step& step = plan.steps()[index];
  if (step.ops->credential != nullptr) {
    refusals.push_back(step.ops->credential->refusal());
    return;
  }
  for (const Plan::Link& link : step.below) add_refusals(plan, link.step, refusals);
}

/// The first refusal with 401, otherwise the first one, with the challenges of all, each once (RFC 9110 section 11.6.1:
/// a response may have several).
HttpError joined(const std::vector<HttpError>& refusals) {
  constexpr std::string_view field = "www-authenticate";
  auto first =
      std::find_if(refusals.begin(), refusals.end(), [](const HttpError& each) { return each.status() == 401; });
  if (first == refusals.end()) first = refusals.begin();
  http::Headers headers = first->headers();
  headers.erase(field);
  for (const HttpError& refusal : refusals) {
    for (const std::string_view challenge : refusal.headers().get_all(field)) {
      const std::vector<std::string_view> there = headers.get_all(field);
      if (std::find(there.begin(), there.end(), challenge) == there.end()) headers.add(field, challenge);
    }
  }
  return HttpError(first->status(), json::parse(first->detail_json()), std::move(headers));
}

}  // namespace

bool Choices::need(const Plan& plan, std::size_t step, const Request& request) {
  const Plan::Step& asked = plan.steps()[step];
  return asked.is_certain || std::any_of(asked.users.begin(), asked.users.end(), [&](const Plan::Link& user) {
           return need(plan, user.step, request) &&
                  (!user.is_alternative || alternative_of(plan, user.step, request) == step);
         });
}

std::size_t Choices::alternative_of(const Plan& plan, std::size_t step, const Request& request) {
  const auto made = std::find_if(made_.begin(), made_.end(), [&](const Choice& each) { return each.step == step; });
  if (made != made_.end()) return made->alternative;
  const std::vector<Plan::Link>& below = plan.steps()[step].below;
  const auto chosen = std::find_if(below.begin(), below.end(),
                                   [&](const Plan::Link& link) { return has_credential(plan, link.step, request); });
  if (chosen == below.end()) {
    std::vector<HttpError> refusals;
    add_refusals(plan, step, refusals);
    throw joined(refusals);
  }
  made_.push_back({step, chosen->step});
  return chosen->step;
}

}  // namespace serval::detail
