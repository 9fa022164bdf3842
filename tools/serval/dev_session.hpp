// SPDX-License-Identifier: MIT
// The states of `serval dev`: what is being built, what starts, what serves.
#pragma once

#include <serval/task.hpp>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "builder.hpp"
#include "dev.hpp"
#include "generation.hpp"
#include "listening_socket.hpp"
#include "project.hpp"
#include "stand_in.hpp"
#include "terminal.hpp"
#include "watcher.hpp"

namespace serval::tool {

/// Requests are answered at all times: by the program that serves, until the next one is ready; by a page of the tool
/// if there is none. Thread safety: none; the loop of `context`.
class DevSession {
 public:
  /// Lifetime: all references outlive the session.
  DevSession(boost::asio::io_context& context, const DevOptions& options, const ListeningSocket& socket,
             Builder& builder, std::string folder, const Terminal& terminal);

  /// Begins the first build and watches the files.
  void start();
  /// Builds again, as if a file had changed.
  void rebuild();
  /// Shows the whole output of the last build.
  void show_output() const;
  /// Shows a text in the terminal.
  void show(const std::string& text) const { terminal_.complain(text); }
  /// Ends all programs, and then the loop.
  void stop();
  /// The wrong usage that ended the loop; nothing if it ended otherwise.
  [[nodiscard]] const std::optional<UsageError>& usage_fault() const noexcept { return usage_fault_; }

 private:
  using GenerationPtr = std::shared_ptr<Generation>;

  [[nodiscard]] Task<void> watch();
  [[nodiscard]] Task<void> build();
  void on_built(const Built& built);
  void start_generation(const std::string& program);
  [[nodiscard]] Task<void> await_ready(GenerationPtr generation);
  [[nodiscard]] Task<void> await_end(GenerationPtr generation);
  void on_ready(const GenerationPtr& generation);
  void on_end(const GenerationPtr& generation, int code);
  /// Lets a program end its requests for a time, then kills it.
  void retire(const GenerationPtr& generation);
  /// There is an error: it is shown in the terminal, and in the pages of whoever serves. `colored`: the text for the
  /// terminal, if it is another one.
  void fail(const std::string& title, const std::string& text, const std::string& colored = {});
  void report_times(const Built& built) const;
  template <class Function>
  void after(std::chrono::milliseconds time, Function function);

  boost::asio::io_context& context_;
  const DevOptions& options_;
  const ListeningSocket& socket_;
  Builder& builder_;
  const std::string folder_;
  const Terminal& terminal_;
  const std::string token_;

  Watcher watcher_;
  std::shared_ptr<boost::asio::cancellation_signal> building_;  // null: no build is under way
  bool is_outdated_ = false;                                    // a file has changed while a program started
  GenerationPtr serving_, starting_;
  std::vector<GenerationPtr> stopping_;
  std::unique_ptr<StandIn> stand_in_;
  int generations_ = 0;
  std::string last_output_;
  std::chrono::steady_clock::time_point changed_;
  bool is_first_build_ = true;
  std::optional<UsageError> usage_fault_;
  bool is_stopping_ = false;
};

}  // namespace serval::tool
