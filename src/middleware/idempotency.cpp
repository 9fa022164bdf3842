// SPDX-License-Identifier: MIT
#include <serval/middleware/idempotency.hpp>

#include <atomic>
#include <deque>
#include <exception>
#include <mutex>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/unavailable.hpp>
#include <serval/store/memory_store.hpp>

#include "base/ascii.hpp"
#include "base/time_range.hpp"
#include "middleware/by_owner.hpp"
#include "middleware/idempotency_record.hpp"
#include "middleware/memory_of.hpp"
#include "middleware/path_and_query.hpp"
#include "middleware/route_fields.hpp"
#include "middleware/stored_answer.hpp"

namespace serval {

using namespace std::chrono_literals;
using detail::IdempotencyRecord;
using std::chrono::milliseconds;

namespace {

constexpr std::string_view field_name = "idempotency-key";

/// Records that are not in the store yet: those of handlers that have ended without a response, since the end of a
/// request cannot wait for a store, and those that the store failed to take. The next requests with a key write them.
/// Thread safety: all of it.
class Unsettled {
 public:
  struct Call {
    std::string store_key;
    std::string running;  // the record in the store
    std::string settled;  // the one that replaces it
    milliseconds ttl;
    std::int64_t until;  // when the record in the store no longer counts, in ms
  };
  void add(Call call) noexcept {
    try {
      const std::scoped_lock lock(mutex_);
      calls_.push_back(std::move(call));
      bytes_ += size_of(calls_.back());
      // The time limit of the record in the store still releases the key.
      for (; bytes_ > most_bytes; calls_.pop_front()) bytes_ -= size_of(calls_.front());
    } catch (const std::bad_alloc&) {
      // As above.
    }
  }
  [[nodiscard]] std::optional<Call> take() {
    const std::scoped_lock lock(mutex_);
    if (calls_.empty()) return std::nullopt;
    Call call = std::move(calls_.front());
    calls_.pop_front();
    bytes_ -= size_of(call);
    return call;
  }

 private:
  static constexpr std::size_t most_bytes = 16 * 1024 * 1024;
  static std::size_t size_of(const Call& call) noexcept {
    return sizeof(Call) + call.store_key.size() + call.running.size() + call.settled.size();
  }

  std::mutex mutex_;
  std::deque<Call> calls_;
  std::size_t bytes_ = 0;
};

/// One request with a key. It is destroyed when its handler can no longer run.
struct IdempotentCall {
  IdempotentCall(const Store& its_store, std::shared_ptr<Unsettled> its_unsettled)
      : store(its_store), unsettled(std::move(its_unsettled)) {}
  IdempotentCall(const IdempotentCall&) = delete;
  IdempotentCall& operator=(const IdempotentCall&) = delete;
  ~IdempotentCall() {
    try {
      if (!running.empty()) unsettled->add(settle(IdempotencyRecord::State::free, 1s));
    } catch (const std::bad_alloc&) {
      // Its time limit in the store still releases the key.
    }
  }

  /// What replaces the record in the store. The call is over afterwards.
  [[nodiscard]] Unsettled::Call settle(IdempotencyRecord::State state, milliseconds ttl) {
    record.state = state;
    return {store_key, std::exchange(running, {}), record.to_bytes(), ttl, record.until};
  }

  const Store& store;
  const std::shared_ptr<Unsettled> unsettled;
  std::string store_key{};
  IdempotencyRecord record{};      // of this call
  std::string running{};           // the same in the store while the handler may run; empty: it is not this call's
  std::optional<Response> kept{};  // of an earlier call
  bool has_come_to_handler = false;
};

struct IdempotentCalls {
  detail::ByOwner<std::shared_ptr<IdempotentCall>> of;
};

/// `fields`: those in which the security schemes of the route expect credentials.
std::string default_principal(const Request& request, std::vector<std::string> fields) {
  fields.emplace_back(request.headers().contains("authorization") ? "authorization" : "cookie");
  std::string sender;
  for (const std::string& name : fields) {
    if (!request.headers().contains(name)) continue;
    detail::append_part(sender, name);
    detail::append_part(sender, request.headers().get_joined(name));
  }
  return sender.empty() ? sender : detail::hash_text(sender);
}

std::string content_of(const Request& request) {
  std::string content;
  detail::append_part(content, request.query_string());
  detail::append_part(content, request.body());
  if (request.body().empty()) detail::append_part(content, request.header("content-length").value_or("0"));
  return detail::hash_text(content);
}

/// Errors: HttpError 400.
std::string key_of(std::string_view value) {
  std::optional<std::string> key = detail::read_idempotency_key(value);
  if (!key) throw HttpError(400, "The Idempotency-Key must have 1 to 255 visible characters, which may be quoted");
  return std::move(*key);
}

/// Statuses after which a client is to try the same request again.
bool invites_a_retry(int status) { return status >= 500 || status == 408 || status == 425 || status == 429; }

IdempotencyOptions checked(IdempotencyOptions options) {
  for (const auto& [name, time] : {std::pair("keep", options.keep), std::pair("running", options.running)}) {
    detail::require_time(std::string("Idempotency: ") + name, time, {});
    if (time < 1s) throw SetupError(std::string("Idempotency: ") + name + " must be 1 s or more", {});
  }
  if (options.methods.empty()) throw SetupError("Idempotency: methods must name a method", {});
  if (options.bytes == 0) throw SetupError("Idempotency: bytes must be 1 or more", {});
  // A store in memory may consist of 16 parts, and the body is not all of a value.
  if (options.store == nullptr && options.max_body_bytes > options.bytes / 32)
    throw SetupError("Idempotency: bytes must be at least 32 times max_body_bytes", {});
  return options;
}

}  // namespace

struct Idempotency::State {
  using Self = std::shared_ptr<State>;
  using Call = std::shared_ptr<IdempotentCall>;

  explicit State(IdempotencyOptions given)
      : options(checked(std::move(given))),
        memory(options.store == nullptr ? detail::make_memory(options.bytes, options.clock) : nullptr),
        store(options.store != nullptr ? *options.store : *memory) {}

  [[nodiscard]] std::int64_t now() const {
    return std::chrono::duration_cast<milliseconds>(detail::time_of(options.clock)).count();
  }
  [[nodiscard]] Call call_of(const Request& request) const {
    const auto* calls = request.find_state<IdempotentCalls>();
    const Call* call = calls != nullptr ? calls->of.find(this) : nullptr;
    return call != nullptr ? *call : nullptr;
  }
  [[nodiscard]] Call make_call(const Request& request, std::string_view key) const {
    auto call = std::make_shared<IdempotentCall>(store, unsettled);
    IdempotencyRecord& record = call->record;
    // Hashed: credentials do not belong into a store.
    detail::append_part(record.scope, options.principal ? detail::hash_text(options.principal(request))
                                                        : default_principal(request, fields.with(request.route(), {})));
    detail::append_part(record.scope, request.scheme());
    detail::append_part(record.scope, detail::lowered(request.host()));
    detail::append_part(record.scope, request.method_text());
    detail::append_part(record.scope, detail::whole_path(request));
    detail::append_part(record.scope, key);
    record.content = content_of(request);
    record.run = detail::random_mark();
    call->store_key = "idempotency:" + detail::hash_text(record.scope);
    return call;
  }

  /// Replaces the record of a call in the store, unless another call has taken over. If the store fails, the next
  /// request with a key tries again: the response of this one is sent all the same, since the handler has run.
  static Task<void> settle(Self self, Unsettled::Call call) {
    try {
      co_await write(*self, call);
      co_return;
    } catch (const std::exception&) {
      self->failures.fetch_add(1, std::memory_order_relaxed);
    }
    self->unsettled->add(std::move(call));
  }

  static Task<void> write(State& self, Unsettled::Call& call) {
    std::string running = call.running, settled = call.settled;
    static_cast<void>(
        co_await self.store.compare_and_set(call.store_key, std::move(running), std::move(settled), call.ttl));
  }

  /// Tries to write some records that are not in the store yet. What fails is tried again, until it no longer counts.
  static Task<void> write_unsettled(Self self) {
    struct Kept {  // nothing is lost if the store fails or the task is cancelled
      Unsettled& unsettled;
      std::optional<Unsettled::Call> call;
      ~Kept() {
        if (call) unsettled.add(std::move(*call));
      }
    };
    for (int i = 0; i < 8; ++i) {
      Kept kept{*self->unsettled, self->unsettled->take()};
      if (!kept.call) co_return;
      try {
        if (kept.call->until > self->now()) co_await write(*self, *kept.call);
        kept.call.reset();
      } catch (const std::exception&) {
        self->failures.fetch_add(1, std::memory_order_relaxed);
        co_return;  // it belongs to another request
      }
    }
  }

  /// Whether a record that was found does not keep others from the key.
  [[nodiscard]] bool is_free(const std::optional<IdempotencyRecord>& found) const {
    if (!found) return true;  // no record
    if (found->state == IdempotencyRecord::State::free) return true;
    return found->state == IdempotencyRecord::State::running && found->until <= now();
  }

  /// Decides about a request whose key another one has used. Errors: HttpError 409 or 422.
  static void repeat(IdempotentCall& call, const IdempotencyRecord& found) {
    if (found.scope != call.record.scope || found.content != call.record.content)
      throw HttpError(422, "This Idempotency-Key was used for another request; use a new key");
    if (found.state == IdempotencyRecord::State::running) {
      throw HttpError(409, "The request with this Idempotency-Key is still being processed",
                      http::Headers({{"retry-after", "1"}}));
    }
    if (found.state == IdempotencyRecord::State::kept) call.kept = detail::read_answer(found.answer);
    if (!call.kept)
      throw HttpError(409, "The request with this Idempotency-Key was processed, but its response was not kept");
  }

  /// Takes the key, or finds the response of the call that has taken it.
  static Task<void> take_key(Self self, Call call) {
    constexpr int most_tries = 16;
    co_await write_unsettled(self);
    for (int tries = 0; tries < most_tries; ++tries) {
      call->record.until = self->now() + self->options.running.count();
      std::string running = call->record.to_bytes();
      call->running = running;  // now: the task may be cancelled after the store has taken it
      bool is_taken = co_await self->store.add(call->store_key, running, self->options.running);
      if (!is_taken) {
        std::optional<std::string> bytes = co_await self->store.get(call->store_key);
        if (!bytes) continue;
        const std::optional<IdempotencyRecord> found = IdempotencyRecord::read(*bytes);
        if (!self->is_free(found)) {
          call->running.clear();
          co_return repeat(*call, *found);
        }
        is_taken =
            co_await self->store.compare_and_set(call->store_key, std::move(*bytes), running, self->options.running);
      }
      if (is_taken) co_return;
    }
    call->running.clear();
    throw Unavailable("Too many requests use this Idempotency-Key");
  }

  /// The same; without the store no request with a key is processed, since it may have been processed before.
  static Task<void> prepare(Self self, Call call) {
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    try {
      co_return co_await take_key(self, call);
    } catch (const HttpError& error) {
      if (error.status() < 500) throw;
    } catch (const std::exception&) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
    }
    self->failures.fetch_add(1, std::memory_order_relaxed);
    // The store may have taken the key before it failed.
    if (!call->running.empty()) self->unsettled->add(call->settle(IdempotencyRecord::State::free, 1s));
    throw Unavailable("Idempotency keys are not available at the moment");
  }

  const IdempotencyOptions options;
  const std::unique_ptr<MemoryStore> memory;  // null if there is another store
  Store& store;
  detail::RouteFields fields;  // in which credentials are expected
  bool applies = false;        // to a route
  std::string unused{};        // a route that changes something, to whose method it does not apply
  const std::shared_ptr<Unsettled> unsettled = std::make_shared<Unsettled>();
  std::atomic<std::uint64_t> failures{0};
};

Idempotency::Idempotency(IdempotencyOptions options) : state_(std::make_shared<State>(std::move(options))) {}

void Idempotency::serves(const ServedRoute& route) {
  state_->fields.add(route.pattern, route.credential_fields);
  if (route.is_web_socket) return;
  if (route.methods.intersects(state_->options.methods)) state_->applies = true;
  const bool changes_something = route.methods.intersects({http::Method::put, http::Method::delete_});
  if (changes_something && state_->unused.empty()) state_->unused = route.label;
}

void Idempotency::serving(const std::shared_ptr<http::Host>&) {
  if (state_->applies || state_->unused.empty()) return;
  throw SetupError("Idempotency applies to " + state_->options.methods.to_string() +
                       ", but serves no such route, only " + state_->unused + ": set IdempotencyOptions::methods",
                   {});
}

void Idempotency::describe(const ServedRoute& route, json& operation) const {
  if (!route.methods.intersects(state_->options.methods)) return;
  json& parameters = operation["parameters"];
  for (json& known : parameters) {  // of the handler, or of another middleware
    if (known.value("in", "") != "header" || detail::lowered(known.value("name", "")) != field_name) continue;
    if (state_->options.required) known["required"] = true;
    return;
  }
  parameters.push_back(
      {{"name", "Idempotency-Key"},
       {"in", "header"},
       {"required", state_->options.required},
       {"description", "Any text that is new for each request. The same request with the same key is processed once."},
       {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}, {"title", "Idempotency-Key"}}}});
}

http::Pending Idempotency::prepare_handler(Request& request) {
  if (!state_->options.methods.contains(request.method())) return {};
  const std::vector<std::string_view> values = request.headers().get_all(field_name);
  if (values.size() > 1) throw HttpError(400, "There is more than one Idempotency-Key");
  if (values.empty()) {
    if (state_->options.required) throw HttpError(400, "The Idempotency-Key is missing");
    return {};
  }
  const State::Call call = state_->make_call(request, key_of(values.front()));
  IdempotentCalls& calls = request.state<IdempotentCalls>();
  // Another middleware of this request, such as that of the application, has the same key already.
  const auto is_same = [&](const State::Call& other) {
    return &other->store == &call->store && other->store_key == call->store_key;
  };
  if (calls.of.contains(is_same)) return {};
  calls.of.set(state_.get(), call);
  return http::Pending(State::prepare(state_, call));
}

std::optional<Response> Idempotency::before_handler(Request& request) {
  const State::Call call = state_->call_of(request);
  if (call == nullptr) return std::nullopt;
  call->has_come_to_handler = true;
  if (!call->kept) return std::nullopt;
  call->kept->headers().set("idempotency-replayed", "true");
  return std::move(call->kept);
}

http::Pending Idempotency::after_handler(const Request& request, Response& response) {
  const State::Call call = state_->call_of(request);
  if (call == nullptr || call->running.empty()) return {};
  if (!call->has_come_to_handler || invites_a_retry(response.status()))
    return http::Pending(State::settle(state_, call->settle(IdempotencyRecord::State::free, 1s)));
  const IdempotencyOptions& options = state_->options;
  if (!detail::has_kept_body(response) || response.body().size() > options.max_body_bytes)
    return http::Pending(State::settle(state_, call->settle(IdempotencyRecord::State::lost, options.keep)));
  detail::append_answer(call->record.answer, response);
  return http::Pending(State::settle(state_, call->settle(IdempotencyRecord::State::kept, options.keep)));
}

std::uint64_t Idempotency::failures() const noexcept { return state_->failures.load(std::memory_order_relaxed); }

}  // namespace serval
