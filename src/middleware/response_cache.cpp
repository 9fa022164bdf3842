// SPDX-License-Identifier: MIT
#include <serval/middleware/response_cache.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <stdexcept>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>
#include <serval/http/personal.hpp>
#include <serval/store/memory_store.hpp>

#include "base/ascii.hpp"
#include "base/time_range.hpp"
#include "http/web_socket_upgrade.hpp"
#include "middleware/by_owner.hpp"
#include "middleware/cache_entries.hpp"
#include "middleware/cache_policy.hpp"
#include "middleware/memory_of.hpp"
#include "middleware/path_and_query.hpp"
#include "middleware/route_fields.hpp"
#include "middleware/single_flight.hpp"
#include "middleware/stored_answer.hpp"

namespace serval {

using namespace std::chrono_literals;
using detail::CacheLookup;
using detail::SingleFlight;

namespace {

/// A request that the cache may answer, and whose response it may keep.
struct CacheVisit {
  explicit CacheVisit(CacheLookup its_lookup) : lookup(std::move(its_lookup)) {}

  CacheLookup lookup;
  SingleFlight::Lease lease{};  // the others that need this response wait for it
  bool may_keep = true;         // false: the store has failed
  bool serves_old = false;      // the handler has just failed for another request
  bool has_come_to_handler = false;
  bool is_answered = false;  // from the cache
};

struct CacheVisits {
  detail::ByOwner<std::shared_ptr<CacheVisit>> of;
};

/// Methods that do not change anything (RFC 9110 section 9.2.1).
bool is_safe(http::Method method) {
  return method == http::Method::get || method == http::Method::head || method == http::Method::options ||
         method == http::Method::trace;
}

bool has_body(const Request& request) {
  return !request.body().empty() || request.headers().contains("transfer-encoding") ||
         request.header("content-length").value_or("0") != "0";
}

ResponseCacheOptions checked(ResponseCacheOptions options) {
  detail::require_time("ResponseCache: ttl", options.ttl, {});
  detail::require_time("ResponseCache: stale", options.stale, {});
  detail::require_time("ResponseCache: wait", options.wait, {});
  if (options.bytes == 0 || options.max_body_bytes == 0)
    throw SetupError("ResponseCache: bytes and max_body_bytes must be 1 or more", {});
  return options;
}

}  // namespace

struct ResponseCache::State {
  using Self = std::shared_ptr<State>;
  using Visit = std::shared_ptr<CacheVisit>;

  explicit State(ResponseCacheOptions given)
      : options(checked(std::move(given))),
        memory(options.store == nullptr ? detail::make_memory(options.bytes, options.clock) : nullptr),
        entries(options.store != nullptr ? *options.store : *memory, options.clock) {}

  /// Whether a request that could be for a GET is for the WebSocket of the same path.
  [[nodiscard]] bool is_handshake(const Request& request) const {
    return fields.contain(request.route(), "upgrade") && detail::has_web_socket_upgrade(request.headers());
  }
  [[nodiscard]] bool may_serve(const Request& request) const {
    const http::Method method = request.method();
    return (method == http::Method::get || method == http::Method::head) && !has_body(request) &&
           !http::is_personal(request) && !is_handshake(request) &&
           (options.key || !request.headers().contains("authorization")) &&
           !http::has_list_element(request.headers(), "cache-control", "no-store");
  }
  [[nodiscard]] CacheLookup lookup_of(const Request& request) const {
    std::string target;
    detail::append_part(target, request.scheme());
    detail::append_part(target, detail::lowered(request.host()));
    detail::append_part(target, request.query_string());
    detail::append_part(target, options.key ? "=" + options.key(request) : std::string());
    return {detail::whole_path(request), std::move(target)};
  }
  [[nodiscard]] Visit visit_of(const Request& request) const {
    const auto* visits = request.find_state<CacheVisits>();
    const Visit* visit = visits != nullptr ? visits->of.find(this) : nullptr;
    return visit != nullptr ? *visit : nullptr;
  }

  /// Finds a response, or that the handler is to be called, perhaps after waiting for another request.
  static Task<void> look_up(Self self, Visit visit, const Request& request) {
    CacheLookup& lookup = visit->lookup;
    const auto due = std::chrono::steady_clock::now() + self->options.wait;
    for (;;) {
      const std::uint64_t ended = self->flights->ended();
      co_await self->entries.find(lookup, request);
      const auto is_found = [&] {
        return lookup.found == CacheLookup::Found::fresh || lookup.found == CacheLookup::Found::unshared;
      };
      if (is_found() || request.method() == http::Method::head) co_return;
      co_await self->entries.open_group(lookup, request);
      if (self->options.wait == 0ms) co_return;
      SingleFlight::Begun begun = self->flights->begin(lookup.entry_key, self->options.wait);
      if (begun.lease) {
        visit->lease = std::move(begun.lease);
        if (self->flights->ended() == ended) co_return;
        // Another request may have kept the response between the search and `begin`.
        co_await self->entries.find(lookup, request);
        if (is_found()) visit->lease.end(SingleFlight::End::made);
        co_return;
      }
      const std::optional<SingleFlight::End> end = co_await SingleFlight::wait(std::move(begun.flight), due);
      if (!end || *end == SingleFlight::End::unshared) co_return;
      visit->serves_old = *end == SingleFlight::End::failed && lookup.found == CacheLookup::Found::old;
      if (visit->serves_old) co_return;
    }
  }

  /// The same; if the store fails, the handler is called.
  static Task<void> prepare(Self self, Visit visit, const Request& request) {
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    try {
      co_await look_up(self, visit, request);
      co_return;
    } catch (const std::exception&) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
    }
    self->failures.fetch_add(1, std::memory_order_relaxed);
    visit->may_keep = false;
    visit->lookup.found = CacheLookup::Found::nothing;
    visit->lease.end(SingleFlight::End::unshared);
  }

  /// Keeps the response of a handler if it may be kept.
  static http::Pending keep(const Self& self, const Visit& visit, const Request& request, const Response& response) {
    if (!visit->may_keep || !visit->lookup.group) {
      visit->lease.end(SingleFlight::End::dropped);
      return {};
    }
    const ResponseCacheOptions& options = self->options;
    std::optional<std::vector<std::string>> names = detail::vary_names(response);
    if (names) names = self->fields.with(request.route(), std::move(*names));
    std::optional<detail::CacheTime> time;
    const bool is_personal = http::is_personal(request);  // the handler has found out
    if (names && !is_personal && detail::has_kept_body(response) && response.body().size() <= options.max_body_bytes)
      time = detail::cache_time(response, options.ttl, options.stale);
    if (time) {
      std::string answer;
      detail::append_answer(answer, response);
      return http::Pending(write(self, visit, request, *time, std::move(*names), std::move(answer)));
    }
    if (!visit->lease) return {};
    // So that the next requests do not wait for one another.
    const detail::CacheTime pause{.fresh = std::max<std::chrono::milliseconds>(options.ttl, 1s)};
    return http::Pending(write(self, visit, request, pause, {}, std::nullopt));
  }

  static Task<void> write(Self self, Visit visit, const Request& request, detail::CacheTime time,
                          std::vector<std::string> names, std::optional<std::string> answer) {
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    SingleFlight::End end = answer ? SingleFlight::End::made : SingleFlight::End::unshared;
    try {
      co_await self->entries.keep(visit->lookup, request, time, std::move(names), std::move(answer));
    } catch (const std::exception&) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
      self->failures.fetch_add(1, std::memory_order_relaxed);
      end = SingleFlight::End::unshared;
    }
    visit->lease.end(end);
  }

  static Task<void> erase(Self self, std::string path) { co_await self->entries.erase(std::move(path)); }
  static Task<void> try_to_erase(Self self, std::string path) {
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    try {
      co_await erase(self, std::move(path));
    } catch (const std::exception&) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
      self->failures.fetch_add(1, std::memory_order_relaxed);
    }
  }

  const ResponseCacheOptions options;
  const std::unique_ptr<MemoryStore> memory;  // null if there is another store
  detail::CacheEntries entries;
  detail::RouteFields fields;  // that parameters read
  const std::shared_ptr<SingleFlight> flights = std::make_shared<SingleFlight>();
  std::atomic<std::uint64_t> hits{0};
  std::atomic<std::uint64_t> failures{0};
};

ResponseCache::ResponseCache(ResponseCacheOptions options) : state_(std::make_shared<State>(std::move(options))) {}

void ResponseCache::serves(const ServedRoute& route) {
  const bool is_read = route.methods.contains(http::Method::get) || route.methods.contains(http::Method::head);
  if (route.is_web_socket) return state_->fields.add(route.pattern, {"upgrade"});
  if (!is_read) return;
  state_->fields.add(route.pattern, route.fields);
  if (!route.is_secured || state_->options.key) return;
  throw SetupError(std::string(route.label) +
                       ": a ResponseCache serves this route, which has security requirements: set "
                       "ResponseCacheOptions::key to a function that returns the user, so that no user gets the "
                       "response of another one, or serve the route without the cache",
                   route.where);
}

http::Pending ResponseCache::prepare_handler(Request& request) {
  if (!state_->may_serve(request)) return {};
  auto visit = std::make_shared<CacheVisit>(state_->lookup_of(request));
  request.state<CacheVisits>().of.set(state_.get(), visit);
  return http::Pending(State::prepare(state_, std::move(visit), request));
}

std::optional<Response> ResponseCache::before_handler(Request& request) {
  const State::Visit visit = state_->visit_of(request);
  if (visit == nullptr) return std::nullopt;
  visit->has_come_to_handler = true;
  if (visit->lookup.found != CacheLookup::Found::fresh && !visit->serves_old) return std::nullopt;
  visit->is_answered = true;
  state_->hits.fetch_add(1, std::memory_order_relaxed);
  return std::move(visit->lookup.response);
}

http::Pending ResponseCache::after_handler(const Request& request, Response& response) {
  const State::Visit visit = state_->visit_of(request);
  if (visit == nullptr) {
    const bool has_changed = !is_safe(request.method()) && response.status() < 400;
    return has_changed ? http::Pending(State::try_to_erase(state_, detail::whole_path(request))) : http::Pending();
  }
  if (visit->is_answered) return {};
  if (!visit->has_come_to_handler) {
    visit->lease.end(SingleFlight::End::dropped);
    return {};
  }
  if (response.status() >= 500) {
    if (visit->lookup.found == CacheLookup::Found::old && detail::has_kept_body(response)) {
      for (const std::string_view cookie : response.headers().get_all("set-cookie"))
        visit->lookup.response->headers().add("set-cookie", cookie);
      response = std::move(*visit->lookup.response);
      state_->hits.fetch_add(1, std::memory_order_relaxed);
    }
    visit->lease.end(SingleFlight::End::failed);
    return {};
  }
  return request.method() == http::Method::get ? State::keep(state_, visit, request, response) : http::Pending();
}

detail::Task<void> ResponseCache::erase(std::string path) const {
  if (!path.starts_with('/'))
    throw std::invalid_argument("ResponseCache::erase takes the path of a URL, such as \"/items\", not \"" + path +
                                "\"");
  path.erase(std::min(path.find('?'), path.size()));
  return State::erase(state_, std::move(path));
}

std::uint64_t ResponseCache::hits() const noexcept { return state_->hits.load(std::memory_order_relaxed); }
std::uint64_t ResponseCache::failures() const noexcept { return state_->failures.load(std::memory_order_relaxed); }

}  // namespace serval
