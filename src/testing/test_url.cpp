// SPDX-License-Identifier: MIT
#include "testing/test_url.hpp"

#include <algorithm>
#include <stdexcept>

#include <serval/http/url.hpp>

namespace serval::detail {

namespace {

bool has_http_scheme(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

/// REQUIRES: has_http_scheme(text)
TestUrl split(std::string_view text) {
  const std::size_t colon = text.find(':');
  TestUrl url;
  url.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 3);
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  url.host = text.substr(0, end);
  url.target = text.substr(end);
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

}  // namespace

TestUrl TestUrl::parse_base(std::string_view text) {
  TestUrl url = has_http_scheme(text) ? split(text) : TestUrl{};
  if (!http::is_valid_host(url.host) || url.host.empty() || url.target != "/") {
    throw std::invalid_argument("base_url \"" + std::string(text) + "\" must be like \"http://testserver\"");
  }
  return url;
}

TestUrl TestUrl::at(std::string_view request_target) const {
  if (has_http_scheme(request_target)) return split(request_target);
  return {.scheme = scheme, .host = host, .target = std::string(request_target)};
}

TestUrl TestUrl::resolve(std::string_view reference) const {
  reference = reference.substr(0, reference.find('#'));
  if (has_http_scheme(reference)) return split(reference);
  if (reference.starts_with("//")) return split(scheme + ":" + std::string(reference));
  TestUrl url = *this;
  if (reference.empty()) return url;
  if (reference.front() == '/') {
    url.target = reference;
  } else if (reference.front() == '?') {
    url.target = std::string(path()) + std::string(reference);
  } else {
    url.target = std::string(path().substr(0, path().rfind('/') + 1)) + std::string(reference);
  }
  return url;
}

void TestUrl::add_query(const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [name, value] : pairs) {
    target += target.find('?') == std::string::npos ? '?' : '&';
    target.append(http::percent_encode(name)).append("=").append(http::percent_encode(value));
  }
}

}  // namespace serval::detail
