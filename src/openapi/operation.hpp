// SPDX-License-Identifier: MIT
// One operation as it is to stand in the document, whoever declared it: the application describes its routes in these
// words, and the rest of the room knows nothing of applications.
#pragma once

#include <exception>
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
  SourceLocation where;  // of the declaration, for errors
  std::string path;      // as the document has it: "/items/{item_id}"; of a webhook its name
  http::Method method = http::Method::get;
  std::string name;  // the handler's; empty where it has none
  std::vector<std::string> tags;
  std::string summary;  // empty: made of the name; the same for `operation_id`
  std::string description;
  std::string response_description;
  std::string operation_id;
  bool deprecated = false;
  std::optional<int> status_code;
  std::string response_media_type;  // where the handler's return type does not say
  std::vector<detail::BoundParameter> parameters;
  bool streams_body = false;                        // which then no parameter takes
  std::span<const detail::ResponseSpec> responses;  // lifetime: static
  ResponseList extra_responses;
  Part extra;     // merged into the operation at the end
  Part examples;  // by parameter; "requestBody" for the body
  std::vector<Operation> callbacks;
  std::vector<SecurityRequirement> security;
};

/// The schemas that all operations of a document share.
struct Components {
  detail::SchemaBuilder schemas;
  json security_schemes = json::object();
  http::ErrorFormat error_format = http::ErrorFormat::detail;
  json validation_error;  // a reference, once an operation has the automatic 422
};

/// Says which operation cannot be shown: "GET /items: ...", where `what` is "GET". Errors: always SetupError.
[[noreturn]] void refuse(std::string_view what, const Operation& operation, const std::exception& fault);

/// The one that it is given, or one made of name, path and method.
[[nodiscard]] std::string proposed_operation_id(const Operation& operation);

/// The Operation Object. `operation_id` is the one that it has in the end.
[[nodiscard]] json operation_object(const Operation& operation, const std::string& operation_id,
                                    Components& components);

/// The Parameter Objects, in the order path, query, header, cookie. Of several with the same name and place the first
/// is kept, or the first that is required where one is.
[[nodiscard]] json parameters_of(const Operation& operation, Components& components);

/// The Request Body Object; null where the operation takes none.
[[nodiscard]] json request_body_of(const Operation& operation, const std::string& operation_id, Components& components);

/// The Responses Object.
[[nodiscard]] json responses_of(const Operation& operation, const std::string& operation_id, Components& components);

/// What `Operation::examples` may name.
[[nodiscard]] std::vector<std::string> names_for_examples(const std::vector<detail::BoundParameter>& parameters);

}  // namespace serval::openapi
