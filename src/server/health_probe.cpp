// SPDX-License-Identifier: MIT
#include "server/health_probe.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/target.hpp>

#include "base/host_and_port.hpp"
#include "base/read_number.hpp"
#include "base/run_task.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using asio::use_awaitable;

namespace {

constexpr std::size_t max_status_line = 1024;

/// A server that listens on every address is asked on this machine's own.
std::string address_of(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  return host == "::" ? "::1" : host;
}

/// The status in "HTTP/1.1 200 OK"; 0 if it is none.
int status_in(std::string_view line) {
  int status = 0;
  const bool is_status = line.size() >= 12 && line.starts_with("HTTP/1.") && line[8] == ' ' &&
                         read_number(line.substr(9, 3), status) && (line.size() == 12 || line[12] == ' ');
  return is_status ? status : 0;
}

std::string request_for(std::string_view target, std::string_view address) {
  const http::Target parts = http::Target::parse(target).value_or(http::Target{});
  std::string request("GET ");
  request.append(parts.path);
  if (!parts.query.empty()) request.append("?").append(parts.query);
  request.append(" HTTP/1.1\r\nhost: ").append(parts.authority.empty() ? address : parts.authority);
  return request.append("\r\nconnection: close\r\n\r\n");
}

template <class Socket>
Task<int> ask(Socket& socket, std::string_view request) {
  co_await asio::async_write(socket, asio::buffer(request), use_awaitable);
  std::string answer;
  const std::size_t end =
      co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, max_status_line), "\r\n", use_awaitable);
  co_return status_in(std::string_view(answer).substr(0, end - 2));
}

Task<void> ask_unix(const std::string& path_of_socket, std::string_view target, int& status) {
  std::string name = path_of_socket;
  if (name.starts_with('@')) name.front() = '\0';
  asio::local::stream_protocol::socket socket(co_await asio::this_coro::executor);
  const asio::local::stream_protocol::endpoint endpoint(name);
  co_await socket.async_connect(endpoint, use_awaitable);
  const std::string request = request_for(target, "localhost");
  status = co_await ask(socket, request);
}

Task<void> ask_tcp(const std::string& host, std::uint16_t port, std::string_view target, int& status) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto addresses = co_await resolver.async_resolve(host, std::to_string(port), use_awaitable);
  asio::ip::tcp::socket socket(executor);
  co_await asio::async_connect(socket, addresses, use_awaitable);
  const std::string request = request_for(target, host_and_port(host, port));
  status = co_await ask(socket, request);
}

}  // namespace

bool is_health_target(std::string_view target) {
  const std::optional<http::Target> parts = http::Target::parse(target);
  if (!parts) return false;
  return parts->form == http::Target::Form::origin ||
         (parts->form == http::Target::Form::absolute && parts->scheme == "http");
}

std::string probe_health(const ServerOptions& options, std::string_view target, std::chrono::milliseconds timeout) {
  const ListenerOptions place = options.listeners.empty() ? ListenerOptions{.host = options.host, .port = options.port}
                                                          : options.listeners.front();
  if (place.descriptor >= 0) return "the server listens on an inherited socket, whose address is not known here";
  const bool is_unix = !place.unix_socket.empty();
  const std::string host = address_of(place.host);
  const std::string where = is_unix ? "unix:" + place.unix_socket : host_and_port(host, place.port);
  if (!is_unix && place.port == 0) return "the server listens on any free port: set one";
  asio::io_context context(1);
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  int status = 0;
  try {
    run_task(context, is_unix ? ask_unix(place.unix_socket, target, status) : ask_tcp(host, place.port, target, status),
             deadline);
  } catch (const boost::system::system_error& error) {
    const bool is_late = std::chrono::steady_clock::now() >= deadline;
    return where + ": " +
           (is_late ? "no answer in " + std::to_string(timeout.count()) + " ms" : error.code().message());
  } catch (const std::exception& error) {
    return where + ": " + error.what();
  }
  if (status == 0) return where + " gave no HTTP answer";
  return status >= 200 && status < 300 ? "" : where + " answered " + std::to_string(status);
}

}  // namespace serval::detail
