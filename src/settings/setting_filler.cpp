// SPDX-License-Identifier: MIT
#include "settings/setting_filler.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <serval/json/json.hpp>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "json/reader.hpp"
#include "schema/decoder.hpp"
#include "schema/encoder.hpp"
#include "schema/scalar_decode.hpp"

namespace serval::detail {

namespace {

/// Whether a value is read from a plain text; others are JSON.
bool is_read_from_text(const Type& type) {
  if (type.kind == Kind::optional) return is_read_from_text(*type.element);
  if (type.kind == Kind::custom) return is_read_from_text(*type.ops.custom->wire);
  if (type.kind == Kind::variant)
    return std::all_of(type.parts, type.parts + type.part_count,
                       [](const Type* part) { return is_read_from_text(*part); });
  return is_scalar(type.kind);
}

/// Whether a value is a text although the type also has values that are JSON: "12" for a list or a text.
bool is_plain_text(const Type& type, const JsonDocument& document, JsonDocument::Outcome outcome) {
  const Kind kind = inner_type(type).kind;
  if (kind != Kind::variant && kind != Kind::json) return false;
  if (outcome != JsonDocument::Outcome::ok) return true;
  return kind == Kind::variant &&
         (document.root().is_string() || document.root().is_number() || document.root().is_bool());
}

/// Reads the value. What is wrong with it is appended to the issues of the decoder, or returned.
std::string decode_given(const Type& type, const GivenValue& given, Decoder& decoder, void* out) {
  if (given.json) {
    decoder.allow_alternatives_for(given.json->raw().size());
    decoder.decode(type, nullptr, *given.json, out);
    return {};
  }
  decoder.allow_alternatives_for(given.text.size());
  if (is_read_from_text(type)) return decoder.decode(type, nullptr, given.text, out), std::string();
  JsonDocument document;
  const auto outcome = document.parse(given.text, schema::max_json_nesting);
  if (is_plain_text(type, document, outcome))
    decoder.decode(type, nullptr, given.text, out);
  else if (outcome == JsonDocument::Outcome::ok)
    decoder.decode(type, nullptr, document.root(), out);
  else
    return fault_no_json(document, outcome);
  return {};
}

/// Calls the functions of `validated_by` on a complete struct: those of its own rules and of the optionals around it.
bool validate_struct(const Type& declared, Decoder& decoder, void* object) {
  for (const Type* type = &declared;; type = type->element) {
    if (type->rules != nullptr && !decoder.validate(*type->rules, object, [] { return std::string(); })) return false;
    if (type->kind != Kind::optional) return true;
  }
}

/// Whether a value has a secret in it, as read, prepared or set by the program; an empty optional has none.
bool has_secret(const Type& type, const void* value) {
  std::string shown;
  try {
    encode(shown, type, value, {});
  } catch (const std::exception&) {
    return true;  // such as an enumerator without a name
  }
  return shown.find("**********") != std::string::npos;
}

/// Whether messages about a type of error have neither a part of the value nor a text of the program.
bool is_plain_message(std::string_view type) {
  for (const std::string_view begin : {"string_too_", "bytes_too_", "too_", "greater_than", "less_than"}) {
    if (type.starts_with(begin)) return true;
  }
  return type == "missing" || type == "string_pattern_mismatch" || type.ends_with("_type");
}

}  // namespace

bool SettingFiller::fill_struct(std::size_t index, void* object) {
  const std::vector<std::size_t>& parts = tree_.settings()[index].parts;
  const Model& model = *tree_.settings()[index].model;
  bool whole = true;
  for (std::size_t i = 0; i < parts.size(); ++i) whole = fill_member(parts[i], model.at(object, i)) && whole;
  return whole && check_struct(index, object);
}

bool SettingFiller::fill_member(std::size_t index, void* out) {
  const Setting& setting = tree_.settings()[index];
  if (setting.is_faulty) return false;
  if (setting.model != nullptr) return fill_nested(index, out);
  return setting.given ? fill_value(index, out) : fill_absent(index, out);
}

bool SettingFiller::fill_nested(std::size_t index, void* out) {
  const Setting& setting = tree_.settings()[index];
  const Type& type = *setting.type;
  const bool has_any = tree_.has_any(index);
  if (!has_any && (type.may_be_absent() || type.is_nullable)) return fill_absent(index, out);
  if (has_any && type.mark_set != nullptr) type.mark_set(out);
  if (setting.given) return type.ops.optional->reset(out), true;  // a null
  for (const Type* outer = &type; outer->kind == Kind::optional; outer = outer->element) {
    // A value that the program sets in the struct keeps the members that no source has.
    const void* present = outer->ops.optional->get(out);
    out = present != nullptr ? const_cast<void*>(present) : outer->ops.optional->emplace(out);
  }
  if (!fill_struct(index, out)) return false;
  std::vector<schema::Issue> issues;
  Decoder decoder(issues);
  if (validate_struct(type, decoder, out)) return true;
  report_issues(index, issues);
  return false;
}

bool SettingFiller::fill_absent(std::size_t index, void* out) {
  const Type& type = *tree_.settings()[index].type;
  if (type.has_default_factory()) {
    make_default(type, *type.rules, out);
  } else if (!type.may_be_absent()) {
    const std::string similar = similar_name(tree_.settings()[index]);
    report(index, "the setting is required, but no source has it" +
                      (similar.empty() ? "" : "; do you mean it with " + similar + "?"));
    return false;
  }
  return true;
}

/// A name in an `.env` file that is probably meant for the setting: misspelt, or without the prefix.
std::string SettingFiller::similar_name(const Setting& setting) const {
  for (const auto& [name, shown] : findings_.foreign_names) {
    const std::string lower = lowered(name);
    if (lower == setting.path || edit_distance(lower, lowered(setting.variable)) <= 2) return shown;
  }
  return {};
}

bool SettingFiller::fill_value(std::size_t index, void* out) {
  const Setting& setting = tree_.settings()[index];
  std::vector<schema::Issue> issues;
  Decoder decoder(issues);
  std::string fault;
  try {
    fault = decode_given(*setting.type, *setting.given, decoder, out);
  } catch (const TooManyAlternatives& error) {
    fault = error.what();
  }
  if (!fault.empty()) report(index, fault);
  report_issues(index, issues);
  return issues.empty() && fault.empty();
}

bool SettingFiller::check_struct(std::size_t index, void* object) {
  const Setting& setting = tree_.settings()[index];
  if (setting.model->check == nullptr) return true;
  schema::Errors errors;
  setting.model->check(object, errors);
  for (const schema::Errors::Entry& entry : errors.entries()) {
    const std::size_t named = entry.member.empty() ? index : part_named(index, entry.member);
    const bool is_hidden = is_about_secret(index, named, object) || shows_secret(index, entry.message);
    report(named, is_hidden ? "the check of the settings failed; its message is not shown, since it may show a secret"
                            : entry.message);
  }
  return errors.empty();
}

/// The setting of a member by its name on the wire; the struct itself if it has no such member.
std::size_t SettingFiller::part_named(std::size_t index, std::string_view wire) const {
  const Setting& setting = tree_.settings()[index];
  const std::size_t member = find_member(*setting.model, wire, 0);
  return member < setting.parts.size() ? setting.parts[member] : index;
}

/// Whether a message about a struct, or about one of its parts, is about a secret that has a value.
bool SettingFiller::is_about_secret(std::size_t index, std::size_t named, const void* object) const {
  const Setting& setting = tree_.settings()[index];
  for (std::size_t i = 0; i < setting.parts.size(); ++i) {
    const Setting& part = tree_.settings()[setting.parts[i]];
    if (part.is_secret && (named == index || named == setting.parts[i]) &&
        has_secret(*part.type, setting.model->at(object, i)))
      return true;
  }
  return false;
}

/// Whether a message about another setting has the text of a secret of the struct.
bool SettingFiller::shows_secret(std::size_t index, std::string_view message) const {
  const Setting& setting = tree_.settings()[index];
  if (setting.model != nullptr)
    return std::any_of(setting.parts.begin(), setting.parts.end(),
                       [&](std::size_t part) { return shows_secret(part, message); });
  if (!setting.is_secret || !setting.given) return false;
  std::string scratch;
  std::string_view value = setting.given->text;
  if (setting.given->json)
    value = setting.given->json->is_string() ? setting.given->json->string(scratch) : setting.given->json->raw();
  return !value.empty() && message.find(value) != std::string_view::npos;
}

void SettingFiller::report(std::size_t index, std::string message) {
  Setting& setting = tree_.settings()[index];
  if (index != 0) setting.is_faulty = true;
  findings_.faults.push_back(
      {setting.variable, setting.given ? setting.given->origin : std::string(), std::move(message)});
}

void SettingFiller::report_issues(std::size_t index, const std::vector<schema::Issue>& issues) {
  const bool is_secret = tree_.settings()[index].is_secret;
  for (const schema::Issue& issue : issues) {
    if (!is_secret)
      report(index, issue.to_text());
    else if (is_plain_message(issue.type))
      report(index, issue.msg);  // the location may have the key of a map, which may be the value by mistake
    else
      report(index, "the value is not valid; the reason is not shown, since the setting is a secret");
  }
}

}  // namespace serval::detail
