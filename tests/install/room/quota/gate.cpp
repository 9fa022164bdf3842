// SPDX-License-Identifier: MIT
#include "gate.hpp"

#include <string>
#include <string_view>

#include "caller.hpp"

namespace quota {

namespace {
/// Returns "2xx" and so on, or how the request ended if its response was not completed.
std::string outcome_of(const serval::Finished& how) {
  if (how.ending != serval::http::Ending::complete) return std::string(serval::http::to_text(how.ending));
  return std::to_string(how.status / 100) + "xx";
}
}  // namespace

Gate::Gate(const Exhausted& exhausted, Usage& usage, const Instruments& instruments)
    : exhausted_(exhausted), usage_(usage), instruments_(instruments) {}

std::optional<serval::Response> Gate::before(serval::Request& request) {
  const std::optional<std::string_view> key = request.header("x-api-key");
  if (!key) return std::nullopt;  // the route may not require a key
  if (!is_key(*key)) throw unknown_caller();
  if (const auto wait = exhausted_.wait_of(*key)) {
    request.state<Passing>().left = 0;
    throw nothing_left(*wait);
  }
  return std::nullopt;
}

void Gate::after(const serval::Request& request, serval::Response& response) {
  const Passing* passing = request.find_state<Passing>();
  const bool is_known = passing != nullptr && passing->left.has_value();
  response.headers().set("ratelimit-remaining", is_known ? std::to_string(*passing->left) : "unknown");
}

void Gate::finished(const serval::Request& request, const serval::Finished& how) {
  instruments_.requests.with({how.route.empty() ? "none" : how.route, outcome_of(how)}).add();
  const Passing* passing = request.find_state<Passing>();
  if (passing != nullptr && !passing->admitted.empty()) usage_.add(passing->admitted);
}

}  // namespace quota
