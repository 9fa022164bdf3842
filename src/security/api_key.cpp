// SPDX-License-Identifier: MIT
#include <serval/security/api_key.hpp>

#include <string_view>
#include <utility>

#include <serval/base/error.hpp>

#include "http/grammar.hpp"
#include "security/scheme_parts.hpp"

namespace serval {

namespace {

std::optional<std::string> key_of(std::optional<std::string_view> value) {
  if (!value || value->empty()) return std::nullopt;
  return std::string(*value);
}

/// The options with the name of the class as the default for that of the scheme.
ApiKeyOptions checked(ApiKeyOptions options, std::string_view class_name, std::string_view scheme_name) {
  detail::require_option(options.name, class_name, "name");
  if (options.scheme_name.empty()) options.scheme_name = scheme_name;
  return options;
}

openapi::SecurityRequirement object_of(const ApiKeyOptions& options, std::string_view place) {
  return detail::scheme_object(options.scheme_name, {{"type", "apiKey"}, {"in", place}, {"name", options.name}},
                               options.description);
}

}  // namespace

ApiKeyHeader::ApiKeyHeader(ApiKeyOptions options)
    : options_(checked(std::move(options), "ApiKeyHeader", "APIKeyHeader")) {
  if (detail::is_token(options_.name)) return;
  throw SetupError("ApiKeyHeader: '" + options_.name + "' cannot be the name of a header field", {});
}
std::optional<std::string> ApiKeyHeader::read(const Request& request) const {
  return key_of(detail::only_field(request, options_.name, *this));
}
HttpError ApiKeyHeader::refusal() const { return detail::not_authenticated(options_.refusal, "APIKey"); }
openapi::SecurityRequirement ApiKeyHeader::security() const { return object_of(options_, "header"); }

ApiKeyQuery::ApiKeyQuery(ApiKeyOptions options) : options_(checked(std::move(options), "ApiKeyQuery", "APIKeyQuery")) {}
std::optional<std::string> ApiKeyQuery::read(const Request& request) const {
  return key_of(request.query_params().get(options_.name));
}
HttpError ApiKeyQuery::refusal() const { return detail::not_authenticated(options_.refusal, "APIKey"); }
openapi::SecurityRequirement ApiKeyQuery::security() const { return object_of(options_, "query"); }

ApiKeyCookie::ApiKeyCookie(ApiKeyOptions options)
    : options_(checked(std::move(options), "ApiKeyCookie", "APIKeyCookie")) {}
std::optional<std::string> ApiKeyCookie::read(const Request& request) const {
  return key_of(request.cookies().get(options_.name));
}
HttpError ApiKeyCookie::refusal() const { return detail::not_authenticated(options_.refusal, "APIKey"); }
openapi::SecurityRequirement ApiKeyCookie::security() const { return object_of(options_, "cookie"); }

}  // namespace serval
