// SPDX-License-Identifier: MIT
// A service of quotas for tests: lines over TCP, on a thread of its own, at a free port of 127.0.0.1.
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

/// Knows the keys "ada", of somebody who may send 5 requests more, and "bob", who has none left. What it is told of
/// used requests changes nothing of that. Thread safety: all of it.
class FakeService {
 public:
  FakeService();
  FakeService(const FakeService&) = delete;
  FakeService& operator=(const FakeService&) = delete;
  ~FakeService();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Lines that begin so are not answered until `let_go`.
  void hold(std::string start);
  void let_go();
  /// The answer to lines that begin so is this text.
  void answer(std::string start, std::string text);
  /// Closes all connections; new ones are taken.
  void drop_connections();

  /// Lines that began so.
  [[nodiscard]] int lines(std::string_view start) const;
  /// Lines whose answer is held back now.
  [[nodiscard]] int held() const;
  /// Connections that were taken so far.
  [[nodiscard]] int connections() const;
  /// The requests of a key that all programs have reported.
  [[nodiscard]] std::uint64_t used(const std::string& key) const;

 private:
  serval::Task<void> accept();
  serval::Task<void> serve(boost::asio::ip::tcp::socket socket);
  serval::Task<void> answer_lines(boost::asio::ip::tcp::socket& socket);
  serval::Task<void> wait_until_let_go(const std::string& line);
  bool is_held(const std::string& line);
  std::string answer_to(const std::string& line);

  mutable std::mutex mutex_;
  std::string hold_;  // guarded by mutex_, as are the others below
  std::map<std::string, std::string> answers_;
  std::vector<std::string> lines_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> used_;  // of program and key
  int held_ = 0;
  int connections_ = 0;

  std::vector<boost::asio::ip::tcp::socket*> open_;  // on the context alone
  std::uint16_t port_ = 0;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer gate_;  // never expires; cancelled to let go
  std::thread thread_;
};

}  // namespace quota_test
