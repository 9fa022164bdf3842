// SPDX-License-Identifier: MIT
// The connections of one event loop to the service: a limited number, each used for one exchange at a time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <serval/task.hpp>

#include "instruments.hpp"
#include "options.hpp"
#include "turns.hpp"

namespace quota {

/// Thread safety: `exchange` from any thread, because all threads of an io_context share one object.
class Connections {
 public:
  Connections(const boost::asio::any_io_executor& loop, const Options& options, const Instruments& instruments);
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Sends a line and returns the line of the answer, both without line ends. Closes the connection if the answer is
  /// not complete. Errors: `serval::Unavailable` if no connection becomes free or the service cannot be reached;
  /// `serval::HttpError` 502 for an invalid answer, 504 if none arrives in time.
  serval::Task<std::string> exchange(std::string line);

 private:
  /// One open connection, which the gauge counts.
  class Link {
   public:
    Link(boost::asio::ip::tcp::socket socket, serval::instruments::Gauge& gauge);
    Link(Link&& other) noexcept;
    Link& operator=(Link&&) = delete;
    ~Link();
    boost::asio::ip::tcp::socket socket;

   private:
    serval::instruments::Gauge* gauge_;  // null if moved from
  };

  /// The turn of one exchange, and its connection. Its destructor passes the turn on.
  class Lease {
   public:
    explicit Lease(Connections& pool);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    std::optional<Link> link;  // the destructor of the lease closes it, unless `keep` was called
    /// Keeps the connection open for the next exchange.
    void keep() noexcept { keeps_ = true; }

   private:
    Connections& pool_;
    bool keeps_ = false;
  };

  serval::Task<std::string> speak(Lease& lease, const std::string& line);
  serval::Task<boost::system::error_code> attempt(Lease& lease, const std::string& line, std::string& answer);

  boost::asio::any_io_executor loop_;
  boost::asio::ip::tcp::endpoint endpoint_;
  Options options_;
  Instruments instruments_;
  Turns turns_;
  std::mutex mutex_;
  std::vector<Link> idle_;  // guarded by mutex_
};

}  // namespace quota
