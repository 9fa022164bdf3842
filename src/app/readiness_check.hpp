// SPDX-License-Identifier: MIT
// One readiness check of an application, and a concurrent call of several.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <serval/app/lifecycle.hpp>
#include <serval/app/readiness.hpp>
#include <serval/base/task_fwd.hpp>
#include <serval/handler/host.hpp>

#include "handler/stop_state.hpp"

namespace serval::detail {

/// Keeps a host from stopping completely. REQUIRES: it has not stopped.
class HostHold {
 public:
  explicit HostHold(std::shared_ptr<http::Host> host) : host_(std::move(host)) { host_->hold(); }
  ~HostHold() { host_->release(); }
  HostHold(const HostHold&) = delete;
  HostHold& operator=(const HostHold&) = delete;
  [[nodiscard]] const Stopping& stopping() const noexcept { return host_->stopping(); }

 private:
  const std::shared_ptr<http::Host> host_;
};

/// One call of a check, shared by all callers that arrive while it runs. Thread safety: all of it.
class ReadinessCall {
 public:
  /// Nothing while the call is within its time, and if its event loop ended before it.
  [[nodiscard]] std::optional<ReadinessResult> result() const {
    const std::scoped_lock lock(mutex_);
    return result_;
  }
  void set_result(const ReadinessResult& result) {
    {
      const std::scoped_lock lock(mutex_);
      result_ = result;
    }
    known_->request();
  }
  /// Set when the result is known, or when there will be none.
  [[nodiscard]] Stopping known() const { return known_->handle(); }
  void give_up() noexcept { known_->request(); }

 private:
  const std::shared_ptr<StopState> known_ = std::make_shared<StopState>();
  mutable std::mutex mutex_;  // guards result_
  std::optional<ReadinessResult> result_;
};

/// A check that is called again only after its last call has ended, so that calls of a hanging check do not pile up.
/// Thread safety: all of it.
class ReadinessCheck {
 public:
  /// `part` does not change until the check is destroyed, except its address.
  ReadinessCheck(const LifecyclePart& part, const StateTable& states)
      : name_(part.name), function_(*part.function), timeout_(part.ready.timeout), states_(states) {}

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::chrono::milliseconds timeout() const noexcept { return timeout_; }
  /// Errors: exceptions of the function.
  [[nodiscard]] http::Pending call(const Stopping& stopping) const {
    return function_.call(LifecycleArguments(states_, stopping));
  }

  struct Begun {
    std::shared_ptr<ReadinessCall> call;
    bool is_new;  ///< the caller that has begun it calls the function, and `end` after the function has ended
  };
  /// The running call, or a new one if none runs.
  [[nodiscard]] Begun begin();
  /// The function has ended, or never will since its event loop was destroyed.
  void end() noexcept;

 private:
  const std::string name_;
  const LifecycleFunction& function_;
  const std::chrono::milliseconds timeout_;
  const StateTable& states_;
  std::mutex mutex_;                        // guards all members below
  std::shared_ptr<ReadinessCall> running_;  // null: none
};

/// Calls all checks at the same time and waits for each until it has ended, its time is over or the host of `hold`
/// stops. If another caller has already called a check and it is within its time, this waits for that call instead.
/// `hold` lasts until the last of the calls has ended.
/// Lifetime: the checks outlive their functions' tasks.
[[nodiscard]] Task<std::vector<ReadinessResult>> run_checks(std::vector<std::shared_ptr<ReadinessCheck>> checks,
                                                            std::shared_ptr<HostHold> hold);

}  // namespace serval::detail
