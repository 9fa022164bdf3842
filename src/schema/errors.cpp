// SPDX-License-Identifier: MIT
#include <serval/schema/errors.hpp>

#include <utility>

#include <serval/base/json_escape.hpp>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "json/writer.hpp"

namespace serval {

namespace {

constexpr std::size_t longest_place = 100;  // characters

/// Below U+0020, and U+007F to U+009F.
bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

/// Appends text from a client so that it stays in one line: control characters are escaped as in JSON, invalid UTF-8 is
/// replaced. Appends at most `room` characters; false if there are more.
bool append_in_line(std::string& out, std::string_view text, std::size_t& room) {
  for (std::size_t position = 0; position < text.size(); --room) {
    if (room == 0) return false;
    const detail::Utf8Step step = detail::utf8_step(text, position);
    const std::string_view character = text.substr(position, step.length);
    position += step.length;
    if (!step.well_formed) {
      out += detail::utf8_replacement;
    } else if (!is_control(character)) {
      out += character;
    } else if (static_cast<unsigned char>(character.front()) < 0x20) {
      std::string quoted;
      detail::append_json_string(quoted, character);
      out.append(quoted, 1, quoted.size() - 2);
    } else {  // JSON may contain these unescaped; the second byte is the code
      out += "\\u00";
      detail::append_hex(out, static_cast<unsigned char>(character.back()), detail::lower_hex_digits);
    }
  }
  return true;
}

std::string place_in_line(const std::vector<schema::Issue::Place>& loc) {
  std::string text;
  std::size_t room = longest_place;
  for (const schema::Issue::Place& place : loc) {
    std::string step = text.empty() ? "" : ".";
    if (const auto* name = std::get_if<std::string>(&place))
      step += *name;
    else
      detail::append_int(step, std::get<std::int64_t>(place));
    if (!append_in_line(text, step, room)) return text + "...";
  }
  return text;
}

std::string list_of_faults(const std::vector<schema::Issue>& issues) {
  std::string text = "the value does not fit its type";
  for (const schema::Issue& issue : issues) {
    text += &issue == &issues.front() ? ": " : "; ";
    text += issue.to_text();
    if (issue.type == "json_invalid") text += ' ' + issue.ctx;  // its message does not contain the reason
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
  std::string text = place_in_line(loc);
  if (!text.empty()) text += ": ";
  std::size_t room = msg.size();
  append_in_line(text, msg, room);
  return text;
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
