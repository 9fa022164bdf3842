// SPDX-License-Identifier: MIT
// Coroutine handlers: while one waits, its thread serves other requests. They return Task<T> and await any operation of
// Asio; if the deadline passes or the connection breaks, that operation is cancelled.
//
//   $ ./scripts/run 07_async_handler
//
//   $ curl http://127.0.0.1:8000/weather/oslo
//   {"city":"oslo","celsius":4}
//   $ curl 'http://127.0.0.1:8000/compare?from=oslo&to=rome'
//   {"from":{"city":"oslo","celsius":4},"to":{"city":"rome","celsius":21},"warmer_by":17}
//   $ curl http://127.0.0.1:8000/weather/atlantis
//   {"detail":"No weather for atlantis"}
//   $ curl -i http://127.0.0.1:8000/slow
//   HTTP/1.1 503 Service Unavailable
//   date: ...
//   server: serval
//   content-type: application/json
//   content-length: 38
//   connection: close
//
//   {"detail":"The handler took too long"}
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <string>
#include <utility>

using namespace serval;
using namespace boost::asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

struct Weather {
  std::string city;
  int celsius;
};

struct Comparison {
  Weather from, to;
  int warmer_by;
};

Task<> wait(std::chrono::milliseconds time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

// Stands for a call to another service. A coroutine takes its arguments by value: they live in its frame.
Task<Weather> fetch_weather(std::string city) {
  co_await wait(100ms);
  if (city == "oslo") co_return Weather{city, 4};
  if (city == "rome") co_return Weather{city, 21};
  throw HttpError(404, "No weather for " + city);
}

Task<Weather> weather(Path<std::string, "city"> city) { co_return co_await fetch_weather(city); }

// Both at once: it takes as long as the slower one.
Task<Comparison> compare(Query<std::string, "from"> from, Query<std::string, "to"> to) {
  auto [a, b] = co_await (fetch_weather(from) && fetch_weather(to));
  const int warmer_by = b.celsius - a.celsius;
  co_return Comparison{std::move(a), std::move(b), warmer_by};
}

Task<> sleep_for_an_hour() { co_await wait(1h); }

int main(int argc, char** argv) {
  App app;
  app.get<weather>("/weather/{city}");
  app.get<compare>("/compare");
  app.get<sleep_for_an_hour>("/slow", {.deadline = 200ms});
  return app.run(argc, argv);
}
