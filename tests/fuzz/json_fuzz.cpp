// SPDX-License-Identifier: MIT
// Reads JSON and writes it again. Accepted JSON must be the same after it is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8_check.hpp"
#include "json/compact.hpp"
#include "json/convert.hpp"
#include "json/encoding.hpp"
#include "json/reader.hpp"

namespace {

using serval::detail::JsonDocument;

constexpr std::size_t max_depth = 64;

void require(bool holds) {
  if (!holds) std::abort();
}

// Each value is within the text of its parent and ends with its last child. The recursion is at most max_depth deep.
void check_tape(serval::detail::JsonValue value, std::string_view around) {
  const std::string_view raw = value.raw();
  require(raw.data() >= around.data() && raw.data() + raw.size() <= around.data() + around.size());
  serval::detail::JsonValue child = value.first();
  for (std::size_t left = value.size() * (value.is_object() ? 2 : 1); left > 0; --left) {
    check_tape(child, raw);
    child = child.next();
  }
  require(child.index() == value.next().index());
}

void check_accepted(const JsonDocument& document) {
  check_tape(document.root(), document.text());
  std::string first;
  serval::detail::append_compact(first, document.root());
  const serval::json tree = serval::detail::to_json_value(document.root());
  require(serval::detail::is_utf8(first));
  JsonDocument again;
  require(again.parse(first, max_depth) == JsonDocument::Outcome::ok);
  std::string second;
  serval::detail::append_compact(second, again.root());
  require(first == second);
  // Compares texts, because infinity is written as null.
  require(serval::schema::to_text(serval::detail::to_json_value(again.root())) == serval::schema::to_text(tree));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(reinterpret_cast<const char*>(data), size);
  JsonDocument document;
  switch (document.parse(body, max_depth)) {
    case JsonDocument::Outcome::ok:
      check_accepted(document);
      break;
    case JsonDocument::Outcome::invalid:
      require(document.error().position <= document.text().size() && !document.error().message.empty());
      break;
    case JsonDocument::Outcome::unreadable:
      break;
  }
  return 0;
}
