// SPDX-License-Identifier: MIT
#include "openapi/names.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "types/scalar_text.hpp"

namespace serval::openapi {

namespace {

/// Like \w in regular expressions; non-ASCII text continues a word.
bool is_word(char c) { return detail::is_alphanumeric(c) || c == '_' || !detail::is_ascii(c); }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  return lines;
}

}  // namespace

std::string_view method_key(http::Method method) noexcept {
  switch (method) {
    case http::Method::get:
      return "get";
    case http::Method::put:
      return "put";
    case http::Method::post:
      return "post";
    case http::Method::delete_:
      return "delete";
    case http::Method::options:
      return "options";
    case http::Method::head:
      return "head";
    case http::Method::patch:
      return "patch";
    case http::Method::trace:
      return "trace";
    case http::Method::unknown:
    case http::Method::connect:
    case http::Method::query:
    case http::Method::propfind:
    case http::Method::proppatch:
    case http::Method::mkcol:
    case http::Method::copy:
    case http::Method::move:
    case http::Method::lock:
    case http::Method::unlock:
    case http::Method::search:
    case http::Method::report:
    case http::Method::purge:
    case http::Method::link:
    case http::Method::unlink:
      return {};  // the Path Item Object has no field for it
  }
  return {};
}

std::string operation_id_of(std::string_view name, std::string_view path, http::Method method) {
  std::string id = std::string(name) + std::string(path);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return !is_word(c); }, '_');
  return id + '_' + std::string(method_key(method));
}

std::string name_of_unnamed(std::string_view path, http::Method method) {
  std::string name(method_key(method));
  bool new_word = true;
  const auto add = [&](std::string_view text) {
    if (new_word) name += '_';
    new_word = false;
    name += text;
  };
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_word(path[i])) {
      add(path.substr(i, 1));
      continue;
    }
    new_word = true;
    if (path[i] != '{') continue;
    add("by");
    new_word = true;
  }
  return name == method_key(method) ? name + "_root" : name;
}

std::string clean_text(std::string_view text) {
  text = text.substr(0, text.find('\f'));
  std::vector<std::string_view> lines = lines_of(text);
  std::size_t margin = std::string_view::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    margin = std::min(margin, lines[i].find_first_not_of(" \t\r"));
  }
  std::string out(lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    out += '\n';
    out += lines[i].substr(std::min(margin, lines[i].size()));
  }
  return std::string(detail::trim_white_space(out));
}

}  // namespace serval::openapi
