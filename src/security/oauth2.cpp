// SPDX-License-Identifier: MIT
#include <serval/security/oauth2.hpp>

#include <string_view>
#include <utility>

#include <serval/http/headers.hpp>

#include "security/scheme_parts.hpp"

namespace serval {

namespace {

/// An OAuth Flow Object under construction. A required URL that is empty is an error.
class Flow {
 public:
  Flow(std::string_view scheme, const OAuth2Scopes& scopes, const std::string& refresh_url) : scheme_(scheme) {
    object_["scopes"] = json::object();
    for (const auto& [scope, description] : scopes) object_["scopes"][scope] = description;
    if (!refresh_url.empty()) object_["refreshUrl"] = refresh_url;
  }
  Flow& authorization_url(const std::string& url) { return set("authorization_url", "authorizationUrl", url); }
  Flow& token_url(const std::string& url) { return set("token_url", "tokenUrl", url); }
  /// Returns the OAuth Flows Object with this flow.
  [[nodiscard]] json flows(const char* name) const {
    json flows = json::object();
    flows[name] = object_;
    return flows;
  }

 private:
  Flow& set(std::string_view option, const char* member, const std::string& url) {
    detail::require_option(url, scheme_, option);
    object_[member] = url;
    return *this;
  }

  std::string_view scheme_;
  json object_ = json::object();
};

}  // namespace

namespace detail {

OAuth2BearerScheme::OAuth2BearerScheme(std::string name, std::string description, std::optional<HttpError> refusal,
                                       openapi::Part flows)
    : name_(std::move(name)),
      description_(std::move(description)),
      refusal_(std::move(refusal)),
      flows_(std::move(flows)) {}

std::optional<std::string> OAuth2BearerScheme::read(const Request& request) const {
  const auto field = only_field(request, "authorization", *this);
  if (!field) return std::nullopt;
  const auto [scheme, token] = split_authorization(*field);
  if (!http::iequals(scheme, "Bearer")) return std::nullopt;
  return std::string(token);
}
HttpError OAuth2BearerScheme::refusal() const { return not_authenticated(refusal_, "Bearer"); }
openapi::SecurityRequirement OAuth2BearerScheme::security() const {
  return scheme_object(name_, {{"type", "oauth2"}, {"flows", flows_.value()}}, description_);
}

}  // namespace detail

OAuth2PasswordBearer::OAuth2PasswordBearer(const OAuth2PasswordOptions& options)
    : OAuth2BearerScheme(options.scheme_name, options.description, options.refusal,
                         Flow("OAuth2PasswordBearer", options.scopes, options.refresh_url)
                             .token_url(options.token_url)
                             .flows("password")) {}

OAuth2ClientCredentialsBearer::OAuth2ClientCredentialsBearer(const OAuth2ClientCredentialsOptions& options)
    : OAuth2BearerScheme(options.scheme_name, options.description, options.refusal,
                         Flow("OAuth2ClientCredentialsBearer", options.scopes, options.refresh_url)
                             .token_url(options.token_url)
                             .flows("clientCredentials")) {}

OAuth2AuthorizationCodeBearer::OAuth2AuthorizationCodeBearer(const OAuth2AuthorizationCodeOptions& options)
    : OAuth2BearerScheme(options.scheme_name, options.description, options.refusal,
                         Flow("OAuth2AuthorizationCodeBearer", options.scopes, options.refresh_url)
                             .authorization_url(options.authorization_url)
                             .token_url(options.token_url)
                             .flows("authorizationCode")) {}

OAuth2ImplicitBearer::OAuth2ImplicitBearer(const OAuth2ImplicitOptions& options)
    : OAuth2BearerScheme(options.scheme_name, options.description, options.refusal,
                         Flow("OAuth2ImplicitBearer", options.scopes, options.refresh_url)
                             .authorization_url(options.authorization_url)
                             .flows("implicit")) {}

OAuth2::OAuth2(OAuth2Options options) : options_(std::move(options)) {}
std::optional<std::string> OAuth2::read(const Request& request) const {
  const auto field = detail::only_field(request, "authorization", *this);
  if (!field) return std::nullopt;
  return std::string(*field);
}
HttpError OAuth2::refusal() const { return detail::not_authenticated(options_.refusal, "Bearer"); }
openapi::SecurityRequirement OAuth2::security() const {
  return detail::scheme_object(options_.scheme_name, {{"type", "oauth2"}, {"flows", options_.flows.value()}},
                               options_.description);
}

}  // namespace serval
