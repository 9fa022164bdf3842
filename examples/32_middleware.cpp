// SPDX-License-Identifier: MIT
// Middleware, which runs around handlers: for the whole application, for a router, for one route.
//
//   $ ./scripts/run 32_middleware
//
//   $ curl -o /dev/null -w '%header{x-served-by}\n' http://127.0.0.1:8000/nowhere
//   example
//   $ curl http://127.0.0.1:8000/admin/users
//   {"detail":"Who are you?"}
//   $ curl -H 'x-token: secret' http://127.0.0.1:8000/admin/users
//   ["ann","bob"]
//   $ curl http://127.0.0.1:8000/report
//   {"detail":"The store is down"}
//   $ curl http://127.0.0.1:8000/finished
//   4
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace serval;

/// Every response passes through it: those of routes, 404, other errors, documents, files.
struct ServedBy {
  std::string name;
  void after(const Request&, Response& response) { response.headers().set("x-served-by", name); }
};

/// Refuses a request before its body is read.
struct WantToken {
  std::string token;
  std::optional<Response> before(Request& request) {
    if (request.header("x-token") == token) return std::nullopt;
    throw HttpError(401, "Who are you?");
  }
};

/// Called for every request after its response was sent.
struct Count {
  std::atomic<int>& finished_requests;
  void finished(const Request&, const Finished& how) {
    if (how.ending == http::Ending::complete) ++finished_requests;
  }
};

/// A coroutine that runs around the inner middleware and the handler.
Task<void> translate_errors(Request&, Response& response, Next next) {
  try {
    co_await next();
  } catch (const std::runtime_error&) {
    response = Response(502, R"({"detail":"The store is down"})", "application/json");
  }
}

int main(int argc, char** argv) {
  std::atomic<int> finished_requests{0};
  App app;
  app.use(ServedBy{"example"});
  app.use(Count{finished_requests});
  app.use(translate_errors);
  app.use([](Request&, Response& response, Next next) -> Task<void> {
    const auto begin = std::chrono::steady_clock::now();
    co_await next();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    response.headers().set("x-process-time", std::to_string(time.count()));
  });

  Router admin({.prefix = "/admin", .middleware = {middleware(WantToken{"secret"})}});
  admin.get("/users")([] { return std::vector<std::string>{"ann", "bob"}; });
  app.include(admin);

  app.get("/report")([]() -> int { throw std::runtime_error("no connection"); });
  app.get("/finished")([&] { return finished_requests.load(); });
  return app.run(argc, argv);
}
