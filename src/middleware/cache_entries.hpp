// SPDX-License-Identifier: MIT
// The responses of a cache in its store.
//
// Each path has a group: a value that names the request fields on which responses of the path depend, and a generation.
// The key of each response contains the generation, so that erasing the group makes all responses of the path
// unreachable. A response whose handler was called before that is kept under the old generation, where nobody finds it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/base/task_fwd.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>
#include <serval/store/store.hpp>

#include "middleware/cache_policy.hpp"

namespace serval::detail {

struct CacheGroup {
  std::string generation{};
  std::vector<std::string> names{};  // see vary_names
  std::int64_t until = 0;            // when the group ends, in ms
  std::string bytes{};               // as in the store
};

/// A search for a response, and what it has found.
struct CacheLookup {
  enum class Found : std::uint8_t {
    nothing,
    unshared,  ///< only that responses to this request are not kept
    fresh,
    old,  ///< for use in place of an error
  };

  /// `target`: what else makes requests equal, besides path and the fields that `vary` names.
  CacheLookup(std::string path, std::string target);

  const std::string path;
  const std::string target;
  const std::string group_key;  // in the store
  std::optional<CacheGroup> group{};
  std::string entry_key{};   // in the store
  std::string entry_text{};  // all that makes requests equal
  Found found = Found::nothing;
  std::optional<Response> response{};  // fresh or old, with its age
};

/// Thread safety: all of it. Errors of all tasks: those of the store. Lifetime: store, lookup and request outlive the
/// tasks.
class CacheEntries {
 public:
  /// Null `clock`: the system's.
  CacheEntries(Store& store, std::function<std::chrono::nanoseconds()> clock)
      : store_(store), clock_(std::move(clock)) {}

  [[nodiscard]] Task<void> find(CacheLookup& lookup, const Request& request);
  /// Makes the group of a path that has none, before the handler is called: if others erase it meanwhile, the response
  /// is not kept.
  [[nodiscard]] Task<void> open_group(CacheLookup& lookup, const Request& request);
  /// Keeps a response, as `append_answer` writes it, for the search that did not find it; nothing: keeps that responses
  /// are not kept. REQUIRES: the search has a group.
  [[nodiscard]] Task<void> keep(CacheLookup& lookup, const Request& request, CacheTime time,
                                std::vector<std::string> names, std::optional<std::string> answer);
  [[nodiscard]] Task<void> erase(std::string path);

 private:
  [[nodiscard]] std::int64_t now() const;
  [[nodiscard]] Task<bool> join_group(CacheLookup& lookup, std::vector<std::string> names, std::int64_t until);
  [[nodiscard]] Task<void> create(CacheLookup& lookup, const std::vector<std::string>& names, std::int64_t until);
  [[nodiscard]] CacheGroup make_group(const CacheLookup& lookup, std::string generation, std::vector<std::string> names,
                                      std::int64_t until) const;
  [[nodiscard]] std::chrono::milliseconds left(std::int64_t until) const;
  void read_entry(CacheLookup& lookup, std::string_view bytes) const;

  Store& store_;
  const std::function<std::chrono::nanoseconds()> clock_;
};

}  // namespace serval::detail
