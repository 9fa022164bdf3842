// SPDX-License-Identifier: MIT
#include <serval/middleware/request_id.hpp>

#include <cstddef>
#include <string_view>

#include "http/grammar.hpp"
#include "middleware/trusted_proxies.hpp"

namespace serval {

namespace {

constexpr std::string_view id_field = "x-request-id";
constexpr std::size_t longest_id = 64;

/// Whether the text can be part of a log line and of a header field.
bool is_request_id(std::string_view text) {
  static constexpr detail::CharSet id_chars = detail::CharSet(detail::alphanumerics).add("._-");
  return !text.empty() && text.size() <= longest_id && id_chars.contains_all(text);
}

}  // namespace

struct RequestId::Policy {
  detail::TrustedProxies trusted;
};

RequestId::RequestId(const RequestIdOptions& options)
    : policy_(std::make_shared<const Policy>(Policy{detail::TrustedProxies(options.trusted, "RequestId")})) {}

void RequestId::trust_proxies(const std::vector<std::string>& proxies) {
  if (policy_->trusted.empty()) return;  // the program wants new ids
  policy_ = std::make_shared<const Policy>(Policy{detail::TrustedProxies(proxies, "RequestId")});
}

void RequestId::before(Request& request) {
  const auto id = request.header(id_field);
  const bool is_kept = id && is_request_id(*id) && policy_->trusted.trusts(request.client());
  request.set_request_id(is_kept ? *id : std::string_view());
}

void RequestId::after(const Request& request, Response& response) {
  response.headers().set(id_field, request.request_id());
}

}  // namespace serval
