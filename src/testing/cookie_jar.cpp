// SPDX-License-Identifier: MIT
#include <serval/testing/cookie_jar.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <serval/http/headers.hpp>
#include <serval/http/http_date.hpp>

#include "http/grammar.hpp"

namespace serval::http {

namespace {

using detail::trim_whitespace;

struct Attribute {
  std::string_view name;
  std::string_view value;
};

/// Removes the first "name=value" from a field.
Attribute take_attribute(std::string_view& field) {
  const std::string_view item = field.substr(0, field.find(';'));
  field.remove_prefix(std::min(field.size(), item.size() + 1));
  const std::size_t equals = item.find('=');
  if (equals == std::string_view::npos) return {trim_whitespace(item), {}};
  return {trim_whitespace(item.substr(0, equals)), trim_whitespace(item.substr(equals + 1))};
}

bool is_past(std::string_view date) {
  const auto time = parse_http_date(date);
  return time && *time <= std::chrono::system_clock::now();
}

bool is_spent(std::string_view max_age) {
  std::int64_t seconds = 1;
  std::from_chars(max_age.data(), max_age.data() + max_age.size(), seconds);
  return seconds <= 0;
}

/// RFC 6265 section 5.1.4: the directory of the request's path.
std::string default_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

bool covers_path(std::string_view cookie, std::string_view path) {
  if (!path.starts_with(cookie)) return false;
  return path.size() == cookie.size() || cookie.ends_with('/') || path[cookie.size()] == '/';
}

bool covers_host(std::string_view domain, bool host_only, std::string_view host) {
  if (domain.empty() || iequals(domain, host)) return true;
  return !host_only && host.size() > domain.size() && host[host.size() - domain.size() - 1] == '.' &&
         iequals(host.substr(host.size() - domain.size()), domain);
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

}  // namespace

void CookieJar::set(std::string_view name, std::string_view value) {
  Cookie cookie;
  cookie.name = name;
  cookie.value = value;
  replace(std::move(cookie), true);
}

std::optional<std::string_view> CookieJar::get(std::string_view name) const noexcept {
  for (const Cookie& cookie : cookies_) {
    if (cookie.name == name) return cookie.value;
  }
  return std::nullopt;
}

void CookieJar::erase(std::string_view name) {
  std::erase_if(cookies_, [&](const Cookie& cookie) { return cookie.name == name; });
}

void CookieJar::store(std::string_view set_cookie, std::string_view host, std::string_view path) {
  Cookie cookie;
  const auto [name, value] = take_attribute(set_cookie);
  if (name.empty()) return;
  cookie.name = name;
  cookie.value = value;
  cookie.domain = without_port(host);
  cookie.path = default_path(path);
  bool keep = true;
  bool has_max_age = false;
  while (!set_cookie.empty()) {
    const auto [attribute, text] = take_attribute(set_cookie);
    if (iequals(attribute, "path") && text.starts_with('/')) {
      cookie.path = text;
    } else if (iequals(attribute, "domain") && !text.empty()) {
      cookie.domain = text.substr(text.front() == '.' ? 1 : 0);
      cookie.host_only = false;
    } else if (iequals(attribute, "secure")) {
      cookie.secure = true;
    } else if (iequals(attribute, "max-age")) {
      has_max_age = true;  // RFC 6265 section 5.3: it takes precedence over Expires
      keep = !is_spent(text);
    } else if (iequals(attribute, "expires") && !has_max_age) {
      keep = !is_past(text);
    }
  }
  if (covers_host(cookie.domain, cookie.host_only, without_port(host))) replace(std::move(cookie), keep);
}

std::string CookieJar::field_for(std::string_view scheme, std::string_view host, std::string_view path) const {
  std::string field;
  for (const Cookie& cookie : cookies_) {
    if (!covers_host(cookie.domain, cookie.host_only, without_port(host)) || !covers_path(cookie.path, path)) continue;
    if (cookie.secure && scheme != "https") continue;
    if (!field.empty()) field += "; ";
    field.append(cookie.name).append("=").append(cookie.value);
  }
  return field;
}

void CookieJar::replace(Cookie cookie, bool keep) {
  const auto found = std::find_if(cookies_.begin(), cookies_.end(), [&](const Cookie& other) {
    return other.name == cookie.name && other.path == cookie.path && iequals(other.domain, cookie.domain);
  });
  if (found != cookies_.end() && keep) {
    *found = std::move(cookie);
  } else if (found != cookies_.end()) {
    cookies_.erase(found);
  } else if (keep) {
    cookies_.push_back(std::move(cookie));
  }
}

}  // namespace serval::http
