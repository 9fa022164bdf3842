// SPDX-License-Identifier: MIT
// Blocking handlers: work that keeps a thread busy, and calls of a library that blocks, run on a thread pool. A blocked
// event loop serves no other connection, and the log names routes that block it for more than 100 ms.
//
//   $ ./scripts/run 08_blocking_handler
//
//   $ curl 'http://127.0.0.1:8000/primes?below=100000'
//   {"below":100000,"primes":9592}
//   $ curl 'http://127.0.0.1:8000/primes?below=1'
//   {"detail":[{"type":"greater_than_equal","loc":["query","below"],
//     "msg":"Input should be greater than or equal to 2","input":"1","ctx":{"ge":2}}]}
//   $ curl 'http://127.0.0.1:8000/both?below=1000'
//   [{"below":1000,"primes":168},{"below":2000,"primes":303}]
//   $ curl http://127.0.0.1:8000/ping
//   "pong"
//   $ curl http://127.0.0.1:8000/greeting
//   "hello from a coroutine"
#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

using namespace serval;
using namespace std::chrono_literals;

struct Count {
  int below;
  int primes;
};

// The sieve of Eratosthenes: this code is independent of the server.
int count_primes(int below) {
  std::vector<bool> composite(static_cast<std::size_t>(below));
  int count = 0;
  for (std::size_t n = 2; n < composite.size(); ++n) {
    if (composite[n]) continue;
    ++count;
    for (std::size_t multiple = n + n; multiple < composite.size(); multiple += n) composite[multiple] = true;
  }
  return count;
}

// Code that waits without blocking, here for a timer.
Task<std::string> fetch_greeting() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 10ms);
  co_await timer.async_wait(boost::asio::use_awaitable);
  co_return "hello from a coroutine";
}

int main(int argc, char** argv) {
  // Two calls run at a time, up to 16 more wait for a thread, and the response to further ones is 503 with retry-after.
  App app({.blocking_threads = 2, .blocking_queue = 16});

  app.get("/primes", {.blocking = true})([](Query<int, "below", ge(2), le(100'000'000)> below) {
    return Count{below, count_primes(below)};
  });
  app.get("/ping")([] { return "pong"; });  // runs on the event loop: fast
  app.get("/greeting", {.blocking = true})([] { return wait(fetch_greeting()); });
  // A coroutine passes blocking work to the pool, and waits without blocking the event loop.
  app.get("/both")([](Query<int, "below", ge(2), le(50'000'000)> below, Blocking blocking) -> Task<std::vector<Count>> {
    const int first = co_await blocking([&] { return count_primes(below); });
    const int second = co_await blocking([&] { return count_primes(2 * below); });
    co_return std::vector<Count>{{below, first}, {2 * below, second}};
  });
  return app.run(argc, argv);
}
