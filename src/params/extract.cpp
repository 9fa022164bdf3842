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

constexpr std::string_view place_name(Source source) {
  constexpr std::string_view names[] = {"path", "query", "header", "cookie", "body"};
  return names[static_cast<std::size_t>(source)];
}

/// An absent parameter: its default, else nothing where that is allowed, else a fault.
void fill_absent(const BoundParameter& parameter, Decoder& decoder, void* out) {
  if (parameter.default_value != nullptr) {
    decoder.decode(*parameter.type, nullptr, parameter.default_value->value(), out);
  } else if (!parameter.type->may_be_absent()) {
    decoder.report_missing("null");
  }
}

[[noreturn]] void refuse_unreadable_body() { throw HttpError(400, "There was an error parsing the body"); }

/// A tape to read a body on: the thread's, so that no request allocates one, unless that is in use further up the
/// stack (a user's conversion may call another application) or the body is too large to keep storage for.
class BorrowedDocument {
 public:
  explicit BorrowedDocument(std::size_t body_bytes) {
    constexpr std::size_t max_kept_body_bytes = 64 * 1024;
    if (in_use || body_bytes > max_kept_body_bytes) {
      own_.emplace();
    } else {
      in_use = true;
    }
  }
  ~BorrowedDocument() {
    if (!own_) in_use = false;
  }
  BorrowedDocument(const BorrowedDocument&) = delete;
  BorrowedDocument& operator=(const BorrowedDocument&) = delete;

  [[nodiscard]] JsonDocument& get() {
    thread_local JsonDocument shared;
    return own_ ? *own_ : shared;
  }

 private:
  static thread_local bool in_use;
  std::optional<JsonDocument> own_;
};
thread_local bool BorrowedDocument::in_use = false;

}  // namespace

std::optional<std::string_view> find_text(Source source, const Request& request, std::string_view name) {
  switch (source) {
    case Source::query:
      return request.query_params().get(name);
    case Source::header:
      return request.headers().get(name);
    case Source::cookie:
      return request.cookies().get(name);
    default:
      return request.path_params().get(name);
  }
}

void collect_texts(Source source, const Request& request, std::string_view name, std::vector<std::string_view>& out) {
  out.clear();
  if (source == Source::query) {
    for (const auto& [key, value] : request.query_params()) {
      if (key == name) out.push_back(value);
    }
  } else if (source == Source::header) {
    for (const HeaderView& field : request.headers()) {
      if (iequals(field.name, name)) out.push_back(field.value);
    }
  } else if (const auto text = find_text(source, request, name)) {
    out.push_back(*text);
  }
}

void extract_parameter(const BoundParameter& parameter, const Exchange& exchange, Decoder& decoder, void* out) {
  const Request& request = exchange.request;
  decoder.enter(place_name(parameter.source));
  decoder.enter(parameter.wire);
  if (parameter.is_list) {
    std::vector<std::string_view> texts;
    collect_texts(parameter.source, request, parameter.wire, texts);
    if (texts.empty())
      fill_absent(parameter, decoder, out);
    else
      decoder.decode(*parameter.type, parameter.rules, texts, out);
  } else {
    const auto text = parameter.source == Source::path
                          ? std::optional(request.path_params()[parameter.path_index].value)
                          : find_text(parameter.source, request, parameter.wire);
    if (!text)
      fill_absent(parameter, decoder, out);
    else
      decoder.decode(*parameter.type, parameter.rules, *text, out);
  }
  decoder.leave();
  decoder.leave();
}

BodyInput::BodyInput(const Exchange& exchange, JsonDocument& document) {
  const std::string_view body = exchange.request.body();
  if (body.empty()) return;
  // A body of another type is a text to whoever asks for a value.
  const bool is_json = is_json_media_type(exchange.request.content_type());
  if (!is_json) append_json_string(quoted_, body);
  const std::size_t bound = exchange.bounds().max_json_depth;
  const std::size_t depth = bound == 0 ? hard_json_depth : std::min(bound, hard_json_depth);
  switch (document.parse(is_json ? body : quoted_, depth)) {
    case JsonDocument::Outcome::ok:
      break;
    case JsonDocument::Outcome::unreadable:
      refuse_unreadable_body();
    case JsonDocument::Outcome::invalid: {
      Issue issue = json_invalid(document.error());
      issue.loc.insert(issue.loc.begin(), std::string("body"));
      throw ValidationError({std::move(issue)});
    }
  }
  if (!document.root().is_null()) value_ = document.root();
}

void BodyInput::extract(const BoundParameter& parameter, Decoder& decoder, void* out) const {
  decoder.enter(place_name(Source::body));
  std::optional<JsonValue> value = value_;
  if (parameter.is_embedded) {
    decoder.enter(parameter.wire);
    if (value) value = value->find(parameter.wire);
    if (value && value->is_null()) value.reset();
  }
  if (value)
    decoder.decode(*parameter.type, parameter.rules, *value, out);
  else
    fill_absent(parameter, decoder, out);
  if (parameter.is_embedded) decoder.leave();
  decoder.leave();
}

void Binding::extract(Exchange& exchange, void* const* slots) const {
  std::vector<Issue> issues;
  Decoder decoder(issues);
  std::optional<BorrowedDocument> document;
  std::optional<BodyInput> body;
  if (takes_body_) {
    document.emplace(exchange.request.body().size());
    body.emplace(exchange, document->get());
  }
  for (const Special& special : specials_) {
    void* slot = slots[special.argument];
    if (special.state != nullptr)
      special.spec->state->assign(slot, special.state->get());
    else
      special.spec->fill(exchange, slot);
  }
  for (const BoundParameter& parameter : parameters_) {
    void* out = static_cast<char*>(slots[parameter.argument]) + parameter.offset;
    if (parameter.source == Source::body)
      body->extract(parameter, decoder, out);
    else if (parameter.is_group)
      extract_group(parameter, exchange, decoder, out);
    else
      extract_parameter(parameter, exchange, decoder, out);
  }
  if (!issues.empty()) throw ValidationError(std::move(issues));
}

}  // namespace serval::detail
