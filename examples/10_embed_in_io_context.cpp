// SPDX-License-Identifier: MIT
// A server inside a program that has its own io_context: handlers, timers and clients share one event loop, so that
// they need no locks. The program starts a server on a free port, sends it a request, and stops it.
//
//   $ ./scripts/run 10_embed_in_io_context
//   serving: true
//   answer: {"ticks":3}
//   stopped
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

namespace asio = boost::asio;
using namespace serval;

// The program's own work.
Task<> tick(int& ticks) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (ticks < 3) {
    timer.expires_after(std::chrono::milliseconds(10));
    co_await timer.async_wait(asio::use_awaitable);
    ++ticks;
  }
}

// A client of the server, on the same loop.
Task<std::string> fetch(std::uint16_t port, std::string path) {
  asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
  const std::string request = "GET " + path + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
  std::string answer;
  boost::system::error_code end_of_file;
  co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                            asio::redirect_error(asio::use_awaitable, end_of_file));
  co_return answer.substr(answer.find("\r\n\r\n") + 4);
}

Task<> run(Server& server, int& ticks) {
  server.start();
  std::cout << "serving: " << std::boolalpha << (server.port() != 0) << '\n';
  co_await tick(ticks);
  std::cout << "answer: " << co_await fetch(server.port(), "/ticks") << '\n';
  server.stop();
}

int main() {
  int ticks = 0;
  App app;
  app.get("/ticks")([&] { return json{{"ticks", ticks}}; });

  asio::io_context context;
  ServerOptions options;
  options.port = 0;  // any free port
  Server server(app, context, options);
  asio::co_spawn(context, run(server, ticks), asio::detached);
  context.run();  // returns when the server has stopped and no work is left
  std::cout << "stopped\n";
}
