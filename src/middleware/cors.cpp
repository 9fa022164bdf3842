// SPDX-License-Identifier: MIT
#include <serval/middleware/cors.hpp>

#include <re2/re2.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>

#include "base/ascii.hpp"
#include "base/join.hpp"
#include "http/grammar.hpp"

namespace serval {

namespace {

constexpr std::string_view all_methods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

bool contains(const std::vector<std::string>& list, std::string_view element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

/// With the fields that need no permission (CORS-safelisted request-headers), sorted.
std::vector<std::string> with_safelisted(std::vector<std::string> headers) {
  for (const char* name : {"Accept", "Accept-Language", "Content-Language", "Content-Type"}) {
    const bool is_there =
        std::any_of(headers.begin(), headers.end(), [&](const auto& each) { return http::iequals(each, name); });
    if (!is_there) headers.emplace_back(name);
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

/// An origin as browsers send it (RFC 6454 section 6.1), "null", or "*".
bool is_origin(std::string_view origin) {
  if (origin == "*" || origin == "null") return true;
  const std::size_t colon = origin.find("://");
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view host = origin.substr(colon + 3);
  return !host.empty() && host.find_first_of("/*@ ") == std::string_view::npos &&
         std::none_of(origin.begin(), origin.end(), detail::is_upper);
}

bool is_preflight(const Request& request) {
  return request.method() == http::Method::options && request.header("origin") &&
         request.header("access-control-request-method");
}

}  // namespace

/// The options, prepared for requests.
struct Cors::Policy {
  explicit Policy(CorsOptions options_)
      : options(std::move(options_)), pattern(options.allow_origin_regex, re2::RE2::Quiet) {
    all_origins = contains(options.allow_origins, "*");
    all_headers = contains(options.allow_headers, "*");
    if (all_origins && options.allow_credentials) {
      throw SetupError("Cors: \"*\" in allow_origins does not go with allow_credentials; list the origins", {});
    }
    for (const auto* names : {&options.allow_methods, &options.allow_headers, &options.expose_headers}) {
      for (const std::string& name : *names) {
        if (!detail::is_token(name))
          throw SetupError("Cors: '" + name + "' is no name of a method or header field", {});
      }
    }
    for (const std::string& origin : options.allow_origins) {
      if (!is_origin(origin)) {
        throw SetupError("Cors: '" + origin +
                             "' in allow_origins is no origin as browsers send it: scheme and host in "
                             "lower case, and the port if it is not the usual one, as in \"https://shop.example:8443\"",
                         {});
      }
    }
    if (!pattern.ok()) throw SetupError("Cors: allow_origin_regex: " + pattern.error(), {});
    if (options.allow_credentials && !options.allow_origin_regex.empty() && re2::RE2::FullMatch("null", pattern)) {
      throw SetupError("Cors: allow_origin_regex matches every origin, which does not go with allow_credentials", {});
    }
    methods = contains(options.allow_methods, "*") ? std::string(all_methods) : detail::join(options.allow_methods);
    headers = with_safelisted(options.allow_headers);
    header_list = detail::join(headers);
    exposed = detail::join(options.expose_headers);
  }

  [[nodiscard]] bool allows_origin(std::string_view origin) const {
    if (all_origins || contains(options.allow_origins, origin)) return true;
    return !options.allow_origin_regex.empty() &&
           re2::RE2::FullMatch(re2::StringPiece(origin.data(), origin.size()), pattern);
  }
  [[nodiscard]] bool allows_method(std::string_view method) const {
    std::string_view list = methods;
    while (!list.empty()) {
      if (detail::take_element(list) == method) return true;
    }
    return false;
  }
  /// `list`: the field names that the browser wants to send.
  [[nodiscard]] bool allows_headers(std::string_view list) const {
    while (!list.empty()) {
      const std::string_view name = detail::take_element(list);
      const bool is_allowed =
          std::any_of(headers.begin(), headers.end(), [&](const auto& each) { return http::iequals(each, name); });
      if (!is_allowed && !name.empty()) return false;
    }
    return true;
  }
  void allow_origin(Response& response, std::string_view origin) const {
    response.headers().set("access-control-allow-origin", all_origins ? "*" : origin);
    if (options.allow_credentials) response.headers().set("access-control-allow-credentials", "true");
  }

  CorsOptions options;
  re2::RE2 pattern;
  bool all_origins = false;
  bool all_headers = false;
  std::string methods;
  std::vector<std::string> headers;
  std::string header_list;
  std::string exposed;
};

Cors::Cors(CorsOptions options) : policy_(std::make_shared<const Policy>(std::move(options))) {}

std::optional<Response> Cors::before(Request& request) {
  if (!is_preflight(request)) return std::nullopt;
  const Policy& policy = *policy_;
  std::vector<std::string> refused;
  PlainTextResponse response("OK", 200);
  http::Headers& fields = response.headers();
  const std::string_view origin = *request.header("origin");
  if (policy.allows_origin(origin)) {
    policy.allow_origin(response, origin);
  } else {
    refused.emplace_back("origin");
  }
  fields.set("access-control-allow-methods", policy.methods);
  fields.set("access-control-max-age", std::to_string(policy.options.max_age.count()));
  if (!policy.allows_method(*request.header("access-control-request-method"))) refused.emplace_back("method");
  const auto wanted = request.header("access-control-request-headers");
  if (!policy.all_headers) {
    fields.set("access-control-allow-headers", policy.header_list);
    if (wanted && !policy.allows_headers(*wanted)) refused.emplace_back("headers");
  } else if (wanted) {
    fields.set("access-control-allow-headers", *wanted);
  }
  if (request.header("access-control-request-private-network") == "true") {
    if (policy.options.allow_private_network) {
      fields.set("access-control-allow-private-network", "true");
    } else {
      refused.emplace_back("private-network");
    }
  }
  if (!refused.empty()) {
    response.set_status(400);
    response.set_body("Disallowed CORS " + detail::join(refused));
  }
  return response;
}

void Cors::after(const Request& request, Response& response) {
  // Caches must not give one origin the response to another.
  response.add_vary("Origin");
  const auto origin = request.header("origin");
  if (!origin || is_preflight(request) || !policy_->allows_origin(*origin)) return;
  policy_->allow_origin(response, *origin);
  if (!policy_->exposed.empty()) response.headers().set("access-control-expose-headers", policy_->exposed);
}

}  // namespace serval
