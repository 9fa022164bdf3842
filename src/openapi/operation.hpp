// SPDX-License-Identifier: MIT
// The description of one operation for the document: the application describes its routes with these structs, and the
// rest of the room does not know applications.
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/base/source_location.hpp>
#include <serval/http/error_format.hpp>
#include <serval/http/method.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/part.hpp>
#include <serval/openapi/responses.hpp>
#include <serval/openapi/security.hpp>
#include <serval/params/binding.hpp>
#include <serval/params/respond.hpp>

#include "schema/json_schema.hpp"

namespace serval::openapi {

/// One method of a path.
struct Operation {
  SourceLocation where;  // the declaration, for errors
  std::string path;      // as in the document: "/items/{item_id}"; the name of a webhook
  http::Method method = http::Method::get;
  std::string name;  // the handler's; empty if it has none
  std::vector<std::string> tags;
  std::string summary;  // empty: made from the name; the same for `operation_id`
  std::string description;
  std::string response_description;
  std::string operation_id;
  bool deprecated = false;
  std::optional<int> status_code;
  std::string response_media_type;  // if the handler's return type does not declare it
  std::string_view response_class;  // the media type of texts and JSON; empty: JSON
  std::vector<detail::BoundParameter> parameters;
  bool streams_body = false;                        // then no parameter takes the body
  std::span<const detail::ResponseSpec> responses;  // lifetime: static
  ResponseList extra_responses;
  std::function<void(json&)> describe;  // changes the operation before `extra`; empty: nothing does
  Part extra;                           // merged into the operation at the end
  Part examples;                        // by parameter; "requestBody" for the body
  std::vector<Operation> callbacks;
  /// The entries of the field `security`: alternatives, each with all schemes that it requires; none for an anonymous
  /// request.
  std::vector<std::vector<SecurityRequirement>> security;
};

/// The schemas that all operations of a document share.
struct Components {
  detail::SchemaBuilder schemas;
  json security_schemes = json::object();
  http::ErrorFormat error_format = http::ErrorFormat::detail;
  json validation_error;  // a reference, if an operation has the automatic 422
};

/// Reports which operation cannot be shown: "GET /items: ...", for `what` = "GET". Errors: always SetupError.
[[noreturn]] void refuse(std::string_view what, const Operation& operation, const std::exception& fault);

/// The given id, or one made from name, path and method.
[[nodiscard]] std::string proposed_operation_id(const Operation& operation);

/// The Operation Object. `operation_id` is its final id.
[[nodiscard]] json operation_object(const Operation& operation, const std::string& operation_id,
                                    Components& components);

/// The Parameter Objects, in the order path, query, header, cookie. If several have the same name and place, the first
/// is kept, or the first required one.
[[nodiscard]] json parameters_of(const Operation& operation, Components& components);

/// The Request Body Object; null if the operation takes none.
[[nodiscard]] json request_body_of(const Operation& operation, const std::string& operation_id, Components& components);

/// The Responses Object.
[[nodiscard]] json responses_of(const Operation& operation, const std::string& operation_id, Components& components);

/// The names that `Operation::examples` may use.
[[nodiscard]] std::vector<std::string> names_for_examples(const std::vector<detail::BoundParameter>& parameters);

}  // namespace serval::openapi
