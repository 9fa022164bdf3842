// SPDX-License-Identifier: MIT
// Parts that the security schemes share: their objects in the document, their refusals, the `authorization` field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/http_error.hpp>
#include <serval/http/request.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/security.hpp>

namespace serval::detail {

/// A scheme for the document: its Security Scheme Object, with the description if there is one.
[[nodiscard]] openapi::SecurityRequirement scheme_object(const std::string& name, json object,
                                                         const std::string& description);

/// `own`, if the options of the scheme have a refusal; otherwise 401 with FastAPI's detail and this challenge in
/// `www-authenticate`.
[[nodiscard]] HttpError not_authenticated(const std::optional<HttpError>& own, std::string_view challenge);

/// Errors: SetupError if an option of a scheme that is required is empty.
void require_option(std::string_view value, std::string_view scheme, std::string_view option);

/// Whether the request has several fields of that name. Another server on its way may have read another one.
[[nodiscard]] bool is_repeated(const Request& request, std::string_view field);

/// The value of a field; nothing if there is none or it is empty. Errors: the refusal of the scheme if there are
/// several.
template <class Scheme>
[[nodiscard]] std::optional<std::string_view> only_field(const Request& request, std::string_view name,
                                                         const Scheme& scheme) {
  const std::optional<std::string_view> field = request.header(name);
  if (!field) return std::nullopt;
  if (is_repeated(request, name)) throw scheme.refusal();
  return field->empty() ? std::nullopt : field;
}

/// The text before the first space of a credential, and the text after it without spaces around it (RFC 9110 section
/// 11.4).
[[nodiscard]] std::pair<std::string_view, std::string_view> split_authorization(std::string_view field);

}  // namespace serval::detail
