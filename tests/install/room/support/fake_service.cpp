// SPDX-License-Identifier: MIT
#include "fake_service.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <algorithm>
#include <sstream>
#include <utility>

namespace quota_test {

namespace asio = boost::asio;
using asio::ip::tcp;

FakeService::FakeService()
    : answers_{{"HELLO", "QUOTA 1"},
               {"LEFT ", "UNKNOWN"},
               {"LEFT ada", "OK Ada 5 60"},
               {"LEFT bob", "OK Bob 0 60"},
               {"USED ", "OK"}},
      acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      gate_(context_, asio::steady_timer::time_point::max()) {
  port_ = acceptor_.local_endpoint().port();
  asio::co_spawn(context_, accept(), asio::detached);
  thread_ = std::thread([this] { context_.run(); });
}

FakeService::~FakeService() {
  context_.stop();
  thread_.join();
}

void FakeService::hold(std::string start) {
  const std::scoped_lock lock(mutex_);
  hold_ = std::move(start);
}

void FakeService::let_go() {
  {
    const std::scoped_lock lock(mutex_);
    hold_.clear();
  }
  asio::post(context_, [this] { gate_.cancel(); });
}

void FakeService::answer(std::string start, std::string text) {
  const std::scoped_lock lock(mutex_);
  answers_[std::move(start)] = std::move(text);
}

void FakeService::drop_connections() {
  asio::post(context_, [this] {
    for (tcp::socket* socket : open_) socket->close();
  });
}

int FakeService::lines(std::string_view start) const {
  const std::scoped_lock lock(mutex_);
  return static_cast<int>(
      std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) { return line.starts_with(start); }));
}

int FakeService::held() const {
  const std::scoped_lock lock(mutex_);
  return held_;
}

int FakeService::connections() const {
  const std::scoped_lock lock(mutex_);
  return connections_;
}

std::uint64_t FakeService::used(const std::string& key) const {
  const std::scoped_lock lock(mutex_);
  std::uint64_t requests = 0;
  for (const auto& [of, count] : used_) {
    if (of.second == key) requests += count;
  }
  return requests;
}

serval::Task<void> FakeService::accept() {
  for (;;) {
    tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
    {
      const std::scoped_lock lock(mutex_);
      ++connections_;
    }
    asio::co_spawn(context_, serve(std::move(socket)), asio::detached);
  }
}

serval::Task<void> FakeService::serve(tcp::socket socket) {
  open_.push_back(&socket);
  co_await answer_lines(socket);
  std::erase(open_, &socket);
}

serval::Task<void> FakeService::answer_lines(tcp::socket& socket) {
  std::string input;
  for (;;) {
    boost::system::error_code fault;
    const std::size_t size = co_await asio::async_read_until(socket, asio::dynamic_buffer(input), '\n',
                                                             asio::redirect_error(asio::use_awaitable, fault));
    if (fault) co_return;
    const std::string line = input.substr(0, size - 1);
    input.erase(0, size);
    {
      const std::scoped_lock lock(mutex_);
      lines_.push_back(line);
    }
    if (is_held(line)) co_await wait_until_let_go(line);
    const std::string text = answer_to(line);
    co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, fault));
    if (fault) co_return;
  }
}

serval::Task<void> FakeService::wait_until_let_go(const std::string& line) {
  {
    const std::scoped_lock lock(mutex_);
    ++held_;
  }
  boost::system::error_code cancelled;
  while (is_held(line)) co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  const std::scoped_lock lock(mutex_);
  --held_;
}

bool FakeService::is_held(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  return !hold_.empty() && line.starts_with(hold_);
}

std::string FakeService::answer_to(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  std::string text = "WHAT";
  for (const auto& [start, answer] : answers_) {  // in this order, the longest match is the last one
    if (line.starts_with(start)) text = answer;
  }
  std::istringstream words(line);
  std::string verb, program, key;
  std::uint64_t total = 0;
  if (text == "OK" && words >> verb >> program >> key >> total) used_[{program, key}] = total;
  return text + "\n";
}

}  // namespace quota_test
