// SPDX-License-Identifier: MIT
// The connections of one event loop to the service: at most so many, each for one exchange at a time.
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

/// Thread safety: `exchange` from any thread, since an io_context that several threads run has one object of this.
class Connections {
 public:
  Connections(const boost::asio::any_io_executor& loop, const Options& options, const Instruments& instruments);
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Sends a line and yields the line that answers it, both without their ends. A connection that has not come to the
  /// end of its answer is closed. Errors: `serval::Unavailable` where no connection becomes free or the service cannot
  /// be reached, `serval::HttpError` 502 and 504 for an answer that is none and for one that does not come.
  serval::Task<std::string> exchange(std::string line);

 private:
  /// One open connection, which counts itself.
  class Link {
   public:
    Link(boost::asio::ip::tcp::socket socket, serval::instruments::Gauge& gauge);
    Link(Link&& other) noexcept;
    Link& operator=(Link&&) = delete;
    ~Link();
    boost::asio::ip::tcp::socket socket;

   private:
    serval::instruments::Gauge* gauge_;  // null: moved from
  };

  /// The turn of one exchange, and its connection. Its end gives the turn on.
  class Lease {
   public:
    explicit Lease(Connections& pool);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    std::optional<Link> link;  // closed by the end of the lease, unless it was kept
    /// Leaves the connection to the next exchange.
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
