// SPDX-License-Identifier: MIT
// How many requests a client may send and a server accepts at once, and responses that clients need not load again.
//
//   $ ./scripts/run 39_limits
//
//   $ curl -i http://127.0.0.1:8000/items
//   HTTP/1.1 200 OK
//   date: ...
//   server: serval
//   content-type: application/json
//   etag: "7ca064b7299547eecef41ee83cb4142a"
//   ratelimit-policy: "default";q=100;w=60
//   ratelimit: "default";r=19;t=1
//   content-length: 9
//
//   ["apple"]
//   $ curl -i http://127.0.0.1:8000/items -H 'If-None-Match: "7ca064b7299547eecef41ee83cb4142a"'
//   HTTP/1.1 304 Not Modified
//   date: ...
//   server: serval
//   etag: "7ca064b7299547eecef41ee83cb4142a"
//   ratelimit-policy: "default";q=100;w=60
//   ratelimit: "default";r=18;t=1
//
//   $ curl http://127.0.0.1:8000/report -H 'x-user: ann'
//   "for ann"
//   $ curl http://127.0.0.1:8000/report -H 'x-user: ann'
//   {"detail":{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded",
//       "title":"Too many requests","violated-policies":["user"]}}
//   $ curl http://127.0.0.1:8000/report -H 'x-user: bob'
//   "for bob"
//   $ curl -X POST http://127.0.0.1:8000/login
//   {"token":"..."}
//   $ curl -s -o /dev/null -w '%{http_code}\n' -X POST http://127.0.0.1:8000/login
//   429
#include <chrono>
#include <memory>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>

using namespace serval;
using namespace std::chrono_literals;

// Stands for a dependency that finds out who sends the request, see "Security schemes".
std::string current_user(Header<std::string, "x-user"> user) { return *user; }

void limit_user(Depends<current_user> user, State<RateLimiter> limiter, Response& response) {
  limiter->require(*user, response);
}

int main(int argc, char** argv) {
  App app;
  app.use(RateLimit({.limit = 100, .window = 60s, .burst = 20}));
  app.use(LoadShedding({.in_flight = 512, .queue_delay = 100ms, .exempt = {"/health"}}));
  app.use(Conditional());
  app.get("/items")([] { return json::array({"apple"}); });

  // For each user, wherever the requests come from.
  app.provide(RateLimiter({.limit = 1, .window = 60s, .name = "user"}));
  app.get("/report",
          {.dependencies = {depends<limit_user>}})([](Depends<current_user> user) { return "for " + *user; });

  // With counts in a store, which several processes can share.
  Store& store = app.provide<Store>(std::make_shared<MemoryStore>());
  const SharedRateLimit logins(store, {.limit = 1, .window = 60s, .name = "login"});
  app.post("/login", {.middleware = {middleware(logins)}})([] { return json{{"token", "..."}}; });
  return app.run(argc, argv);
}
