// SPDX-License-Identifier: MIT
#include "params/default_value.hpp"

#include <stdexcept>
#include <vector>

#include <serval/base/json_escape.hpp>
#include <serval/schema/codec.hpp>

#include "json/writer.hpp"
#include "schema/decoder.hpp"

namespace serval::detail {

namespace {

std::string_view enumerator_name(const Type& type, std::int64_t value) {
  if (type.kind == Kind::optional) return enumerator_name(*type.element, value);
  if (type.kind != Kind::enumeration)
    throw std::invalid_argument("its default is an enumerator, its type is not an enumeration");
  return name_of(*type.ops.enumeration, type.name, value);
}

std::string text_of_default(const Type& type, const RuleValue& rule) {
  std::string out;
  switch (rule.kind) {
    case ArgValue::integer:
      append_int(out, rule.bits);
      break;
    case ArgValue::real:
      if (!append_double(out, rule.real(), FloatStyle::python))
        throw std::invalid_argument("its default is no finite number");
      break;
    case ArgValue::boolean:
      out = rule.bits != 0 ? "true" : "false";
      break;
    case ArgValue::enumerator:
      append_json_string(out, enumerator_name(type, rule.bits));
      break;
    case ArgValue::text:
      append_json_string(out, rule.text);
      break;
    case ArgValue::none:
    case ArgValue::json:
      out = rule.text;
      break;
  }
  return out;
}

}  // namespace

DefaultValue::DefaultValue(const Type& type, const RuleValue& rule) : text_(text_of_default(type, rule)) {
  if (document_.parse(text_, 0) != JsonDocument::Outcome::ok)
    throw std::invalid_argument("its default_json is not valid JSON: " + text_);
}

void DefaultValue::check(const Type& type,
                         void (*with_value)(void* context, void (*use)(void* context, void* value))) const {
  struct Context {
    const Type& type;
    JsonValue value;
    std::vector<schema::Issue> issues;
  } context{.type = type, .value = value(), .issues = {}};
  with_value(&context, [](void* opaque, void* out) {
    auto& [its_type, its_value, issues] = *static_cast<Context*>(opaque);
    Decoder(issues).decode(its_type, nullptr, its_value, out);
  });
  if (context.issues.empty()) return;
  throw std::invalid_argument("its default " + text_ + " does not fit its type: " + context.issues.front().msg);
}

}  // namespace serval::detail
