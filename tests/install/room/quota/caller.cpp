// SPDX-License-Identifier: MIT
#include "caller.hpp"

#include <algorithm>
#include <memory>

namespace quota {

serval::HttpError unknown_caller() {
  return serval::HttpError(401, "A valid API key is needed", {{"www-authenticate", "ApiKey"}});
}

serval::HttpError nothing_left(std::chrono::seconds wait) {
  return serval::HttpError(429, "The quota is used up", {{"retry-after", std::to_string(wait.count())}});
}

}  // namespace quota

serval::Task<quota::Caller> serval::Argument<quota::Caller>::from(Header<std::optional<std::string>, "x-api-key"> key,
                                                                  State<PerLoop<quota::Client>> clients,
                                                                  State<quota::Exhausted> exhausted, Request& request) {
  if (!key || !quota::is_key(*key)) throw quota::unknown_caller();
  const std::shared_ptr<quota::Client> client = clients->share(co_await boost::asio::this_coro::executor);
  const std::optional<quota::Balance> balance = co_await client->balance(*key);
  if (!balance) throw quota::unknown_caller();
  quota::Passing& passing = request.state<quota::Passing>();
  passing.left = (std::max)(balance->left - 1, std::int64_t{0});
  if (balance->left <= 0) {
    exhausted->note(*key, balance->reset);
    throw quota::nothing_left(balance->reset);
  }
  passing.admitted = *key;
  co_return quota::Caller{*key, balance->name, *passing.left};
}

serval::openapi::SecurityRequirement serval::Argument<quota::Caller>::security() {
  return {.scheme = "ApiKey", .definition = {{"type", "apiKey"}, {"in", "header"}, {"name", "x-api-key"}}};
}
