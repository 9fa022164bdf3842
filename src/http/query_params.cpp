// SPDX-License-Identifier: MIT
#include <serval/http/query_params.hpp>

#include <serval/http/url.hpp>

namespace serval::http {
namespace {

std::string decode_part(std::string_view raw) {
  std::string text = form_decode(raw);
  return is_valid_utf8(text) ? text : replace_invalid_utf8(text);
}

}  // namespace

QueryParams QueryParams::parse(std::string_view text, std::size_t max_pairs) {
  QueryParams params;
  params.assign(text, max_pairs);
  return params;
}

void QueryParams::assign(std::string_view text, std::size_t max_pairs) {
  clear();
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    if (max_pairs != 0 && pairs_.size() == max_pairs) {
      truncated_ = true;
      return;
    }
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    pairs_.emplace_back(decode_part(pair.substr(0, equals)), decode_part(value));
  }
}

void QueryParams::clear() noexcept {
  pairs_.clear();
  truncated_ = false;
}

std::optional<std::string_view> QueryParams::get(std::string_view name) const noexcept {
  for (auto pair = pairs_.rbegin(); pair != pairs_.rend(); ++pair) {
    if (pair->first == name) return pair->second;
  }
  return std::nullopt;
}

std::vector<std::string_view> QueryParams::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Pair& pair : pairs_) {
    if (pair.first == name) values.push_back(pair.second);
  }
  return values;
}

}  // namespace serval::http
