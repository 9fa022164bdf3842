// SPDX-License-Identifier: MIT
#include <serval/params/respond.hpp>

#include "schema/encoder.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view json_content_type = "application/json";

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
void set_json(Response& response) {
  if (response.content_type().empty()) response.set_content_type(json_content_type);
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
  encode(response.body(), type, value, rule.encode);
  set_json(response);
}

void respond_text(http::Exchange& exchange, const ResponseRule& rule, int status, const char* text) {
  if (text == nullptr) return respond_nothing(exchange, rule, status);
  const std::string_view view = text;
  respond_value(exchange, rule, status, type_of<std::string_view>, &view);
}

void respond_nothing(http::Exchange& exchange, const ResponseRule& rule, int status) {
  if (!begin(exchange.response, rule, status)) return;
  exchange.response.set_body("null");
  set_json(exchange.response);
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
  response.set_content_type(json_content_type);
}

}  // namespace serval::detail
