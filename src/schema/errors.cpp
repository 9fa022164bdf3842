// SPDX-License-Identifier: MIT
#include <serval/schema/errors.hpp>

#include <utility>

#include <serval/base/json_escape.hpp>

#include "schema/json_writer.hpp"

namespace serval {

namespace {

std::string list_of_faults(const std::vector<schema::Issue>& issues) {
  std::string text = "the value does not fit its type";
  for (const schema::Issue& issue : issues) {
    text += &issue == &issues.front() ? ": " : "; ";
    text += issue.to_text();
    if (issue.type == "json_invalid") text += ' ' + issue.ctx;  // its message does not say why
  }
  return text;
}

}  // namespace

void schema::Issue::append_to(std::string& out) const {
  out += "{\"type\":";
  detail::append_json_string(out, type);
  out += ",\"loc\":[";
  for (std::size_t i = 0; i < loc.size(); ++i) {
    if (i > 0) out += ',';
    if (const auto* name = std::get_if<std::string>(&loc[i]))
      detail::append_json_string(out, *name);
    else
      detail::append_int(out, std::get<std::int64_t>(loc[i]));
  }
  out += "],\"msg\":";
  detail::append_json_string(out, msg);
  out += ",\"input\":";
  out += input.empty() ? "null" : input;
  if (!ctx.empty()) {
    out += ",\"ctx\":";
    out += ctx;
  }
  out += '}';
}

std::string schema::Issue::to_text() const {
  std::string text;
  for (const Place& place : loc) {
    if (!text.empty()) text += '.';
    if (const auto* name = std::get_if<std::string>(&place))
      text += *name;
    else
      detail::append_int(text, std::get<std::int64_t>(place));
  }
  if (!text.empty()) text += ": ";
  return text + msg;
}

std::string schema::to_json_text(const std::vector<schema::Issue>& issues) {
  std::string out = "{\"detail\":[";
  for (std::size_t i = 0; i < issues.size(); ++i) {
    if (i > 0) out += ',';
    issues[i].append_to(out);
  }
  out += "]}";
  return out;
}

void schema::Errors::add(std::string message) { entries_.push_back({{}, std::move(message)}); }

void schema::Errors::add(std::string_view member, std::string message) {
  entries_.push_back({std::string(member), std::move(message)});
}

ValidationError::ValidationError(std::vector<schema::Issue> issues) : issues_(std::move(issues)) {}

const char* ValidationError::what() const noexcept { return "the request did not pass validation"; }

DecodeError::DecodeError(std::vector<schema::Issue> issues)
    : std::runtime_error(list_of_faults(issues)), issues_(std::move(issues)) {}

}  // namespace serval
