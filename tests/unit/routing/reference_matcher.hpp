// SPDX-License-Identifier: MIT
// A second, naive matcher. It tries every pattern in turn on decoded text, and picks the best by comparing ranks
// segment by segment. It shares only the parser with the route table; tests and the fuzzer compare the two.
#pragma once

#include <serval/http/method.hpp>
#include <serval/http/url.hpp>
#include <serval/routing/pattern.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace serval::reference {

/// Stands for an escaped slash in decoded text. No pattern contains a control character.
inline constexpr char escaped_slash = '\x01';

inline int hex(char c) {
  const std::string_view digits = "0123456789abcdef0123456789ABCDEF";
  const std::size_t at = digits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at % 16);
}

inline std::string decode(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '%' && i + 2 < raw.size() && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
      const char c = static_cast<char>(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
      out += c == '/' ? escaped_slash : c;
      i += 2;
    } else {
      out += raw[i];
    }
  }
  return out;
}

inline std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> out(1);
  for (const char c : path.substr(1)) {
    if (c == '/') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

inline bool all(std::string_view text, std::string_view of) {
  return !text.empty() && text.find_first_not_of(of) == std::string_view::npos;
}

inline bool converts(routing::Converter converter, std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  if (converter == routing::Converter::path) return true;
  if (converter == routing::Converter::text) return !text.empty();
  if (converter == routing::Converter::integer) return all(text, digits);
  if (converter == routing::Converter::number) {
    const std::size_t point = text.find('.');
    return all(text.substr(0, point), digits) &&
           (point == std::string_view::npos || all(text.substr(point + 1), digits));
  }
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : hex(text[i]) < 0) return false;
  }
  return true;
}

/// Returns the decoded value of the parameter in `text`, or nothing if `text` does not match the segment.
inline std::optional<std::string> value_of(const routing::Pattern::Segment& segment, std::string_view text) {
  if (text.size() < segment.prefix.size() + segment.suffix.size()) return std::nullopt;
  if (!text.starts_with(segment.prefix) || !text.ends_with(segment.suffix)) return std::nullopt;
  text.remove_prefix(segment.prefix.size());
  text.remove_suffix(segment.suffix.size());
  if (!converts(segment.converter, text)) return std::nullopt;
  std::string out(text);
  std::replace(out.begin(), out.end(), escaped_slash, '/');
  return http::replace_invalid_utf8(out);
}

/// Returns the decoded values of the parameters if `pattern` matches.
inline std::optional<std::vector<std::string>> match(const routing::Pattern& pattern, std::string_view raw_path) {
  if (raw_path.empty() || raw_path.front() != '/') return std::nullopt;
  const std::vector<std::string> raw = split(raw_path);
  const auto& segments = pattern.segments();
  const bool tail = segments.back().is_tail();
  if (tail ? raw.size() < segments.size() : raw.size() != segments.size()) return std::nullopt;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    std::string text = decode(raw[i]);
    if (segments[i].is_literal()) {
      if (text != segments[i].prefix) return std::nullopt;
      continue;
    }
    for (std::size_t j = i + 1; segments[i].is_tail() && j < raw.size(); ++j) text += '/' + decode(raw[j]);
    auto value = value_of(segments[i], text);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

/// Orders the patterns that match the same path: the smallest rank is the best.
inline auto rank(const routing::Pattern& pattern) {
  using Key = std::tuple<int, std::ptrdiff_t, int, std::ptrdiff_t, std::string, std::string>;
  std::vector<Key> out;
  for (const auto& segment : pattern.segments()) {
    if (segment.is_literal()) {
      out.emplace_back(0, 0, 0, 0, "", "");
      continue;
    }
    const std::vector<routing::Converter> order{routing::Converter::uuid, routing::Converter::integer,
                                                routing::Converter::number, routing::Converter::text,
                                                routing::Converter::path};
    const auto place = static_cast<int>(std::find(order.begin(), order.end(), segment.converter) - order.begin());
    const int kind = place < 3 ? 1 : place;
    const auto prefix = static_cast<std::ptrdiff_t>(segment.prefix.size());
    const auto suffix = static_cast<std::ptrdiff_t>(segment.suffix.size());
    out.emplace_back(kind, -(prefix + suffix), place, -prefix, segment.prefix, segment.suffix);
  }
  return out;
}

struct Route {
  http::MethodSet methods;
  routing::Pattern pattern;
};

struct Answer {
  std::optional<std::size_t> route;  // index of the best route that accepts the method
  std::vector<std::string> values;
  http::MethodSet allowed;  // the methods of all routes that match the path
};

inline Answer find(const std::vector<Route>& routes, http::Method method, std::string_view raw_path) {
  Answer answer;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    auto values = match(routes[i].pattern, raw_path);
    if (!values) continue;
    answer.allowed.insert(routes[i].methods);
    if (!routes[i].methods.contains(method)) continue;
    if (answer.route && rank(routes[*answer.route].pattern) < rank(routes[i].pattern)) continue;
    answer.route = i;
    answer.values = std::move(*values);
  }
  return answer;
}

/// Returns whether two patterns have the same shape, so that one method cannot be registered for both.
inline bool equivalent(const routing::Pattern& a, const routing::Pattern& b) {
  const auto same = [](const routing::Pattern::Segment& x, const routing::Pattern::Segment& y) {
    return x.is_literal() == y.is_literal() && x.prefix == y.prefix && x.suffix == y.suffix &&
           x.converter == y.converter;
  };
  return std::equal(a.segments().begin(), a.segments().end(), b.segments().begin(), b.segments().end(), same);
}

}  // namespace serval::reference
