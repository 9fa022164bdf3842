// SPDX-License-Identifier: MIT
#include <serval/schema/codec.hpp>

#include <stdexcept>
#include <vector>

#include "json/convert.hpp"
#include "json/reader.hpp"
#include "schema/decoder.hpp"
#include "schema/encoder.hpp"
#include "schema/json_invalid.hpp"

namespace serval::detail {

namespace {

bool writes_all(const schema::EncodeOptions& options) {
  return !options.exclude_none && !options.exclude_unset && !options.exclude_defaults && options.by_alias &&
         options.include.empty() && options.exclude.empty();
}

}  // namespace

void encode_value(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options) {
  encode(out, type, value, options);
}

namespace {

/// Decodes and returns the errors.
std::vector<schema::Issue> faults_of_text(std::string_view text, const Type& type, void* out) {
  std::vector<schema::Issue> issues;
  JsonDocument document;
  const auto outcome = document.parse(text, schema::max_json_nesting);
  if (outcome != JsonDocument::Outcome::ok) {
    issues.push_back(json_invalid(outcome == JsonDocument::Outcome::invalid
                                      ? document.error()
                                      : JsonSyntaxError{0, "The text is no UTF-8, or nested too deep"}));
    return issues;
  }
  try {
    Decoder decoder(issues);
    decoder.allow_alternatives_for(text.size());
    decoder.decode(type, nullptr, document.root(), out);
  } catch (const TooManyAlternatives& fault) {
    issues.push_back(json_invalid({0, fault.what()}));
  }
  return issues;
}

}  // namespace

void decode_text(std::string_view text, const Type& type, void* out) {
  std::vector<schema::Issue> issues = faults_of_text(text, type, out);
  if (!issues.empty()) throw DecodeError(std::move(issues));
}

void decode_request_text(std::string_view text, std::span<const schema::Issue::Place> loc, const Type& type,
                         void* out) {
  std::vector<schema::Issue> issues = faults_of_text(text, type, out);
  if (issues.empty()) return;
  for (schema::Issue& issue : issues) issue.loc.insert(issue.loc.begin(), loc.begin(), loc.end());
  throw ValidationError(std::move(issues));
}

void decode_node(const json& from, const Type& type, void* out) { decode_text(schema::to_text(from), type, out); }

json encode_as_json(const Type& type, const void* value, const schema::EncodeOptions& options) {
  if (writes_all(options)) {
    json whole;
    encode_node(whole, type, value);
    return whole;
  }
  std::string text;
  encode(text, type, value, options);
  JsonDocument document;
  if (document.parse(text, schema::max_json_nesting) != JsonDocument::Outcome::ok)
    throw std::domain_error("the value is nested too deep for JSON");
  return to_json_value(document.root());
}

std::string_view name_of(const EnumerationOps& enumeration, std::string_view type, std::int64_t value) {
  for (std::size_t i = 0; i < enumeration.count; ++i) {
    if (enumeration.enumerators[i].value == value) return enumeration.enumerators[i].name;
  }
  throw std::domain_error("the value " + std::to_string(value) + " of the enumeration " + std::string(type) +
                          " has no name: specialise serval::enum_range or serval::enum_names");
}

std::optional<std::int64_t> value_of(const EnumerationOps& enumeration, std::string_view name) noexcept {
  for (std::size_t i = 0; i < enumeration.count; ++i) {
    if (enumeration.enumerators[i].name == name) return enumeration.enumerators[i].value;
  }
  return std::nullopt;
}

}  // namespace serval::detail
