// SPDX-License-Identifier: MIT
#include "app/problem_details.hpp"

#include <serval/http/http_error.hpp>
#include <serval/http/status.hpp>
#include <serval/json/json.hpp>

namespace serval::detail {

namespace {

/// The path as the client wrote it; empty if it would be read as the name of a host, and for a request that was refused
/// before its fields were read, since its path may then be unknown.
std::string instance_of(const Request& request) {
  if (request.headers().empty()) return {};
  std::string path = std::string(request.root_path()) + std::string(request.raw_path());
  return path.starts_with('/') && !path.starts_with("//") ? path : std::string();
}

/// The members that the RFC defines, with its values for a problem without a meaning beyond its status.
json problem_of(int status, const Request& request) {
  json problem{{"type", "about:blank"}};
  if (const std::string_view title = http::reason_phrase(status); !title.empty()) problem["title"] = std::string(title);
  problem["status"] = status;
  // Set here, so that it is written before `instance`.
  problem["detail"] = nullptr;
  if (std::string instance = instance_of(request); !instance.empty()) problem["instance"] = std::move(instance);
  return problem;
}

bool is_text_member(std::string_view name) {
  return name == "type" || name == "title" || name == "detail" || name == "instance";
}

/// A client must ignore members of the RFC's names with other types (section 3.1): they are not sent. The status is
/// always that of the response.
void add_members(json& problem, const json& members) {
  for (const auto& [name, value] : members.items()) {
    if (name != "status" && (!is_text_member(name) || value.is_string())) problem[name] = value;
  }
}

void add_detail(json& problem, const std::string& detail_json) {
  json detail = json::parse(detail_json);
  if (detail.is_object()) {
    add_members(problem, detail);
  } else if (detail.is_array()) {
    problem["errors"] = std::move(detail);
  } else if (detail.is_string()) {
    if (!problem.contains("title") || problem["title"] != detail) problem["detail"] = std::move(detail);
  } else if (!detail.is_null()) {
    problem["detail"] = detail_json;
  }
  if (problem["detail"].is_null()) problem.erase("detail");
}

void write(Response& response, int status, std::string body) {
  response.set_status(status);
  response.set_body(std::move(body));
  response.set_content_type("application/problem+json");
}

}  // namespace

void respond_problem(http::Exchange& exchange, const HttpError& error) {
  Response& response = exchange.response;
  for (const auto& [name, value] : error.headers()) response.headers().add(name, value);
  if (!http::status_has_body(error.status())) {
    response.set_status(error.status());
    response.clear_body();
    return response.set_content_type({});
  }
  json problem = problem_of(error.status(), exchange.request);
  add_detail(problem, error.detail_json());
  write(response, error.status(), schema::to_text(problem));
}

void respond_problem(http::Exchange& exchange, const ValidationError& error) {
  json problem = problem_of(422, exchange.request);
  problem["detail"] = "The request did not pass validation";
  // As text: inputs are shown as received, including numbers beyond those of the JSON library.
  std::string body = schema::to_text(problem);
  body.back() = ',';
  body += "\"errors\":[";
  for (const schema::Issue& issue : error.issues()) {
    if (&issue != &error.issues().front()) body += ',';
    issue.append_to(body);
  }
  body += "]}";
  write(exchange.response, 422, std::move(body));
}

}  // namespace serval::detail
