// SPDX-License-Identifier: MIT
// User functions on a value: before a text is converted, and after the value is complete.
#include <stdexcept>

#include <serval/base/json_escape.hpp>

#include "json/reader.hpp"
#include "schema/decoder.hpp"
#include "schema/ruled_type.hpp"

namespace serval::detail {

bool Decoder::prepare(const Rules& rules, std::string& text) {
  if (!rules.has_preparer) return true;
  const std::string before = text;
  try {
    rules.preparer->run(&text);
    return true;
  } catch (const std::logic_error& fault) {
    report(fault_value_error(fault.what()), input_of(before));
    return false;
  }
}

bool Decoder::validate(const Rules& rules, void* value, const std::function<std::string()>& input) {
  try {
    for (std::size_t i = 0; i < rules.validator_count; ++i) rules.validators[i]->run(value);
    return true;
  } catch (const std::logic_error& fault) {
    report(fault_value_error(fault.what()), input());
    return false;
  }
}

bool Decoder::decode_validated(const Type& type, const Rules& rules, std::string_view text, void* out) {
  const PlainType plain(type, rules);
  std::string prepared;
  if (rules.has_preparer) {
    prepared = text;
    if (!prepare(rules, prepared)) return false;
    text = prepared;
  }
  return decode(plain.type, nullptr, text, out) && validate(rules, out, [&] { return input_of(text); });
}

bool Decoder::decode_validated(const Type& type, const Rules& rules, std::span<const std::string_view> texts,
                               void* out) {
  const PlainType plain(type, rules);
  return decode(plain.type, nullptr, texts, out) && validate(rules, out, [&] { return input_of(texts); });
}

bool Decoder::decode_validated(const Type& type, const Rules& rules, Mode mode, JsonValue value, void* out) {
  const PlainType plain(type, rules);
  JsonDocument document;
  std::string quoted;
  if (rules.has_preparer && value.is_string()) {
    std::string scratch;
    std::string prepared(value.string(scratch));
    if (!prepare(rules, prepared)) return false;
    append_json_string(quoted, prepared);
    static_cast<void>(document.parse(quoted, 0));
    value = document.root();
  }
  return decode_value(plain.type, nullptr, mode, value, out) && validate(rules, out, [&] { return input_of(value); });
}

void make_default(const Type& type, const Rules& rules, void* value) {
  if (rules.default_factory->run == nullptr) return;
  for (const Type* held = &type; held->kind == Kind::optional; held = held->element)
    value = held->ops.optional->emplace(value);
  rules.default_factory->run(value);
}

}  // namespace serval::detail
