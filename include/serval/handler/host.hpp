// SPDX-License-Identifier: MIT
// Who carries an application, a server or a test client, as the work sees it that the application does by itself.
#pragma once

#include <cstddef>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/stopping.hpp>

namespace serval::http {

/// Its event loops and its end. Thread safety: all of it.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// Told when it begins to stop.
  [[nodiscard]] virtual const Stopping& stopping() const noexcept = 0;
  /// Whether its stop was asked for. That may be some time before `stopping` is told, while it still accepts
  /// connections and answers: whoever asks whether it is ready is to be told that it is not.
  [[nodiscard]] virtual bool is_leaving() const noexcept { return stopping().is_requested(); }
  /// How many event loops it has; at least one.
  [[nodiscard]] virtual std::size_t loop_count() const noexcept = 0;
  /// What runs on one of them runs at the same time as nothing else of that loop.
  [[nodiscard]] virtual const boost::asio::any_io_executor& loop(std::size_t index) const noexcept = 0;
  /// Keeps it from having stopped until `release` was called as often.
  virtual void hold() noexcept = 0;
  /// Ends one `hold`.
  virtual void release() noexcept = 0;
};

}  // namespace serval::http
