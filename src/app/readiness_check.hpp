// SPDX-License-Identifier: MIT
// One check of an application's readiness, and how several are called at once.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <serval/app/lifecycle.hpp>
#include <serval/app/readiness.hpp>
#include <serval/base/task_fwd.hpp>
#include <serval/handler/host.hpp>

namespace serval::detail {

/// Keeps a host from having stopped. REQUIRES: it has not.
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

/// Called again only once it has ended: one that hangs does not pile up. Thread safety: all of it.
class ReadinessCheck {
 public:
  /// `part` stays as it is until the check is destroyed, but for its place.
  ReadinessCheck(const LifecyclePart& part, const StateTable& states)
      : name_(part.name), function_(*part.function), timeout_(part.ready.timeout), states_(states) {}

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::chrono::milliseconds timeout() const noexcept { return timeout_; }
  /// Errors: what the function throws.
  [[nodiscard]] http::Pending call(const Stopping& stopping) const {
    return function_.call(LifecycleArguments(states_, stopping));
  }

  /// Whether it may be called now; otherwise `result` is what is known of it.
  [[nodiscard]] bool begin(ReadinessResult& result);
  /// It has ended. `result`: what it has found, where it was in time.
  void end();
  void note(const ReadinessResult& result);

 private:
  const std::string name_;
  const LifecycleFunction& function_;
  const std::chrono::milliseconds timeout_;
  const StateTable& states_;
  std::mutex mutex_;  // guards all below
  bool is_running_ = false;
  ReadinessResult last_;
};

/// Calls all of them at the same time and waits for each until it has ended or its time is over.
/// `hold` lasts until the last of them has ended. Lifetime: the checks outlive their functions' tasks.
[[nodiscard]] Task<std::vector<ReadinessResult>> run_checks(std::vector<std::shared_ptr<ReadinessCheck>> checks,
                                                            std::shared_ptr<HostHold> hold);

}  // namespace serval::detail
