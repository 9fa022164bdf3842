// SPDX-License-Identifier: MIT
// Responses that are made once for many requests, and requests that may be repeated without being processed twice.
//
//   $ ./scripts/run 42_caching
//
//   $ curl http://127.0.0.1:8000/prices
//   {"apple":3,"made":1}
//   $ curl http://127.0.0.1:8000/prices
//   {"apple":3,"made":1}
//   $ curl -X PUT 'http://127.0.0.1:8000/prices?apple=4'
//   null
//   $ curl http://127.0.0.1:8000/prices
//   {"apple":4,"made":2}
//
//   $ curl -X POST 'http://127.0.0.1:8000/pay?amount=5' -H 'idempotency-key: "8e03"'
//   {"payment":1,"amount":5}
//   $ curl -i -X POST 'http://127.0.0.1:8000/pay?amount=5' -H 'idempotency-key: "8e03"'
//   HTTP/1.1 201 Created
//   date: ...
//   server: serval
//   content-type: application/json
//   idempotency-replayed: true
//   content-length: 24
//
//   {"payment":1,"amount":5}
//   $ curl -X POST 'http://127.0.0.1:8000/pay?amount=6' -H 'idempotency-key: "8e03"'
//   {"detail":"This Idempotency-Key was used for another request; use a new key"}
//   $ curl -X POST 'http://127.0.0.1:8000/pay?amount=5'
//   {"detail":"The Idempotency-Key is missing"}
#include <atomic>
#include <chrono>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>

using namespace serval;
using namespace std::chrono_literals;

int main(int argc, char** argv) {
  std::atomic<int> apple{3}, made{0}, payments{0};

  App app;
  Router prices({.prefix = "/prices", .middleware = {middleware(ResponseCache({.ttl = 1min, .stale = 1h}))}});
  prices.get("")([&] { return json{{"apple", apple.load()}, {"made", ++made}}; });  // stands for something slow
  prices.put("")([&](Query<int, "apple"> price) { apple = *price; });
  app.include(prices);

  const Idempotency keys({.required = true});
  app.post("/pay", {.status_code = 201, .middleware = {middleware(keys)}})([&](Query<int, "amount"> amount) {
    return json{{"payment", ++payments}, {"amount", *amount}};
  });
  return app.run(argc, argv);
}
