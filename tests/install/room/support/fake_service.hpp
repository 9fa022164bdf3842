// SPDX-License-Identifier: MIT
// A quota service for tests. It exchanges lines over TCP, runs on a separate thread and uses a free port of 127.0.0.1.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <serval/task.hpp>

namespace quota_test {

/// Knows the keys "ada", which has 5 requests left, and "bob", which has none left. Reports of used requests do not
/// change these numbers. Thread safety: all functions.
class FakeService {
 public:
  FakeService();
  FakeService(const FakeService&) = delete;
  FakeService& operator=(const FakeService&) = delete;
  ~FakeService();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Holds back the answers to lines that begin with this text until `let_go`.
  void hold(std::string start);
  void let_go();
  /// Sets the answer to lines that begin with `start`.
  void answer(std::string start, std::string text);
  /// Closes all connections; new ones are accepted.
  void drop_connections();

  /// Returns the number of received lines that begin with this text.
  [[nodiscard]] int lines(std::string_view start) const;
  /// Returns the number of lines whose answer is held back now.
  [[nodiscard]] int held() const;
  /// Returns the number of connections accepted so far.
  [[nodiscard]] int connections() const;
  /// Returns the sum of the requests of a key that all programs have reported.
  [[nodiscard]] std::uint64_t used(const std::string& key) const;

 private:
  serval::Task<void> accept();
  serval::Task<void> serve(boost::asio::ip::tcp::socket socket);
  serval::Task<void> answer_lines(boost::asio::ip::tcp::socket& socket);
  serval::Task<void> wait_until_let_go(const std::string& line);
  bool is_held(const std::string& line);
  std::string answer_to(const std::string& line);

  mutable std::mutex mutex_;
  std::string hold_;  // guarded by mutex_, like the members below up to connections_
  std::map<std::string, std::string> answers_;
  std::vector<std::string> lines_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> used_;  // by program and key
  int held_ = 0;
  int connections_ = 0;

  std::vector<boost::asio::ip::tcp::socket*> open_;  // used only on the context
  std::uint16_t port_ = 0;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer gate_;  // never expires; `let_go` cancels it
  std::thread thread_;
};

}  // namespace quota_test
