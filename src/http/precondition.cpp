// SPDX-License-Identifier: MIT
#include "http/precondition.hpp"

#include <serval/http/http_date.hpp>

#include "http/grammar.hpp"

namespace serval::detail {
namespace {

enum class Comparison { weak, strong };

struct EntityTag {
  std::string_view opaque;  // with its quotes
  bool is_weak = false;
};

/// Removes an entity-tag (RFC 9110 section 8.8.3) from the front of a text; nothing, and the text unchanged, if there
/// is none.
std::optional<EntityTag> take_tag(std::string_view& text) noexcept {
  EntityTag tag;
  std::string_view rest = text;
  tag.is_weak = rest.starts_with("W/");
  if (tag.is_weak) rest.remove_prefix(2);
  if (!rest.starts_with('"')) return std::nullopt;
  const std::size_t end = rest.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  tag.opaque = rest.substr(0, end + 1);
  text = rest.substr(end + 1);
  return tag;
}

/// Section 8.8.3.2.
bool same(const EntityTag& a, std::string_view current, Comparison comparison) noexcept {
  const auto b = take_tag(current);
  if (!b || a.opaque != b->opaque) return false;
  return comparison == Comparison::weak || (!a.is_weak && !b->is_weak);
}

/// Returns the element of a list of entity-tags, or "*", that names the current one. The list is not read after a
/// malformed element.
std::optional<std::string_view> find_in_list(std::string_view list, std::string_view current,
                                             Comparison comparison) noexcept {
  if (trim_whitespace(list) == "*") return current;
  for (;;) {
    while (!list.empty() && (list.front() == ' ' || list.front() == '\t' || list.front() == ',')) list.remove_prefix(1);
    const std::string_view rest = list;
    const auto tag = take_tag(list);
    if (!tag) return std::nullopt;
    if (same(*tag, current, comparison)) return rest.substr(0, rest.size() - list.size());
  }
}

/// The same for all fields of a name.
std::optional<std::string_view> find_current(const http::RequestHeaders& headers, std::string_view name,
                                             std::string_view current, Comparison comparison) noexcept {
  for (const http::HeaderView& field : headers) {
    if (!http::iequals(field.name, name)) continue;
    if (const auto found = find_in_list(field.value, current, comparison)) return found;
  }
  return std::nullopt;
}

/// The date of the field of that name, if there is only one.
std::optional<std::chrono::system_clock::time_point> date_of(const http::RequestHeaders& headers,
                                                             std::string_view name) {
  std::optional<std::string_view> value;
  for (const http::HeaderView& field : headers) {
    if (!http::iequals(field.name, name)) continue;
    if (value) return std::nullopt;
    value = field.value;
  }
  return value ? http::parse_http_date(*value) : std::nullopt;
}

}  // namespace

Precondition evaluate_preconditions(const http::RequestHeaders& headers, const Validators& current) {
  if (headers.contains("if-match")) {
    if (!find_current(headers, "if-match", current.etag, Comparison::strong)) return Precondition::failed;
  } else if (const auto since = date_of(headers, "if-unmodified-since"); since && current.modified) {
    if (*current.modified > *since) return Precondition::failed;
  }
  if (headers.contains("if-none-match")) {
    if (find_none_match(headers, current.etag)) return Precondition::not_modified;
  } else if (const auto since = date_of(headers, "if-modified-since"); since && current.modified) {
    if (*current.modified <= *since) return Precondition::not_modified;
  }
  return Precondition::holds;
}

std::optional<std::string_view> find_none_match(const http::RequestHeaders& headers, std::string_view etag) noexcept {
  return find_current(headers, "if-none-match", etag, Comparison::weak);
}

bool range_counts(const http::RequestHeaders& headers, const Validators& current,
                  std::chrono::system_clock::time_point now) {
  const auto field = headers.get("if-range");
  if (!field) return true;
  std::string_view rest = *field;
  if (const auto tag = take_tag(rest)) return rest.empty() && same(*tag, current.etag, Comparison::strong);
  const auto date = http::parse_http_date(*field);
  return date && current.modified && *date == *current.modified && now - *current.modified >= std::chrono::seconds(1);
}

}  // namespace serval::detail
