// SPDX-License-Identifier: MIT
#include "middleware/cache_entries.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <serval/base/task.hpp>

#include "base/join.hpp"
#include "http/grammar.hpp"
#include "middleware/memory_of.hpp"
#include "middleware/stored_answer.hpp"

namespace serval::detail {

namespace {

using std::chrono::milliseconds;

std::string group_key_of(std::string_view path) { return "response_cache:path:" + hash_text(path); }

/// Whether a number of a store, to which others may write, is a time in ms: from 1970 to the end of the year 9999.
bool is_time(const std::optional<std::int64_t>& number) {
  return number && *number >= 0 && *number < 253'402'300'800'000;
}

/// Nothing for the group of another path with the same hash, and for bytes that are no group.
std::optional<CacheGroup> read_group(std::string bytes, std::string_view path) {
  std::string_view rest = bytes;
  const auto found_path = take_part(rest);
  const auto generation = take_part(rest);
  const auto names = take_part(rest);
  const auto until = take_number(rest);
  if (!found_path || !generation || !names || !is_time(until) || *found_path != path) return std::nullopt;
  CacheGroup group;
  group.generation = *generation;
  for (std::string_view list = *names; !list.empty();) group.names.emplace_back(take_element(list));
  group.until = *until;
  group.bytes = std::move(bytes);
  return group;
}

/// Sets key and text of the response to a request, as far as the group is known.
void find_entry_key(CacheLookup& lookup, const Request& request) {
  std::string text;
  append_part(text, lookup.path);
  append_part(text, lookup.group ? lookup.group->generation : std::string());
  append_part(text, lookup.target);
  if (lookup.group) {
    for (const std::string& name : lookup.group->names) {
      append_part(text, name);
      append_part(text, request.headers().contains(name) ? "=" + request.headers().get_joined(name) : std::string());
    }
  }
  lookup.entry_key = "response_cache:" + hash_text(text);
  lookup.entry_text = std::move(text);
}

}  // namespace

CacheLookup::CacheLookup(std::string path_, std::string target_)
    : path(std::move(path_)), target(std::move(target_)), group_key(group_key_of(path)) {}

std::int64_t CacheEntries::now() const { return std::chrono::duration_cast<milliseconds>(time_of(clock_)).count(); }

/// A time limit for the store, which would keep a value with 0 for ever.
milliseconds CacheEntries::left(std::int64_t until) const {
  return milliseconds(std::max<std::int64_t>(until - now(), 1));
}

Task<void> CacheEntries::find(CacheLookup& lookup, const Request& request) {
  lookup.found = CacheLookup::Found::nothing;
  lookup.response.reset();
  lookup.group.reset();
  std::optional<std::string> group = co_await store_.get(lookup.group_key);
  if (group) lookup.group = read_group(std::move(*group), lookup.path);
  find_entry_key(lookup, request);
  if (!lookup.group) co_return;
  const std::optional<std::string> entry = co_await store_.get(lookup.entry_key);
  if (entry) read_entry(lookup, *entry);
}

void CacheEntries::read_entry(CacheLookup& lookup, std::string_view bytes) const {
  if (take_part(bytes) != lookup.entry_text) return;  // of another request with the same hash
  const auto made = take_number(bytes);
  const auto fresh_until = take_number(bytes);
  const auto old_until = take_number(bytes);
  const auto age = take_number(bytes);
  const auto is_kept = take_number(bytes);
  const auto answer = take_part(bytes);
  if (!is_time(made) || !is_time(fresh_until) || !is_time(old_until) || !is_time(age) || !is_kept || !answer) return;
  if (now() >= *old_until) return;
  if (*is_kept == 0) {
    lookup.found = CacheLookup::Found::unshared;
    return;
  }
  lookup.response = read_answer(*answer);
  if (!lookup.response) return;
  // Clocks of other processes may be wrong.
  const std::int64_t seconds_here = std::max<std::int64_t>(now() - *made, 0) / 1000;
  lookup.response->headers().set("age", std::to_string(*age + seconds_here));
  lookup.found = now() < *fresh_until ? CacheLookup::Found::fresh : CacheLookup::Found::old;
}

Task<void> CacheEntries::keep(CacheLookup& lookup, const Request& request, CacheTime time,
                              std::vector<std::string> names, std::optional<std::string> answer) {
  const std::int64_t made = now();
  const std::int64_t fresh_until = made + time.fresh.count();
  const std::int64_t old_until = fresh_until + time.stale.count();
  const bool is_in_group = co_await join_group(lookup, std::move(names), old_until);
  if (!is_in_group) co_return;
  find_entry_key(lookup, request);
  std::string entry;
  append_part(entry, lookup.entry_text);
  append_part(entry, made);
  append_part(entry, fresh_until);
  append_part(entry, old_until);
  append_part(entry, std::int64_t(time.age.count()));
  append_part(entry, std::int64_t(answer ? 1 : 0));
  append_part(entry, answer ? *answer : std::string());
  co_await store_.set(lookup.entry_key, std::move(entry), left(old_until));
}

Task<void> CacheEntries::erase(std::string path) { static_cast<void>(co_await store_.erase(group_key_of(path))); }

/// The group ends later than its responses, so that not each of them has to prolong it.
CacheGroup CacheEntries::make_group(const CacheLookup& lookup, std::string generation, std::vector<std::string> names,
                                    std::int64_t until) const {
  CacheGroup group{
      .generation = std::move(generation), .names = std::move(names), .until = until + left(until).count()};
  append_part(group.bytes, lookup.path);
  append_part(group.bytes, group.generation);
  append_part(group.bytes, join(group.names, ","));
  append_part(group.bytes, group.until);
  return group;
}

/// Makes the group of a path; if there is one meanwhile, the lookup gets that.
Task<void> CacheEntries::create(CacheLookup& lookup, const std::vector<std::string>& names, std::int64_t until) {
  CacheGroup made = make_group(lookup, random_mark(), names, until);
  const bool is_new = co_await store_.add(lookup.group_key, made.bytes, left(made.until));
  if (!is_new) {
    std::optional<std::string> found = co_await store_.get(lookup.group_key);
    if (found) lookup.group = read_group(std::move(*found), lookup.path);
    if (!found || lookup.group) co_return;
    co_await store_.set(lookup.group_key, made.bytes, left(made.until));  // it was none of this path
  }
  lookup.group = std::move(made);
}

Task<void> CacheEntries::open_group(CacheLookup& lookup, const Request& request) {
  constexpr milliseconds longest_handler = std::chrono::minutes(5);
  if (lookup.group) co_return;
  const std::vector<std::string> no_names;
  co_await create(lookup, no_names, now() + longest_handler.count());
  find_entry_key(lookup, request);
}

/// Makes the lookup's group one for these names that lasts long enough. Returns false if the responses of the path were
/// erased since the group was found, or if others change it too often. REQUIRES: there is a group.
Task<bool> CacheEntries::join_group(CacheLookup& lookup, std::vector<std::string> names, std::int64_t until) {
  constexpr int most_tries = 8;
  for (int tries = 0; tries < most_tries; ++tries) {
    const CacheGroup& group = *lookup.group;
    std::vector<std::string> all;
    std::set_union(names.begin(), names.end(), group.names.begin(), group.names.end(), std::back_inserter(all));
    if (all == group.names && group.until >= until) co_return true;
    CacheGroup wider = make_group(lookup, group.generation, std::move(all), std::max(until, group.until));
    const bool is_changed =
        co_await store_.compare_and_set(lookup.group_key, group.bytes, wider.bytes, left(wider.until));
    if (is_changed) {
      lookup.group = std::move(wider);
      co_return true;
    }
    std::optional<std::string> found = co_await store_.get(lookup.group_key);
    std::optional<CacheGroup> other;
    if (found) other = read_group(std::move(*found), lookup.path);
    if (!other || other->generation != group.generation) co_return false;
    lookup.group = std::move(other);
  }
  co_return false;
}

}  // namespace serval::detail
