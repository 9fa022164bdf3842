// SPDX-License-Identifier: MIT
#include <serval/middleware/load_shedding.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/unavailable.hpp>

#include "base/time_range.hpp"
#include "middleware/by_owner.hpp"

namespace serval {

using namespace std::chrono_literals;

struct LoadShedding::State {
  using Time = std::chrono::steady_clock::time_point;

  explicit State(LoadSheddingOptions options_) : options(std::move(options_)) {
    detail::require_time("LoadShedding: queue_delay", options.queue_delay, {});
    if (options.in_flight == 0 && options.queue_delay == 0ms) {
      throw SetupError("LoadShedding needs a limit: LoadShedding({.in_flight = 512, .queue_delay = 100ms})", {});
    }
    for (const std::string& path : options.exempt) {
      if (!path.starts_with('/'))
        throw SetupError("LoadShedding: the path '" + path + "' in exempt must begin with '/'", {});
    }
  }

  [[nodiscard]] Time now() const { return options.clock ? options.clock() : std::chrono::steady_clock::now(); }
  [[nodiscard]] bool exempts(const Request& request) const {
    return std::find(options.exempt.begin(), options.exempt.end(), request.raw_path()) != options.exempt.end();
  }
  [[noreturn]] void refuse() {
    refused.fetch_add(1, std::memory_order_relaxed);
    throw Unavailable("The server is overloaded");
  }

  /// Measures, unless that was done a short time ago or another thread does it.
  void measure_sometimes() {
    const Time::rep time = now().time_since_epoch().count();
    Time::rep due = measure_due.load(std::memory_order_relaxed);
    if (time < due) return;
    const Time::rep next = time + Time::duration(100ms).count();
    if (measure_due.compare_exchange_strong(due, next, std::memory_order_relaxed)) measure(Time(Time::duration(time)));
  }

  void measure(Time time) {
    const std::scoped_lock lock(mutex);
    std::erase_if(hosts, [](const auto& host) { return host.expired(); });
    std::chrono::nanoseconds delay{0};
    for (const auto& weak : hosts) {
      if (const auto host = weak.lock()) delay = std::max({delay, host->loop_lag(), host->pool_lag()});
    }
    // After a pause nothing is known about the time in between.
    if (time - measured > 1s) delayed_since.reset();
    measured = time;
    if (delay <= options.queue_delay) {
      delayed_since.reset();
    } else if (!delayed_since) {
      delayed_since = time;
    }
    is_overloaded.store(delayed_since && time - *delayed_since >= 1s, std::memory_order_relaxed);
  }

  const LoadSheddingOptions options;
  std::atomic<std::size_t> in_flight{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<bool> is_overloaded{false};
  std::atomic<Time::rep> measure_due{Time::min().time_since_epoch().count()};

  std::mutex mutex;  // guards all below
  std::vector<std::weak_ptr<http::Host>> hosts;
  Time measured{};
  std::optional<Time> delayed_since;
};

namespace {

/// Counts one request as long as it exists, at most until `end`.
class Flight {
 public:
  Flight() = default;
  /// `count` was increased before. `owner` keeps it alive: a handler that has exceeded its deadline keeps the request's
  /// state, and with it this, as long as it runs.
  Flight(std::shared_ptr<void> owner, std::atomic<std::size_t>& count) : owner_(std::move(owner)), count_(&count) {}
  Flight(Flight&& other) noexcept : owner_(std::move(other.owner_)), count_(std::exchange(other.count_, nullptr)) {}
  Flight& operator=(Flight&& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~Flight() { end(); }
  /// The hooks that see the response may only read the state of a request.
  void end() const noexcept {
    if (count_ != nullptr) count_->fetch_sub(1, std::memory_order_relaxed);
    count_ = nullptr;
  }

 private:
  std::shared_ptr<void> owner_;
  mutable std::atomic<std::size_t>* count_ = nullptr;
};

struct Flights {
  detail::ByOwner<Flight> of;
};

}  // namespace

LoadShedding::LoadShedding(LoadSheddingOptions options) : state_(std::make_shared<State>(std::move(options))) {}

void LoadShedding::serving(const std::shared_ptr<http::Host>& host) {
  const std::scoped_lock lock(state_->mutex);
  state_->hosts.push_back(host);
}

void LoadShedding::before(Request& request) {
  State& state = *state_;
  if (state.exempts(request)) return;
  if (state.options.queue_delay != 0ms) {
    state.measure_sometimes();
    if (state.is_overloaded.load(std::memory_order_relaxed)) state.refuse();
  }
  if (state.options.in_flight == 0) return;
  Flights& flights = request.state<Flights>();
  const std::size_t others = state.in_flight.fetch_add(1, std::memory_order_relaxed);
  Flight flight(state_, state.in_flight);
  if (others >= state.options.in_flight) state.refuse();
  flights.of.set(&state, std::move(flight));
}

void LoadShedding::after(const Request& request, Response& response) {
  if (response.status() != 101) return;
  const auto* flights = request.find_state<Flights>();
  const Flight* flight = flights != nullptr ? flights->of.find(state_.get()) : nullptr;
  if (flight != nullptr) flight->end();
}

std::size_t LoadShedding::in_flight() const noexcept { return state_->in_flight.load(std::memory_order_relaxed); }
std::uint64_t LoadShedding::refused() const noexcept { return state_->refused.load(std::memory_order_relaxed); }

}  // namespace serval
