// SPDX-License-Identifier: MIT
#include <serval/routing/pattern.hpp>

#include <serval/base/error.hpp>
#include <serval/http/url.hpp>

#include "base/ascii.hpp"
#include "routing/segment.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace serval::routing {
namespace {

constexpr std::array<std::pair<std::string_view, Converter>, 5> converter_names{{
    {"str", Converter::text},
    {"path", Converter::path},
    {"int", Converter::integer},
    {"float", Converter::number},
    {"uuid", Converter::uuid},
}};

bool is_identifier(std::string_view name) noexcept {
  return !name.empty() && !detail::is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return detail::is_alphanumeric(c) || c == '_'; });
}

/// The text in quotes, suitable for one line of a message.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (detail::is_control(c)) {
      out += "\\x";
      detail::append_hex(out, static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// One pass over the text of a pattern; every error goes through `fail`.
class Parser {
 public:
  Parser(std::string_view text, SourceLocation where) : text_(text), where_(where) {}

  std::vector<Pattern::Segment> segments() {
    check_characters();
    std::vector<Pattern::Segment> out;
    std::size_t begin = 1;
    while (true) {
      const std::size_t slash = text_.find('/', begin);
      out.push_back(segment(text_.substr(begin, slash - begin)));
      if (out.back().is_tail()) {
        if (slash != std::string_view::npos) out.back().suffix += tail(text_.substr(slash));
        return out;
      }
      if (slash == std::string_view::npos) return out;
      begin = slash + 1;
    }
  }

 private:
  [[noreturn]] void fail(std::string_view message) const {
    throw SetupError("the path " + in_quotes(text_) + " " + std::string(message), where_);
  }

  void check_characters() const {
    if (text_.empty()) fail("is empty: write \"/\" for the root");
    if (text_.front() != '/') fail("does not begin with '/': write " + in_quotes("/" + std::string(text_)));
    if (std::any_of(text_.begin(), text_.end(), detail::is_control)) fail("holds a control character: remove it");
    if (text_.find('?') != std::string_view::npos) {
      fail("holds a '?', but a path ends before the query: declare query parameters at the handler");
    }
    if (text_.find('#') != std::string_view::npos) fail("holds a '#', but no request carries a fragment: remove it");
    if (!http::is_valid_utf8(text_)) fail("is not valid UTF-8: save the source file as UTF-8");
    for (std::size_t at = text_.find('%'); at != std::string_view::npos; at = text_.find('%', at + 1)) {
      if (detail::first_unit(text_.substr(at)).width != 3) continue;
      fail("holds the escape " + std::string(text_.substr(at, 3)) +
           ", but paths are decoded before they are compared: write the character itself");
    }
  }

  Pattern::Segment segment(std::string_view text) {
    const std::size_t open = text.find('{');
    if (text.substr(0, open).find('}') != std::string_view::npos) fail("has a '}' without a '{' before it");
    if (open == std::string_view::npos) return literal(text);
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) fail("has a '{' without a '}' in the same segment");
    Pattern::Segment out = parameter(text.substr(open + 1, close - open - 1));
    out.prefix = text.substr(0, open);
    out.suffix = text.substr(close + 1);
    if (out.suffix.find('{') != std::string::npos) {
      fail("has two parameters in one segment: put a '/' between them, or take one and split it in the handler");
    }
    if (out.suffix.find('}') != std::string::npos) fail("has a '}' without a '{' before it");
    return out;
  }

  Pattern::Segment literal(std::string_view text) const {
    if (text.size() > Pattern::max_literal_bytes) fail("has a segment of more than 255 bytes: shorten it");
    Pattern::Segment out;
    out.prefix = text;
    return out;
  }

  Pattern::Segment parameter(std::string_view inside) {
    if (inside.find('{') != std::string_view::npos) fail("has a '{' inside of a parameter: close the first one");
    const std::size_t colon = inside.find(':');
    Pattern::Segment out;
    out.name = inside.substr(0, colon);
    check_name(out.name);
    if (colon != std::string_view::npos) out.converter = converter(inside.substr(colon + 1), inside);
    names_.push_back(out.name);
    if (names_.size() > Pattern::max_parameters) fail("has more than 32 parameters: take fewer");
    return out;
  }

  void check_name(const std::string& name) const {
    if (name.empty()) fail("has a parameter without a name: write {name}");
    if (!is_identifier(name)) {
      fail("has a parameter named " + in_quotes(name) + ": use letters, digits and '_', and no digit first");
    }
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
      fail("has the parameter {" + name + "} twice: rename one of them");
    }
  }

  Converter converter(std::string_view name, std::string_view inside) const {
    for (const auto& [known, value] : converter_names) {
      if (known == name) return value;
    }
    fail("has the unknown converter " + in_quotes(name) + " in {" + std::string(inside) +
         "}: use str, path, int, float or uuid");
  }

  /// The literal text from the slash after a path parameter to the end.
  std::string_view tail(std::string_view text) const {
    if (text.find('{') != std::string_view::npos) {
      fail("has a parameter after a path parameter: the path parameter must be the last one");
    }
    if (text.find('}') != std::string_view::npos) fail("has a '}' without a '{' before it");
    return text;
  }

  std::string_view text_;
  SourceLocation where_;
  std::vector<std::string> names_;
};

}  // namespace

std::string_view to_string(Converter converter) noexcept {
  for (const auto& [name, value] : converter_names) {
    if (value == converter) return name;
  }
  return {};
}

Pattern Pattern::parse(std::string_view text, SourceLocation where) {
  Pattern out;
  out.segments_ = Parser(text, where).segments();
  out.text_ = text;
  for (const Segment& segment : out.segments_) {
    if (segment.is_literal()) continue;
    out.names_.push_back(segment.name);
    out.converters_.push_back(segment.converter);
  }
  return out;
}

std::string Pattern::openapi_path() const {
  std::string out;
  for (const Segment& segment : segments_) {
    out += '/' + segment.prefix;
    if (!segment.is_literal()) out += '{' + segment.name + '}' + segment.suffix;
  }
  return out;
}

std::string join_paths(std::string_view prefix, std::string_view path, SourceLocation where) {
  if (!prefix.empty() && prefix.front() != '/') {
    throw SetupError(
        "the prefix " + in_quotes(prefix) + " does not begin with '/': write " + in_quotes("/" + std::string(prefix)),
        where);
  }
  if (prefix.ends_with('/')) {
    throw SetupError("the prefix " + in_quotes(prefix) +
                         " ends with '/', but the paths below it begin with one: write " +
                         in_quotes(prefix.substr(0, prefix.find_last_not_of('/') + 1)),
                     where);
  }
  if (prefix.empty() && path.empty()) throw SetupError("the prefix and the path are both empty: write \"/\"", where);
  if (!path.empty() && path.front() != '/') {
    throw SetupError(
        "the path " + in_quotes(path) + " does not begin with '/': write " + in_quotes("/" + std::string(path)), where);
  }
  return std::string(prefix) += path;
}

}  // namespace serval::routing
