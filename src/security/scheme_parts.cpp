// SPDX-License-Identifier: MIT
#include "security/scheme_parts.hpp"

#include <algorithm>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>

#include "http/grammar.hpp"

namespace serval::detail {

openapi::SecurityRequirement scheme_object(const std::string& name, json object, const std::string& description) {
  if (!description.empty()) object["description"] = description;
  return {.scheme = name, .definition = std::move(object), .scopes = {}};
}

HttpError not_authenticated(const std::optional<HttpError>& own, std::string_view challenge) {
  if (own) return *own;
  return HttpError(401, "Not authenticated", {{"www-authenticate", std::string(challenge)}});
}

void require_option(std::string_view value, std::string_view scheme, std::string_view option) {
  if (!value.empty()) return;
  throw SetupError(std::string(scheme) + " needs " + std::string(option) + ": " + std::string(scheme) + "({." +
                       std::string(option) + " = \"...\"})",
                   {});
}

bool is_repeated(const Request& request, std::string_view field) {
  const auto& fields = request.headers();
  return std::count_if(fields.begin(), fields.end(),
                       [&](const http::HeaderView& each) { return http::iequals(each.name, field); }) > 1;
}

std::pair<std::string_view, std::string_view> split_authorization(std::string_view field) {
  const std::size_t space = field.find(' ');
  if (space == std::string_view::npos) return {field, {}};
  return {field.substr(0, space), detail::trim_whitespace(field.substr(space + 1))};
}

}  // namespace serval::detail
