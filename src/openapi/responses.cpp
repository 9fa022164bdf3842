// SPDX-License-Identifier: MIT
// The Responses Object of an operation: what the handler returns, what its options add, the automatic 422.
#include <algorithm>
#include <charconv>

#include <serval/http/media_type.hpp>
#include <serval/http/status.hpp>
#include <serval/params/response_class.hpp>

#include "openapi/deep_merge.hpp"
#include "openapi/operation.hpp"

namespace serval::openapi {

namespace {

using detail::ResponseContent;
using detail::ResponseSpec;

using detail::json_media_type;

/// The default description of a response.
std::string description_of(const std::string& key) {
  constexpr std::string_view ranges[] = {"Information", "Success", "Redirection", "Client Error", "Server Error"};
  if (key == "default") return "Default Response";
  if (key.size() == 3 && key.ends_with("XX") && key[0] >= '1' && key[0] <= '5')
    return std::string(ranges[static_cast<std::size_t>(key[0] - '1')]);
  int status = 0;
  std::from_chars(key.data(), key.data() + key.size(), status);
  const std::string_view phrase = http::reason_phrase(status);
  return phrase.empty() ? "Additional Response" : std::string(phrase);
}

json error_schema() {
  return {{"properties",
           {{"loc",
             {{"items", {{"anyOf", json::array({{{"type", "string"}}, {{"type", "integer"}}})}}},
              {"type", "array"},
              {"title", "Location"}}},
            {"msg", {{"type", "string"}, {"title", "Message"}}},
            {"type", {{"type", "string"}, {"title", "Error Type"}}},
            {"input", {{"title", "Input"}}},
            {"ctx", {{"type", "object"}, {"title", "Context"}}}}},
          {"type", "object"},
          {"required", {"loc", "msg", "type"}},
          {"title", "ValidationError"}};
}

/// RFC 9457 section 3.1, and the extension that a failed validation has.
json problem_schema(json error) {
  return {{"properties",
           {{"type", {{"type", "string"}, {"format", "uri-reference"}, {"title", "Type"}, {"default", "about:blank"}}},
            {"title", {{"type", "string"}, {"title", "Title"}}},
            {"status", {{"type", "integer"}, {"title", "Status"}}},
            {"detail", {{"type", "string"}, {"title", "Detail"}}},
            {"instance", {{"type", "string"}, {"format", "uri-reference"}, {"title", "Instance"}}},
            {"errors", {{"items", std::move(error)}, {"type", "array"}, {"title", "Errors"}}}}},
          {"type", "object"},
          {"required", {"type", "title", "status"}},
          {"title", "ProblemDetails"}};
}

/// The components of the automatic 422, made once per document.
const json& validation_error(Components& components) {
  if (components.validation_error.is_null()) {
    json error = components.schemas.add_component("ValidationError", error_schema());
    components.validation_error =
        components.error_format == http::ErrorFormat::problem_details
            ? components.schemas.add_component("ProblemDetails", problem_schema(std::move(error)))
            : components.schemas.add_component(
                  "HTTPValidationError",
                  {{"properties", {{"detail", {{"items", std::move(error)}, {"type", "array"}, {"title", "Detail"}}}}},
                   {"type", "object"},
                   {"title", "HTTPValidationError"}});
  }
  return components.validation_error;
}

/// The fields of a server-sent event.
json event_schema(json data) {
  json schema{{"type", "object"},
              {"properties",
               {{"data", {{"type", "string"}}},
                {"event", {{"type", "string"}}},
                {"id", {{"type", "string"}}},
                {"retry", {{"type", "integer"}, {"minimum", 0}}}}}};
  if (!data.empty()) {
    json& described = schema["properties"]["data"];
    described["contentMediaType"] = std::string(json_media_type);
    described["contentSchema"] = std::move(data);
    schema["required"] = {"data"};
  }
  return schema;
}

void add_alternative(json& place, json schema) {
  if (place.is_null()) {
    place = std::move(schema);
  } else if (place != schema) {
    json any_of = place.size() == 1 && place.contains("anyOf") ? place["anyOf"] : json::array({place});
    if (std::find(any_of.begin(), any_of.end(), schema) == any_of.end()) any_of.push_back(std::move(schema));
    place = {{"anyOf", std::move(any_of)}};
  }
}

class ResponsesBuilder {
 public:
  ResponsesBuilder(const Operation& operation, const std::string& operation_id, Components& components)
      : operation_(operation), operation_id_(operation_id), components_(components) {
    components_.schemas.set_mode(detail::SchemaMode::output);
  }

  json build() {
    for (const ResponseSpec& spec : operation_.responses) add_returned(spec);
    settle_titles();
    for (const ResponseInfo& extra : operation_.extra_responses.all()) add_extra(extra);
    add_validation_error();
    return std::move(responses_);
  }

 private:
  [[nodiscard]] int status_of(const ResponseSpec& spec) const {
    return spec.status_code != 0 ? spec.status_code : operation_.status_code.value_or(spec.default_status);
  }

  /// Empty if it is not known.
  [[nodiscard]] std::string media_type_of(const ResponseSpec& spec) const {
    switch (spec.content) {
      case ResponseContent::json:
        return std::string(detail::media_type_for(operation_.response_class, spec.type));
      case ResponseContent::media:
        return std::string(spec.media_type);
      case ResponseContent::unknown:
        return operation_.response_media_type;
      case ResponseContent::events:
        return "text/event-stream";
      case ResponseContent::json_lines:
        return "application/jsonl";
      case ResponseContent::web_socket:
        break;  // not a response of an operation
    }
    return {};
  }

  json schema_of(const detail::Type* type) {
    return type != nullptr ? components_.schemas.reference_or_inline(*type) : json::object();
  }

  void add_returned(const ResponseSpec& spec) {
    const int status = status_of(spec);
    json& response = responses_[std::to_string(status)];
    if (response.is_null()) response["description"] = describe_returned(status);
    const std::string media_type = media_type_of(spec);
    if (media_type.empty() || !http::status_has_body(status)) return;
    json& media = response["content"][media_type];
    if (spec.content == ResponseContent::events) {
      media["itemSchema"] = event_schema(schema_of(spec.type));
    } else if (spec.content == ResponseContent::json_lines) {
      media["itemSchema"] = schema_of(spec.type);
    } else if (http::is_json_media_type(media_type)) {
      add_alternative(media["schema"], schema_of(spec.type));
    } else {
      media["schema"] = {{"type", "string"}};
    }
  }

  [[nodiscard]] std::string describe_returned(int status) const {
    if (responses_.size() > 1) return description_of(std::to_string(status));  // the first is the normal one
    return operation_.response_description.empty() ? "Successful Response" : operation_.response_description;
  }

  /// Called when all alternatives of a status are known. The first is the normal response; the titles of the others
  /// name their status.
  void settle_titles() {
    bool is_first = true;
    for (const auto& [status, response] : responses_.items()) {
      const std::string prefix = is_first ? "Response_" : "Response_" + status + "_";
      is_first = false;
      if (!response.contains("content")) continue;
      for (const auto& [media_type, media] : response["content"].items()) {
        if (http::is_json_media_type(media_type) && media.contains("schema")) set_title(media["schema"], prefix);
      }
    }
  }

  /// A schema that is not a plain reference gets a title.
  void set_title(json& schema, const std::string& prefix) const {
    if (schema.is_object() && !schema.empty() && !schema.contains("$ref") && !schema.contains("title"))
      schema["title"] = detail::title_of(prefix + operation_id_);
  }

  [[nodiscard]] std::string route_media_type() const {
    const std::string type = operation_.responses.empty() ? "" : media_type_of(operation_.responses.front());
    return type.empty() ? std::string(json_media_type) : type;
  }

  void add_extra(const ResponseInfo& extra) {
    const std::string& key = extra.status.text();
    json update = json::object();
    if (!extra.headers.empty()) update["headers"] = extra.headers.value();
    if (!extra.content.empty()) update["content"] = extra.content.value();
    if (!extra.links.empty()) update["links"] = extra.links.value();
    if (extra.model.type != nullptr) {
      json schema = schema_of(extra.model.type);
      set_title(schema, "Response_" + key + "_");
      json& media = update["content"][extra.media_type.empty() ? route_media_type() : extra.media_type];
      if (!media.contains("schema")) media["schema"] = json::object();
      deep_merge(media["schema"], schema);
    }
    json& response = responses_[key];
    const std::string described = response.is_null() ? description_of(key) : response.value("description", "");
    if (response.is_null()) response = {{"description", ""}};
    response["description"] = extra.description.empty() ? described : extra.description;
    deep_merge(response, update);
  }

  void add_validation_error() {
    if (operation_.parameters.empty()) return;
    for (const char* declared : {"422", "4XX", "default"}) {
      if (responses_.contains(declared)) return;
    }
    const std::string_view media_type =
        components_.error_format == http::ErrorFormat::problem_details ? "application/problem+json" : json_media_type;
    responses_["422"] = {{"description", "Validation Error"},
                         {"content", {{std::string(media_type), {{"schema", validation_error(components_)}}}}}};
  }

  const Operation& operation_;
  const std::string& operation_id_;
  Components& components_;
  json responses_ = json::object();
};

}  // namespace

json responses_of(const Operation& operation, const std::string& operation_id, Components& components) {
  return ResponsesBuilder(operation, operation_id, components).build();
}

}  // namespace serval::openapi
