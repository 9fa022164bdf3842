// SPDX-License-Identifier: MIT
#include "connections.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <algorithm>
#include <chrono>
#include <utility>

#include <serval/pool.hpp>
#include <serval/serval.hpp>

#include "within.hpp"

namespace quota {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
constexpr std::size_t max_answer_bytes = 1024;

std::size_t turns_of(const Options& options) { return (std::max)(options.connections, std::size_t{1}); }
}  // namespace

Connections::Link::Link(tcp::socket its_socket, serval::instruments::Gauge& gauge)
    : socket(std::move(its_socket)), gauge_(&gauge) {
  gauge_->add(1);
}
Connections::Link::Link(Link&& other) noexcept
    : socket(std::move(other.socket)), gauge_(std::exchange(other.gauge_, nullptr)) {}
Connections::Link::~Link() {
  if (gauge_ != nullptr) gauge_->add(-1);
}

Connections::Lease::Lease(Connections& pool) : pool_(pool) {
  const std::scoped_lock lock(pool_.mutex_);
  if (pool_.idle_.empty()) return;
  link.emplace(std::move(pool_.idle_.back()));
  pool_.idle_.pop_back();
}
Connections::Lease::~Lease() {
  if (keeps_) {
    const std::scoped_lock lock(pool_.mutex_);
    pool_.idle_.push_back(std::move(*link));  // does not allocate: the vector has reserved space for all turns
  }
  link.reset();
  pool_.turns_.give();
}

Connections::Connections(const asio::any_io_executor& loop, const Options& options, const Instruments& instruments)
    : loop_(loop),
      endpoint_(asio::ip::make_address(options.host), options.port),
      options_(options),
      instruments_(instruments),
      turns_(turns_of(options)) {
  idle_.reserve(turns_of(options));
}

serval::Task<std::string> Connections::exchange(std::string line) {
  const auto begin = std::chrono::steady_clock::now();
  const bool has_turn = co_await turns_.take(options_.wait);
  instruments_.wait.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  if (!has_turn) {
    instruments_.questions.with({"busy"}).add();
    throw serval::Unavailable("The quota service is busy", std::chrono::seconds(1));
  }
  Lease lease(*this);
  line += '\n';
  std::optional<std::string> answer = co_await within(options_.answer, speak(lease, line));
  instruments_.questions.with({answer ? "answered" : "late"}).add();
  if (!answer) throw serval::HttpError(504, "The quota service did not answer in time");
  co_return std::move(*answer);
}

serval::Task<std::string> Connections::speak(Lease& lease, const std::string& line) {
  std::string answer;
  const bool was_idle = lease.link.has_value();
  error_code fault = co_await attempt(lease, line, answer);
  if (fault && fault != asio::error::operation_aborted && was_idle) {  // an idle connection may be closed
    answer.clear();
    lease.link.reset();
    fault = co_await attempt(lease, line, answer);
  }
  if (fault == asio::error::operation_aborted) throw boost::system::system_error(fault);
  if (fault == asio::error::not_found)
    throw serval::HttpError(502, "The quota service sent an answer that is too long");
  if (fault) throw serval::Unavailable("The quota service cannot be reached", std::chrono::seconds(1));
  if (answer.find('\n') + 1 != answer.size()) throw serval::HttpError(502, "The quota service sent more than one line");
  lease.keep();
  answer.pop_back();
  co_return answer;
}

serval::Task<error_code> Connections::attempt(Lease& lease, const std::string& line, std::string& answer) {
  error_code fault;
  if (!lease.link) {
    lease.link.emplace(tcp::socket(loop_), instruments_.connections);
    co_await lease.link->socket.async_connect(endpoint_, asio::redirect_error(asio::use_awaitable, fault));
  }
  tcp::socket& socket = lease.link->socket;
  if (!fault) co_await asio::async_write(socket, asio::buffer(line), asio::redirect_error(asio::use_awaitable, fault));
  if (!fault) {
    co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, max_answer_bytes), '\n',
                                    asio::redirect_error(asio::use_awaitable, fault));
  }
  co_return fault;
}

}  // namespace quota
