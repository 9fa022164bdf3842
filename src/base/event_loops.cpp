// SPDX-License-Identifier: MIT
#include "base/event_loops.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <algorithm>
#include <cstddef>
#include <mutex>
#include <vector>

namespace serval::detail {

namespace asio = boost::asio;

namespace {

thread_local int event_loop_scopes = 0;

}  // namespace

/// A service of the context that is destroyed with it, so that the list never has a destroyed context.
class MarkedContext final : public asio::execution_context::service {
 public:
  using key_type = MarkedContext;
  inline static asio::execution_context::id id;

  explicit MarkedContext(asio::execution_context& context)
      : service(context), context_(static_cast<asio::io_context&>(context)) {
    const std::scoped_lock lock(all().mutex);
    all().contexts.push_back(this);
  }
  ~MarkedContext() override {
    const std::scoped_lock lock(all().mutex);
    all().contexts.erase(std::find(all().contexts.begin(), all().contexts.end(), this));
  }

  void add() {
    const std::scoped_lock lock(all().mutex);
    ++marks_;
  }
  void remove() {
    const std::scoped_lock lock(all().mutex);
    --marks_;
  }

  [[nodiscard]] static bool any_runs_on_this_thread() {
    const std::scoped_lock lock(all().mutex);
    return std::any_of(all().contexts.begin(), all().contexts.end(), [](const MarkedContext* marked) {
      return marked->marks_ != 0 && marked->context_.get_executor().running_in_this_thread();
    });
  }

 private:
  struct All {
    std::mutex mutex;  // guards contexts and their marks_
    std::vector<MarkedContext*> contexts;
  };
  /// Never destroyed: a global context may be destroyed later than other globals.
  static All& all() {
    static All& object = *new All;
    return object;
  }

  void shutdown() override {}

  asio::io_context& context_;
  std::size_t marks_ = 0;
};

EventLoopMark::EventLoopMark(asio::io_context& context) : context_(asio::use_service<MarkedContext>(context)) {
  context_.add();
}
EventLoopMark::~EventLoopMark() { context_.remove(); }

EventLoopScope::EventLoopScope() noexcept { ++event_loop_scopes; }
EventLoopScope::~EventLoopScope() { --event_loop_scopes; }

bool on_event_loop() { return event_loop_scopes != 0 || MarkedContext::any_runs_on_this_thread(); }

}  // namespace serval::detail
