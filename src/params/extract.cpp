// SPDX-License-Identifier: MIT
#include "params/extract.hpp"

#include <algorithm>

#include <serval/base/json_escape.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/media_type.hpp>

#include "params/default_value.hpp"
#include "schema/json_invalid.hpp"

namespace serval::detail {

namespace {

[[noreturn]] void refuse_unreadable_body() { throw HttpError(400, "There was an error parsing the body"); }

/// The text that is used for a name: the last one, for headers the first.
std::optional<std::string_view> find_text(Source source, const Request& request, std::string_view name) {
  switch (source) {
    case Source::query:
      return request.query_params().get(name);
    case Source::header:
      return request.headers().get(name);
    case Source::cookie:
      return request.cookies().get(name);
    case Source::path:
      return request.path_params().get(name);
    case Source::body:
    case Source::form:
    case Source::file:
      break;  // read by other functions
  }
  return std::nullopt;
}

}  // namespace

bool takes_all(const Type& type) {
  const Kind kind = (type.kind == Kind::optional ? *type.element : type).kind;
  return kind == Kind::list || kind == Kind::set;
}

Found TextSource::read(std::string_view name, const Type& type, const Rules* rules, Decoder& decoder, void* out) const {
  std::vector<std::string_view> texts;
  collect(name, type, texts);
  if (texts.empty()) return Found::absent;
  const bool is_whole =
      takes_all(type) ? decoder.decode(type, rules, texts, out) : decoder.decode(type, rules, one_of(texts), out);
  return is_whole ? Found::whole : Found::faulty;
}

void RequestTexts::collect(std::string_view name, const Type&, std::vector<std::string_view>& out) const {
  out.clear();
  if (source_ == Source::query) {
    for (const auto& [key, value] : request_.query_params()) {
      if (key == name) out.push_back(value);
    }
  } else if (source_ == Source::header) {
    for (const http::HeaderView& field : request_.headers()) {
      if (http::iequals(field.name, name)) out.push_back(field.value);
    }
  } else if (const auto text = find_text(source_, request_, name)) {
    out.push_back(*text);
  }
}

void RequestTexts::each(const std::function<void(std::string_view name, std::string_view text)>& visit) const {
  if (source_ == Source::query) {
    for (const auto& [name, text] : request_.query_params()) visit(name, text);
  } else if (source_ == Source::header) {
    for (const http::HeaderView& field : request_.headers()) visit(field.name, field.value);
  } else {
    for (const auto& [name, text] : request_.cookies()) visit(name, text);
  }
}

/// An absent parameter: its default, else nothing where that is allowed, else a fault.
void fill_absent(const BoundParameter& parameter, Decoder& decoder, void* out) {
  if (parameter.default_value != nullptr) {
    decoder.decode(*parameter.type, nullptr, parameter.default_value->value(), out);
  } else if (parameter.rules->has_default_factory) {
    make_default(*parameter.type, *parameter.rules, out);
  } else if (parameter.type->has_default_factory()) {
    make_default(*parameter.type, *parameter.type->rules, out);
  } else if (!parameter.type->may_be_absent()) {
    decoder.report_missing("null");
  }
}

void extract_parameter(const BoundParameter& parameter, const http::Exchange& exchange, Decoder& decoder, void* out) {
  const Request& request = exchange.request;
  decoder.enter(name_of(parameter.source));
  decoder.enter(parameter.wire);
  bool is_there = false;
  if (parameter.is_list) {
    const RequestTexts texts(parameter.source, request);
    is_there = texts.read(parameter.wire, *parameter.type, parameter.rules, decoder, out) != Found::absent;
  } else {
    const auto text = parameter.source == Source::path
                          ? std::optional(request.path_params()[parameter.path_index].value)
                          : find_text(parameter.source, request, parameter.wire);
    is_there = text.has_value();
    if (is_there) decoder.decode(*parameter.type, parameter.rules, *text, out);
  }
  if (!is_there) fill_absent(parameter, decoder, out);
  decoder.leave();
  decoder.leave();
}

BodyInput::BodyInput(const http::Exchange& exchange, BodyFormat format, JsonDocument& document) {
  const std::string_view body = exchange.request.body();
  if (body.empty()) return;
  // A body of another type is read as a text.
  const std::string_view content_type = exchange.request.content_type();
  const bool is_json =
      http::is_json_media_type(content_type) || (format == BodyFormat::untyped_json && content_type.empty());
  if (!is_json) append_json_string(quoted_, body);
  const std::size_t bound = exchange.bounds().max_json_depth;
  const std::size_t depth = bound == 0 ? hard_json_depth : std::min(bound, hard_json_depth);
  switch (document.parse(is_json ? body : quoted_, depth)) {
    case JsonDocument::Outcome::ok:
      break;
    case JsonDocument::Outcome::unreadable:
      refuse_unreadable_body();
    case JsonDocument::Outcome::invalid: {
      schema::Issue issue = json_invalid(document.error());
      issue.loc.insert(issue.loc.begin(), std::string("body"));
      throw ValidationError({std::move(issue)});
    }
  }
  if (!document.root().is_null()) value_ = document.root();
}

void BodyInput::extract(const BoundParameter& parameter, Decoder& decoder, void* out) const {
  decoder.enter(name_of(Source::body));
  std::optional<JsonValue> value = value_;
  // A body must not be dropped silently: if it has no members, even those that may be absent are missing.
  const bool has_no_members = parameter.is_embedded && value && !value->is_object();
  if (parameter.is_embedded) {
    decoder.enter(parameter.wire);
    if (value) value = value->find(parameter.wire);
    if (value && value->is_null()) value.reset();
  }
  if (has_no_members) {
    decoder.report_missing("null");
  } else if (value) {
    try {
      decoder.decode(*parameter.type, parameter.rules, *value, out);
    } catch (const TooManyAlternatives&) {
      refuse_unreadable_body();
    }
  } else {
    fill_absent(parameter, decoder, out);
  }
  if (parameter.is_embedded) decoder.leave();
  decoder.leave();
}

}  // namespace serval::detail
