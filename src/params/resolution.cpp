// SPDX-License-Identifier: MIT
#include "params/resolution.hpp"

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>

#include "handler/blocking_pool.hpp"
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

Resolution::Resolution(http::Exchange& exchange, BodyFormat body, Storage storage) : exchange_(exchange) {
  if (body == BodyFormat::none || body == BodyFormat::stream) return;
  if (body == BodyFormat::form) {
    form_.emplace(exchange);
    return;
  }
  decoder_.allow_alternatives_for(exchange.request.body().size());
  document_.emplace(storage, exchange.request.body().size());
  body_.emplace(exchange, body, document_->get());
}

void Resolution::resolve(const Plan& plan) {
  for (const Plan::Step& step : plan.steps()) {
    DependencyCall call{exchange_, step.binding, step.use->until};
    static_cast<void>(step.ops->call(step.function.get(), call));
    outcomes_.push_back({call.is_done, call.value});
  }
}

Task<void> Resolution::resolve_and_wait(const Plan& plan, BlockingPool* pool) {
  for (const Plan::Step& step : plan.steps()) {
    DependencyCall call{exchange_, step.binding, step.use->until};
    if (pool != nullptr && !step.ops->is_coroutine) {
      co_await run_blocking(*pool, [&] { static_cast<void>(step.ops->call(step.function.get(), call)); });
    } else if (http::Pending pending = step.ops->call(step.function.get(), call)) {
      co_await pending.take();
    }
    outcomes_.push_back({call.is_done, call.value});
  }
}

void Resolution::note(const std::vector<schema::Issue>& issues) {
  for (const schema::Issue& issue : issues) {
    if (issues_.size() < max_issues) issues_.push_back(issue);
  }
}

void Resolution::throw_faults() {
  if (!issues_.empty()) throw ValidationError(std::move(issues_));
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
                             "> is asked for before the application has started, or after it has stopped",
                         {});
      }
      special.spec->state->assign(slot, special.state->get());
    } else if (special.spec->dependency != nullptr) {
      const Resolution::Outcome& outcome = resolution.outcome(special.step);
      is_whole = is_whole && outcome.is_there;
      special.spec->dependency->assign(slot, outcome.value);
    } else {
      try {
        special.spec->fill(exchange, slot);
      } catch (const ValidationError& error) {
        if (error.issues().empty()) throw;  // nothing to answer beside other faults
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
  // A full list takes no further fault.
  return is_whole && resolution.fault_count() == faults && faults < max_issues;
}

bool Binding::fill(http::Exchange& exchange, void* const* slots) const { return fill(*exchange.resolution, slots); }

bool Binding::extract(http::Exchange& exchange, void* const* slots) const {
  if (exchange.resolution != nullptr) {
    Resolution& resolution = *exchange.resolution;
    static_cast<void>(fill(resolution, slots));
    resolution.throw_faults();
  } else {
    Resolution resolution(exchange, body_, Resolution::Storage::of_thread);
    if (plan_ != nullptr) {
      // For the dependencies' own bindings.
      struct Announced {
        http::Exchange& exchange;
        ~Announced() { exchange.resolution = nullptr; }
      } const announced{exchange};
      exchange.resolution = &resolution;
      resolution.resolve(*plan_);
    }
    static_cast<void>(fill(resolution, slots));
    resolution.throw_faults();
  }
  return !exchange.passage().ask_before_handler(exchange);
}

bool Binding::open_body(http::Exchange& exchange) const {
  if (body_ != BodyFormat::form) return true;
  auto sink = std::make_unique<FormSink>(exchange.request.content_type(), exchange.bounds());
  const bool is_wanted = !sink->is_faulty();
  exchange.set_body_sink(std::move(sink));
  return is_wanted;
}

Task<void> Binding::resolve(http::Exchange& exchange, BlockingPool* pool) const {
  auto resolution = std::make_unique<Resolution>(exchange, body_, Resolution::Storage::own);
  Resolution& kept = *resolution;
  exchange.keep(resolution.get(), kept_ops<Resolution>, http::Exchange::Until::answer_is_sent);
  exchange.resolution = resolution.release();
  co_await kept.resolve_and_wait(*plan_, pool);
}

}  // namespace serval::detail
