// SPDX-License-Identifier: MIT
#include "params/resolution.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>

#include "handler/blocking_pool.hpp"
#include "handler/on_pool.hpp"
#include "handler/passage.hpp"

namespace serval::detail {

namespace {

thread_local bool thread_document_in_use = false;

}  // namespace

BorrowedDocument::BorrowedDocument(Storage storage, std::size_t body_bytes) {
  constexpr std::size_t max_kept_body_bytes = 64 * 1024;
  if (storage == Storage::own || thread_document_in_use || body_bytes > max_kept_body_bytes) {
    own_.emplace();
  } else {
    thread_document_in_use = true;
  }
}

BorrowedDocument::~BorrowedDocument() {
  if (!own_) thread_document_in_use = false;
}

JsonDocument& BorrowedDocument::get() {
  thread_local JsonDocument shared;
  return own_ ? *own_ : shared;
}

void Resolution::read_body(BodyFormat format, Storage storage) {
  if (std::exchange(body_is_read_, true) || format == BodyFormat::none || format == BodyFormat::stream) return;
  if (format == BodyFormat::form) {
    form_.emplace(exchange_);
    return;
  }
  decoder_.allow_alternatives_for(exchange_.request.body().size());
  document_.emplace(storage, exchange_.request.body().size());
  body_.emplace(exchange_, format, document_->get());
}

void Resolution::forget_body() noexcept {
  form_.reset();
  body_.reset();
  document_.reset();
}

void Resolution::resolve(const Plan& plan, Part part) {
  if (is_done(part)) return;
  for (const std::size_t i : plan.order(part)) {
    if (!needs(plan, i)) continue;
    const Plan::Step& step = plan.steps()[i];
    DependencyCall call{.exchange = exchange_, .binding = step.binding, .until = step.use->until};
    const std::size_t faults = issues_.size();
    try {
      static_cast<void>(step.ops->call(step.function.get(), call));
    } catch (const ValidationError& error) {
      note_faults(step, error);
    }
    note_outcome(i, call, faults);
  }
  (part == Part::early ? early_is_done_ : late_is_done_) = true;
}

Task<void> Resolution::resolve_and_wait(const Plan& plan, Part part, BlockingPool* pool) {
  if (is_done(part)) co_return;
  for (const std::size_t i : plan.order(part)) {
    if (!needs(plan, i)) continue;
    const Plan::Step& step = plan.steps()[i];
    DependencyCall call{.exchange = exchange_, .binding = step.binding, .until = step.use->until};
    const std::size_t faults = issues_.size();
    try {
      if (pool != nullptr && !step.ops->is_coroutine) {
        co_await run_blocking(*pool, [&] {
          const OnPool on_pool(exchange_, *pool);
          static_cast<void>(step.ops->call(step.function.get(), call));
        });
      } else if (http::Pending pending = step.ops->call(step.function.get(), call)) {
        co_await pending.take();
      }
    } catch (const ValidationError& error) {
      note_faults(step, error);
    }
    note_outcome(i, call, faults);
  }
  (part == Part::early ? early_is_done_ : late_is_done_) = true;
}

/// REQUIRES: called inside a catch block for the exception.
void Resolution::note_faults(const Plan::Step& step, const ValidationError& error) {
  if (!step.ops->notes_faults || error.issues().empty()) throw;  // without issues there is nothing to list
  note(error.issues());
}

bool Resolution::needs(const Plan& plan, std::size_t step) {
  if (plan.steps()[step].is_certain || choices_.need(plan, step, exchange_.request)) return true;
  outcome_at(step) = {};
  return false;
}

Resolution::Outcome& Resolution::outcome_at(std::size_t step) {
  if (outcomes_.size() <= step) outcomes_.resize(step + 1);
  return outcomes_[step];
}

void Resolution::note_outcome(std::size_t step, const DependencyCall& call, std::size_t faults) {
  outcome_at(step) = {.was_called = true, .is_there = call.is_done, .value = call.value};
  if (issues_.size() != faults) found_.push_back({.step = step, .begin = faults, .end = issues_.size()});
}

void Resolution::note(const std::vector<schema::Issue>& issues) {
  for (const schema::Issue& issue : issues) {
    if (issues_.size() < max_issues) issues_.push_back(issue);
  }
}

void Resolution::throw_faults() {
  if (issues_.empty()) return;
  sort_faults();
  throw ValidationError(std::move(issues_));
}

/// A late step may have been declared before others; the list must have the order of declaration.
void Resolution::sort_faults() {
  const auto by_step = [](const Found& a, const Found& b) { return a.step < b.step; };
  if (std::is_sorted(found_.begin(), found_.end(), by_step)) return;
  const std::size_t end = found_.back().end;  // the rest belong to the handler
  std::stable_sort(found_.begin(), found_.end(), by_step);
  std::vector<schema::Issue> sorted;
  sorted.reserve(issues_.size());
  const auto take = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) sorted.push_back(std::move(issues_[i]));
  };
  for (const Found& found : found_) take(found.begin, found.end);
  take(end, issues_.size());
  issues_ = std::move(sorted);
}

// --- Binding ------------------------------------------------------------------------------------

bool Binding::fill(Resolution& resolution, void* const* slots) const {
  http::Exchange& exchange = resolution.exchange();
  Decoder& decoder = resolution.decoder();
  const std::size_t faults = resolution.fault_count();
  bool is_whole = true;
  for (const Special& special : specials_) {
    void* slot = slots[special.argument];
    if (special.state != nullptr) {
      if (*special.state == nullptr) {
        throw SetupError("State<" + std::string(special.spec->state->name) +
                             "> is requested before the application has started, or after it has stopped",
                         {});
      }
      special.spec->state->assign(slot, special.state->get());
    } else if (special.spec->dependency != nullptr) {
      const Resolution::Outcome& outcome = resolution.outcome(special.step);
      if (special.spec->is_alternative && !outcome.was_called) continue;
      is_whole = is_whole && outcome.is_there;
      special.spec->dependency->assign(slot, outcome.value);
    } else if (special.spec->takes_scopes) {
      *static_cast<const SecurityScopes**>(slot) = scopes_.get();
    } else {
      try {
        special.spec->fill(exchange, slot);
      } catch (const ValidationError& error) {
        if (error.issues().empty()) throw;  // nothing to list with other errors
        resolution.note(error.issues());
      }
    }
  }
  for (const BoundParameter& parameter : parameters_) {
    void* out = static_cast<char*>(slots[parameter.argument]) + parameter.offset;
    if (is_of_form(parameter.source))
      resolution.form().extract(parameter, decoder, out);
    else if (parameter.source == Source::body)
      resolution.body().extract(parameter, decoder, out);
    else if (parameter.is_group)
      extract_group(parameter, RequestTexts(parameter.source, exchange.request), decoder, out);
    else
      extract_parameter(parameter, exchange, decoder, out);
  }
  // A full list accepts no further error.
  return is_whole && resolution.fault_count() == faults && faults < max_issues;
}

bool Binding::fill(http::Exchange& exchange, void* const* slots) const { return fill(*exchange.resolution, slots); }

bool Binding::extract(http::Exchange& exchange, void* const* slots) const {
  const bool takes_nothing = plan_ == nullptr && parameters_.empty() && specials_.empty() && body_ == BodyFormat::none;
  if (exchange.resolution != nullptr) {
    complete(*exchange.resolution, slots);
  } else if (!takes_nothing) {
    Resolution resolution(exchange);
    // For the dependencies' own bindings.
    struct Announced {
      http::Exchange& exchange;
      ~Announced() { exchange.resolution = nullptr; }
    } const announced{exchange};
    exchange.resolution = &resolution;
    complete(resolution, slots);
  }
  return !exchange.passage().ask_before_handler(exchange);
}

/// Does the remaining part of the extraction. Errors: as `extract`.
void Binding::complete(Resolution& resolution, void* const* slots) const {
  // The storage belongs to the thread, and a kept resolution may end on another one.
  struct Forgotten {
    Resolution& resolution;
    ~Forgotten() { resolution.forget_body(); }
  } const forgotten{resolution};
  if (plan_ != nullptr) resolution.resolve(*plan_, Plan::Part::early);
  resolution.read_body(body_, Resolution::Storage::of_thread);
  if (plan_ != nullptr) resolution.resolve(*plan_, Plan::Part::late);
  static_cast<void>(fill(resolution, slots));
  resolution.throw_faults();
}

bool Binding::open_body(http::Exchange& exchange) const {
  if (body_ != BodyFormat::form) return true;
  auto sink = std::make_unique<FormSink>(exchange.request.content_type(), exchange.bounds());
  const bool is_wanted = !sink->is_faulty();
  exchange.set_body_sink(std::move(sink));
  return is_wanted;
}

namespace {

/// A resolution that lives as long as the exchange.
Resolution& kept_resolution(http::Exchange& exchange) {
  if (exchange.resolution == nullptr) {
    auto made = std::make_unique<Resolution>(exchange);
    exchange.keep(made.get(), kept_ops<Resolution>, http::Exchange::Until::answer_is_sent);
    exchange.resolution = made.release();
  }
  return *exchange.resolution;
}

}  // namespace

http::Pending Binding::resolve_early(http::Exchange& exchange, BlockingPool* pool) const {
  try {
    Resolution& resolution = kept_resolution(exchange);
    if (pool != nullptr || plan_->waits(Plan::Part::early))
      return http::Pending(await_early(exchange, resolution, pool));
    resolution.resolve(*plan_, Plan::Part::early);
  } catch (...) {
    exchange.refuse_body(std::current_exception());
  }
  return {};
}

Task<void> Binding::await_early(http::Exchange& exchange, Resolution& resolution, BlockingPool* pool) const {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  try {
    co_await resolution.resolve_and_wait(*plan_, Plan::Part::early, pool);
  } catch (...) {
    if (cancellation.cancelled() != boost::asio::cancellation_type::none) {
      exchange.outcome = {.what = Outcome::What::cancelled,
                          .exception = std::current_exception()};  // the kept values are told of it at the end
      throw;
    }
    exchange.refuse_body(std::current_exception());
  }
}

bool Binding::waits(const http::Exchange& exchange) const noexcept {
  if (!waits_) return false;
  const auto waits_for = [&](Plan::Part part) {
    return plan_->waits(part) && (exchange.resolution == nullptr || !exchange.resolution->is_done(part));
  };
  return waits_for(Plan::Part::early) || waits_for(Plan::Part::late);
}

void Binding::resolve_now(http::Exchange& exchange) const {
  if (plan_ == nullptr) return;
  Resolution& resolution = kept_resolution(exchange);
  resolution.resolve(*plan_, Plan::Part::early);
  resolution.read_body(body_, Resolution::Storage::own);
  resolution.resolve(*plan_, Plan::Part::late);
}

Task<void> Binding::resolve(http::Exchange& exchange, BlockingPool* pool) const {
  Resolution& resolution = kept_resolution(exchange);
  co_await resolution.resolve_and_wait(*plan_, Plan::Part::early, pool);
  resolution.read_body(body_, Resolution::Storage::own);
  co_await resolution.resolve_and_wait(*plan_, Plan::Part::late, pool);
}

}  // namespace serval::detail
