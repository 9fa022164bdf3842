// SPDX-License-Identifier: MIT
// The hello world under the middleware that limits requests and makes entity tags, with limits that are never reached.
#include <chrono>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  serval::App app;
  app.use(serval::RateLimit({.limit = 1'000'000'000, .window = 60s}));
  app.use(serval::LoadShedding({.in_flight = 1'000, .queue_delay = 10s}));
  app.use(serval::Conditional());
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  return app.run(argc, argv);
}
