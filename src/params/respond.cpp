// SPDX-License-Identifier: MIT
#include <serval/params/respond.hpp>

#include <string>

#include <serval/http/media_type.hpp>
#include <serval/params/response_class.hpp>

#include "schema/encoder.hpp"

namespace serval::detail {

namespace {

int status_of(const ResponseRule& rule) { return rule.status_code != 0 ? rule.status_code : status::ok; }

/// Sets the final status; returns true if the response has a body.
bool begin(Response& response, const ResponseRule& rule, int status) {
  if (!response.status_was_set()) response.set_status(status != 0 ? status : status_of(rule));
  response.clear_body();
  if (http::status_has_body(response.status())) return true;
  response.set_content_type({});
  return false;
}

/// A content type that the handler set, such as "application/problem+json", stays.
void set_type(Response& response, std::string_view media_type) {
  if (response.content_type().empty()) response.set_content_type(media_type);
}

/// `media_type`: of `media_type_for`.
bool is_json(const ResponseRule& rule, std::string_view media_type) {
  return rule.response_class.empty() || http::is_json_media_type(media_type);
}

/// The text that a value is. REQUIRES: `media_type_for` found a type for it that is not JSON.
std::string_view text_of(const Type& type, const void* value) {
  return &type == &type_of<std::string> ? std::string_view(*static_cast<const std::string*>(value))
                                        : *static_cast<const std::string_view*>(value);
}

/// The status of a response that sets none; 0: the one that it has.
int status_for(const Response& response, const http::Exchange& exchange, const ResponseRule& rule, int default_status) {
  if (exchange.response.status_was_set()) return exchange.response.status();
  if (rule.prefers_status_of_kind) {
    // A redirect that is returned as a `Response` still has its 307, but not the default of its class.
    if (response.status() != status::ok) return 0;
    if (default_status != 0 && default_status != status::ok) return default_status;
  }
  return rule.status_code != 0 ? rule.status_code : default_status;
}

}  // namespace

void respond_value(http::Exchange& exchange, const ResponseRule& rule, int status, const Type& type,
                   const void* value) {
  Response& response = exchange.response;
  if (!begin(response, rule, status)) return;
  const std::string_view media_type = media_type_for(rule.response_class, &type);
  if (is_json(rule, media_type))
    encode(response.body(), type, value, rule.encode);
  else
    response.body() = text_of(type, value);
  set_type(response, media_type);
}

void respond_text(http::Exchange& exchange, const ResponseRule& rule, int status, const char* text) {
  if (text == nullptr) return respond_nothing(exchange, rule, status);
  const std::string_view view = text;
  respond_value(exchange, rule, status, type_of<std::string_view>, &view);
}

void respond_nothing(http::Exchange& exchange, const ResponseRule& rule, int status) {
  if (!begin(exchange.response, rule, status)) return;
  const std::string_view media_type = media_type_for(rule.response_class, nullptr);
  if (is_json(rule, media_type)) exchange.response.set_body("null");
  set_type(exchange.response, media_type);
}

void respond_response(http::Exchange& exchange, const ResponseRule& rule, Response&& response, int default_status) {
  http::Headers already = std::move(exchange.response.headers());
  if (!response.status_was_set()) {
    const int chosen = status_for(response, exchange, rule, default_status);
    if (chosen != 0) response.set_status(chosen);
  }
  exchange.response = std::move(response);
  for (const auto& [name, value] : already) exchange.response.headers().add(name, value);
  if (!http::status_has_body(exchange.response.status())) {
    exchange.response.clear_body();
    exchange.response.set_content_type({});
  }
}

void respond_error(http::Exchange& exchange, const HttpError& error) {
  Response& response = exchange.response;
  response.set_status(error.status());
  for (const auto& [name, value] : error.headers()) response.headers().add(name, value);
  response.clear_body();
  if (!http::status_has_body(error.status())) return response.set_content_type({});
  response.body().append("{\"detail\":").append(error.detail_json()).append("}");
  response.set_content_type(json_media_type);
}

}  // namespace serval::detail
