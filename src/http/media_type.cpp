// SPDX-License-Identifier: MIT
#include <serval/http/media_type.hpp>

#include <serval/http/headers.hpp>

#include <cstddef>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

using detail::lowered;

// Reads media types from the front of a list; a failed step leaves the position somewhere in the malformed element.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // media-type, RFC 9110 section 8.3.1, up to the end or a comma.
  std::optional<MediaType> media_type() {
    skip_whitespace();
    const std::string_view type = token();
    if (type.empty() || !take('/')) return std::nullopt;
    const std::string_view subtype = token();
    if (subtype.empty()) return std::nullopt;
    MediaType result{.type = lowered(type), .subtype = lowered(subtype), .parameters = {}};
    skip_whitespace();
    while (take(';')) {
      skip_whitespace();
      if (!parameter(result)) return std::nullopt;
      skip_whitespace();
    }
    if (!at_end() && !at(',')) return std::nullopt;
    return result;
  }

  // Moves after the next comma that is not inside a quoted string.
  void skip_element() {
    bool quoted = false;
    for (; !at_end(); ++position_) {
      const char byte = text_[position_];
      if (byte == '"') quoted = !quoted;
      if (quoted && byte == '\\' && position_ + 1 < text_.size()) ++position_;
      if (!quoted && byte == ',') break;
    }
    if (!at_end()) ++position_;
  }

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  [[nodiscard]] std::size_t position() const { return position_; }
  void go_to(std::size_t position) { position_ = position; }

 private:
  [[nodiscard]] bool at(char byte) const { return !at_end() && text_[position_] == byte; }
  bool take(char byte) {
    if (!at(byte)) return false;
    ++position_;
    return true;
  }
  void skip_whitespace() {
    while (at(' ') || at('\t')) ++position_;
  }
  std::string_view token() {
    const std::size_t begin = position_;
    while (!at_end() && detail::token_chars.contains(text_[position_])) ++position_;
    return text_.substr(begin, position_ - begin);
  }

  // [ parameter ], RFC 9110 section 5.6.6: none at all is well-formed.
  bool parameter(MediaType& result) {
    if (at_end() || at(';') || at(',')) return true;
    const std::string_view name = token();
    if (name.empty() || !take('=')) return false;
    std::string value;
    if (at('"')) {
      if (!quoted_string(value)) return false;
    } else {
      value = token();
      if (value.empty()) return false;
    }
    result.parameters.emplace_back(lowered(name), std::move(value));
    return true;
  }

  // quoted-string, RFC 9110 section 5.6.4. REQUIRES: at('"').
  bool quoted_string(std::string& value) {
    for (++position_; !at_end(); ++position_) {
      if (take('"')) return true;
      if (at('\\') && ++position_ == text_.size()) return false;
      if (detail::is_control(text_[position_]) && !at('\t')) return false;
      value += text_[position_];
    }
    return false;
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

// One element of an Accept field: a media range and its weight in thousandths.
struct AcceptedRange {
  MediaType range;
  int quality = 1000;
};

// Removes the weight, and the extensions that RFC 7231 allowed after it, from the parameters. False if malformed.
bool split_weight(AcceptedRange& accepted) {
  auto& parameters = accepted.range.parameters;
  for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter) {
    if (parameter->first != "q") continue;
    accepted.quality = detail::parse_quality(parameter->second);
    parameters.erase(parameter, parameters.end());
    break;
  }
  const bool only_type_is_wild = accepted.range.type == "*" && accepted.range.subtype != "*";
  return accepted.quality >= 0 && !only_type_is_wild;
}

std::vector<AcceptedRange> parse_accept(std::string_view accept) {
  std::vector<AcceptedRange> ranges;
  Scanner scanner(accept);
  while (!scanner.at_end()) {
    const std::size_t begin = scanner.position();
    if (auto range = scanner.media_type()) {
      AcceptedRange accepted{std::move(*range)};
      if (split_weight(accepted)) ranges.push_back(std::move(accepted));
    }
    scanner.go_to(begin);
    scanner.skip_element();
  }
  return ranges;
}

// How specific the range is if it matches the type, otherwise 0.
std::size_t match(const MediaType& range, const MediaType& type) {
  if (range.type != "*" && range.type != type.type) return 0;
  if (range.subtype != "*" && range.subtype != type.subtype) return 0;
  std::size_t specificity = 1 + (range.type != "*" ? 1U : 0U) + (range.subtype != "*" ? 1U : 0U);
  for (const auto& [name, value] : range.parameters) {
    if (name == "charset") continue;  // the charset of a response is fixed; clients that name one mean the type
    const auto own = type.parameter(name);
    if (!own || !iequals(*own, value)) return 0;
    ++specificity;
  }
  return specificity;
}

struct Rank {
  int quality = 0;
  std::size_t specificity = 0;
};

// The most specific range decides (RFC 9110 section 12.5.1).
Rank rank(const MediaType& type, std::span<const AcceptedRange> ranges) {
  Rank best;
  for (const AcceptedRange& accepted : ranges) {
    const std::size_t specificity = match(accepted.range, type);
    if (specificity > best.specificity) best = {accepted.quality, specificity};
  }
  return best;
}

}  // namespace

std::optional<MediaType> MediaType::parse(std::string_view text) {
  Scanner scanner(text);
  std::optional<MediaType> result = scanner.media_type();
  if (!scanner.at_end()) return std::nullopt;
  return result;
}

std::optional<std::string_view> MediaType::parameter(std::string_view name) const noexcept {
  for (const auto& [own_name, value] : parameters) {
    if (iequals(own_name, name)) return value;
  }
  return std::nullopt;
}

bool is_json_media_type(std::string_view content_type) noexcept {
  if (content_type == "application/json") return true;
  constexpr std::string_view tree = "application/";
  constexpr std::string_view suffix = "+json";
  const std::string_view type = detail::trim_whitespace(content_type.substr(0, content_type.find(';')));
  if (!iequals(type.substr(0, tree.size()), tree)) return false;
  const std::string_view subtype = type.substr(tree.size());
  if (iequals(subtype, "json")) return true;
  return subtype.size() > suffix.size() && iequals(subtype.substr(subtype.size() - suffix.size()), suffix) &&
         detail::is_token(subtype);
}

std::optional<std::string_view> negotiate(std::string_view accept, std::span<const std::string_view> offered) {
  const std::vector<AcceptedRange> ranges = parse_accept(accept);
  std::optional<std::string_view> chosen;
  if (ranges.empty() && !offered.empty()) chosen = offered.front();
  if (ranges.empty()) return chosen;
  Rank best;
  for (const std::string_view offer : offered) {
    const auto type = MediaType::parse(offer);
    if (!type) continue;
    const Rank own = rank(*type, ranges);
    const bool better =
        own.quality > best.quality || (own.quality == best.quality && own.specificity > best.specificity);
    if (own.quality == 0 || !better) continue;
    best = own;
    chosen = offer;
  }
  return chosen;
}

}  // namespace serval::http
