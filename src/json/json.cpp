// SPDX-License-Identifier: MIT
#include <serval/json/json.hpp>

#include <cstddef>
#include <stdexcept>

#include <serval/base/json_escape.hpp>

#include "base/undo.hpp"
#include "json/convert.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace serval::schema {
namespace {

template <class Json>
void write_value(std::string& out, const Json& value, std::size_t depth);

void check_depth(std::size_t depth) {
  if (depth >= 2 * max_json_nesting) throw std::domain_error("JSON value is nested too deep");
}

template <class Json>
void write_array(std::string& out, const Json& value, std::size_t depth) {
  check_depth(depth);
  char separator = '[';
  for (const Json& element : *value.template get_ptr<const typename Json::array_t*>()) {
    out.push_back(separator);
    separator = ',';
    write_value(out, element, depth + 1);
  }
  out.append(separator == '[' ? "[]" : "]");
}

template <class Json>
void write_object(std::string& out, const Json& value, std::size_t depth) {
  check_depth(depth);
  char separator = '{';
  for (const auto& [key, member] : *value.template get_ptr<const typename Json::object_t*>()) {
    out.push_back(separator);
    separator = ',';
    detail::append_json_string(out, key);
    out.push_back(':');
    write_value(out, member, depth + 1);
  }
  out.append(separator == '{' ? "{}" : "}");
}

void write_number(std::string& out, double number) {
  if (!detail::append_double(out, number, detail::FloatStyle::python)) out.append("null");
}

template <class Json>
void write_value(std::string& out, const Json& value, std::size_t depth) {
  using Type = nlohmann::detail::value_t;
  switch (value.type()) {
    case Type::null:
      out.append("null");
      return;
    case Type::boolean:
      out.append(*value.template get_ptr<const typename Json::boolean_t*>() ? "true" : "false");
      return;
    case Type::number_integer:
      detail::append_int(out, *value.template get_ptr<const typename Json::number_integer_t*>());
      return;
    case Type::number_unsigned:
      detail::append_uint(out, *value.template get_ptr<const typename Json::number_unsigned_t*>());
      return;
    case Type::number_float:
      write_number(out, *value.template get_ptr<const typename Json::number_float_t*>());
      return;
    case Type::string:
      detail::append_json_string(out, *value.template get_ptr<const typename Json::string_t*>());
      return;
    case Type::array:
      write_array(out, value, depth);
      return;
    case Type::object:
      write_object(out, value, depth);
      return;
    case Type::binary:
    case Type::discarded:
      throw std::domain_error("JSON cannot represent binary data");
  }
}

template <class Json>
void append_whole(std::string& out, const Json& value) {
  detail::Undo cut([&out, before = out.size()] { out.resize(before); });
  write_value(out, value, 0);
  cut.keep();
}

// Like str() of a JSONDecodeError.
std::string describe(const detail::JsonSyntaxError& error, std::string_view text) {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t left = error.position;
  for (const char c : text) {
    const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (continuation) continue;
    if (left-- == 0) break;
    line += c == '\n' ? 1 : 0;
    column = c == '\n' ? 1 : column + 1;
  }
  return error.message + ": line " + std::to_string(line) + " column " + std::to_string(column) + " (char " +
         std::to_string(error.position) + ")";
}

}  // namespace

void append_json(std::string& out, const json& value) { append_whole(out, value); }

void append_json(std::string& out, const nlohmann::json& value) { append_whole(out, value); }

void append_json(std::string& out, const nlohmann::ordered_json& value) { append_whole(out, value); }

std::string to_text(const json& value) {
  std::string text;
  append_json(text, value);
  return text;
}

json parse_json(std::string_view text) {
  detail::JsonDocument document;
  switch (document.parse(text, max_json_nesting)) {
    case detail::JsonDocument::Outcome::ok:
      return detail::to_json_value(document.root());
    case detail::JsonDocument::Outcome::invalid:
      throw std::invalid_argument(describe(document.error(), document.text()));
    case detail::JsonDocument::Outcome::unreadable:
      break;
  }
  throw std::invalid_argument("JSON text is not UTF-8, is nested too deep or holds an integer of too many digits");
}

}  // namespace serval::schema

namespace serval {

namespace detail {

void assign_bool(json& out, bool value) { nlohmann::to_json(out, value); }

void assign_int(json& out, std::int64_t value) { nlohmann::to_json(out, value); }

void assign_uint(json& out, std::uint64_t value) { nlohmann::to_json(out, value); }

void assign_float(json& out, float value) { nlohmann::to_json(out, double_of(value)); }

void assign_double(json& out, double value) { nlohmann::to_json(out, value); }

void assign_text(json& out, const char* text) {
  if (text != nullptr)
    nlohmann::to_json(out, std::string(text));
  else
    out = nullptr;
}

void assign_text(json& out, std::string_view text) { nlohmann::to_json(out, std::string(text)); }

void assign_text(json& out, std::string&& text) { nlohmann::to_json(out, std::move(text)); }

}  // namespace detail
}  // namespace serval
