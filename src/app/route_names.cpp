// SPDX-License-Identifier: MIT
#include "app/route_names.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include <serval/http/url.hpp>

#include "base/edit_distance.hpp"
#include "base/join.hpp"
#include "routing/segment.hpp"

namespace serval::detail {

namespace {

using http::PathValue;
using routing::Converter;
using routing::Pattern;

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  throw std::invalid_argument("url_for(\"" + std::string(name) + "\"): " + why);
}

/// Whether the values are for exactly the parameters of the pattern.
bool fit(const Pattern& pattern, std::span<const PathValue> values) {
  const auto& names = pattern.names();
  return names.size() == values.size() && std::all_of(values.begin(), values.end(), [&](const PathValue& value) {
           return std::count_if(values.begin(), values.end(),
                                [&](const PathValue& other) { return other.name() == value.name(); }) == 1 &&
                  std::find(names.begin(), names.end(), value.name()) != names.end();
         });
}

std::string parameters_text(const Pattern& pattern, std::span<const PathValue> values) {
  std::vector<std::string> given;
  for (const PathValue& value : values) given.emplace_back(value.name());
  return pattern.text() + " has the parameters (" + join(pattern.names()) + "), not (" + join(given) + ")";
}

/// Browsers remove "." and ".." from paths, also if they are percent-encoded.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

/// The characters of a path that literal text of a pattern keeps (RFC 3986 section 3.3).
constexpr std::string_view literal_characters = "/!$&'()*+,;=:@";

void append_value(std::string& path, std::string_view name, const PathValue& value, Converter converter) {
  const bool is_tail = converter == Converter::path;
  const std::string encoded = http::percent_encode(value.text(), is_tail ? "/" : "");
  if (!http::is_valid_utf8(value.text())) refuse(name, "the value of {" + std::string(value.name()) + "} is not UTF-8");
  if (!is_tail && !accepts(converter, encoded)) {
    refuse(name, "{" + std::string(value.name()) + ":" + std::string(to_string(converter)) + "} does not match \"" +
                     value.text() + "\"");
  }
  path += encoded;
}

std::string path_of(std::string_view name, const Pattern& pattern, std::span<const PathValue> values) {
  std::string path;
  for (const Pattern::Segment& segment : pattern.segments()) {
    path += '/';
    path += http::percent_encode(segment.prefix, literal_characters);
    if (segment.is_literal()) continue;
    const auto value =
        std::find_if(values.begin(), values.end(), [&](const PathValue& each) { return each.name() == segment.name; });
    append_value(path, name, *value, segment.converter);
    path += http::percent_encode(segment.suffix, literal_characters);
  }
  return path;
}

}  // namespace

const std::string& name_of(const RouteDeclaration& declaration) noexcept {
  return declaration.options.name.empty() ? declaration.function_name : declaration.options.name;
}

std::string_view mount_name(std::string_view prefix) noexcept {
  if (prefix.starts_with('/')) prefix.remove_prefix(1);
  if (prefix.ends_with('/')) prefix.remove_suffix(1);
  return prefix;
}

void RouteNames::add(const Route& route) {
  const RouteDeclaration& declaration = route.declaration;
  if (declaration.service != nullptr) return;
  if (declaration.is_mount) {
    const std::string name(mount_name(declaration.path));
    const std::string pattern = (name.empty() ? "" : "/" + name) + "/{path:path}";
    routes_.emplace(name, Named{Pattern::parse(pattern, declaration.where), false, true});
    return;
  }
  const std::string& name = name_of(declaration);
  if (name.empty()) return;
  routes_.emplace(name, Named{Pattern::parse(route.pattern, declaration.where), declaration.is_web_socket, false});
}

http::NamedPath RouteNames::find(std::string_view name, std::span<const PathValue> values) const {
  const auto [begin, end] = routes_.equal_range(name);
  if (begin == end) {
    const std::string other = nearest(name);
    refuse(name, "no route has this name" + (other.empty() ? "" : "; do you mean \"" + other + "\"?"));
  }
  const auto found = std::find_if(begin, end, [&](const auto& each) { return fit(each.second.pattern, values); });
  if (found == end) refuse(name, parameters_text(begin->second.pattern, values));
  const Named& route = found->second;
  std::string path;
  if (route.is_mount && values.front().text().starts_with('/')) {
    const PathValue relative("path", std::string_view(values.front().text()).substr(1));
    path = path_of(name, route.pattern, std::span(&relative, 1));
  } else {
    path = path_of(name, route.pattern, values);
  }
  if (path.starts_with("//")) refuse(name, "a browser would read \"" + path + "\" as another host");
  if (has_dot_segment(path)) refuse(name, "a browser would remove \".\" or \"..\" from \"" + path + "\"");
  return {.text = std::move(path), .is_web_socket = route.is_web_socket};
}

std::string RouteNames::nearest(std::string_view name) const {
  std::string best;
  std::size_t least = 3;
  for (const auto& [known, route] : routes_) {
    const std::size_t distance = edit_distance(name, known);
    if (distance >= least) continue;
    least = distance;
    best = known;
  }
  return best;
}

}  // namespace serval::detail
