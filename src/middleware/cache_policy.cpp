// SPDX-License-Identifier: MIT
#include "middleware/cache_policy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <serval/http/http_date.hpp>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The `delta-seconds` of a directive; text that is none counts as 0, the safe side (RFC 9111 sections 1.2.2, 4.2.1).
seconds read_seconds(std::string_view text) {
  constexpr std::int64_t most = 365 * 24 * 3600;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return seconds(0);
  std::int64_t count = 0;
  for (const char digit : text) count = std::min(most, count * 10 + (digit - '0'));
  return seconds(count);
}

/// What the `cache-control` fields of a response say. Of a repeated directive the shorter time counts.
struct Directives {
  bool forbid_reuse = false;
  bool forbid_stale = false;
  std::optional<seconds> max_age{};
  std::optional<seconds> shared_max_age{};
  std::optional<seconds> stale_if_error{};

  void read(std::string_view directive) {
    const std::size_t equals = directive.find('=');
    const std::string name = lowered(trim_whitespace(directive.substr(0, equals)));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : trim_whitespace(directive.substr(equals + 1));
    const auto set = [&](std::optional<seconds>& time) {
      time = std::min(time.value_or(seconds::max()), read_seconds(value));
    };
    // Also with a list of fields, since the rest of the response would have to be kept without them.
    if (name == "no-store" || name == "private" || name == "no-cache") forbid_reuse = true;
    if (name == "must-revalidate" || name == "proxy-revalidate" || name == "s-maxage") forbid_stale = true;
    if (name == "max-age") set(max_age);
    if (name == "s-maxage") set(shared_max_age);
    if (name == "stale-if-error") set(stale_if_error);
  }
};

Directives directives_of(const Response& response) {
  Directives found;
  for (std::string_view field : response.headers().get_all("cache-control")) {
    while (!field.empty()) found.read(take_element(field));
  }
  return found;
}

/// Statuses that may be kept if the response says how long: final answers of a resource. A 206 is a part, and others,
/// such as 302 and 401, usually depend on the request.
bool may_state_its_time(int status) {
  constexpr std::array statuses = {203, 204, 300, 301, 308, 404, 410};
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

/// RFC 9111 section 4.2.1: `s-maxage`, else `max-age`, else `expires`.
std::optional<milliseconds> stated_time(const Response& response, const Directives& directives) {
  if (directives.shared_max_age) return directives.shared_max_age;
  if (directives.max_age) return directives.max_age;
  const std::optional<std::string_view> expires = response.headers().get("expires");
  if (!expires) return std::nullopt;
  const auto date = http::parse_http_date(*expires);
  const auto now = std::chrono::system_clock::now();
  if (!date || *date <= now) return milliseconds(0);
  return std::min(std::chrono::duration_cast<milliseconds>(*date - now), milliseconds(std::chrono::hours(24 * 365)));
}

}  // namespace

std::optional<CacheTime> cache_time(const Response& response, milliseconds fresh, milliseconds stale) {
  const Directives directives = directives_of(response);
  if (directives.forbid_reuse || response.headers().contains("set-cookie")) return std::nullopt;
  const std::optional<milliseconds> stated = stated_time(response, directives);
  if (response.status() != 200 && !(stated && may_state_its_time(response.status()))) return std::nullopt;
  CacheTime time{.fresh = stated.value_or(fresh),
                 .stale = directives.stale_if_error ? milliseconds(*directives.stale_if_error) : stale};
  if (const auto age = response.headers().get("age")) time.age = read_seconds(*age);
  time.fresh -= stated ? milliseconds(time.age) : milliseconds(0);
  if (directives.forbid_stale) time.stale = milliseconds(0);
  if (time.fresh <= milliseconds(0)) return std::nullopt;
  return time;
}

std::optional<std::vector<std::string>> vary_names(const Response& response) {
  constexpr std::size_t most_bytes = 1000;
  std::vector<std::string> names;
  std::size_t bytes = 0;
  for (std::string_view field : response.headers().get_all("vary")) {
    bytes += field.size();
    if (bytes > most_bytes) return std::nullopt;
    while (!field.empty()) {
      std::string name = lowered(take_element(field));
      if (name == "*") return std::nullopt;
      if (!name.empty()) names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace serval::detail
