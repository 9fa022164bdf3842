// SPDX-License-Identifier: MIT
// One run of the program under development.
#pragma once

#include <serval/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "process.hpp"

namespace serval::tool {

/// A folder for the socket on which a program says that it is ready. Nobody else can enter it, and its name is new: a
/// tool that was killed has left its own behind.
class NotifyFolder {
 public:
  /// Errors: std::system_error if it cannot be made.
  NotifyFolder();
  NotifyFolder(const NotifyFolder&) = delete;
  NotifyFolder& operator=(const NotifyFolder&) = delete;
  ~NotifyFolder();

  [[nodiscard]] std::string socket() const { return folder_ + "/ready"; }

 private:
  const std::string folder_;
};

/// Starts a program with a listening socket, and hears when it is ready. Thread safety: none; one event loop.
class Generation {
 public:
  struct Setting {
    std::string program;
    std::vector<std::string> arguments;
    std::string folder;  ///< in which it runs
    int listener = -1;
    int number = 0;           ///< from 1
    std::string token;        ///< of the pages, see `serve_dev_pages`
    std::string host;         ///< that the user has asked for; empty: loopback only
    bool shows_pages = true;  ///< whether its pages show errors and reload
  };
  /// Errors: std::system_error if it cannot be started.
  Generation(const boost::asio::any_io_executor& executor, const Setting& setting);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;
  ~Generation();

  /// Ends when the program says that it serves. Source: sd_notify(3).
  [[nodiscard]] Task<void> ready();
  /// Ends the wait of `ready` with an error.
  void stop_waiting() noexcept;
  /// Copies what the program writes as errors to the tool's, until it ends; returns its exit code.
  [[nodiscard]] Task<int> end();
  /// Tells the pages of the program about a build: the text of its errors; empty: there are none.
  void tell(std::string_view errors) noexcept;
  void signal(int number) noexcept { process_->signal(number); }
  /// The last errors that it has written, at most 16 KiB.
  [[nodiscard]] const std::string& last_errors() const noexcept { return last_errors_; }

 private:
  const NotifyFolder notify_folder_;
  boost::asio::local::datagram_protocol::socket notify_;
  int pages_ = -1;  // the tool's end of the socket to the pages
  std::unique_ptr<Process> process_;
  std::string last_errors_;
};

}  // namespace serval::tool
