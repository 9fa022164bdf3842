// SPDX-License-Identifier: MIT
// A cart and a login in a session, protected from the pages of other sites.
//
//   $ ./scripts/run 41_sessions
//
//   $ curl -b '' -w '\n' -d item=tea http://127.0.0.1:8000/items --next -b '' -w '\n' http://127.0.0.1:8000/items
//   ["tea"]
//   ["tea"]
//   $ curl -b '' -d 'name=ann&password=secret' http://127.0.0.1:8000/login --next -b '' http://127.0.0.1:8000/me
//   {"name":"ann"}
//   $ curl http://127.0.0.1:8000/me
//   {"detail":"Not logged in"}
//   $ curl -d item=tea -H 'origin: https://evil.example' http://127.0.0.1:8000/items
//   {"detail":"Cross-site request refused"}
#include <serval/auth.hpp>
#include <serval/middleware.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace serval;

// What the application knows of a visitor.
struct Visit {
  std::optional<std::string> user;
  std::vector<std::string> items;
};

void log_in(Form<std::string, "name"> name, Form<std::string, "password"> password, Session<Visit>& visit) {
  // Example 40 shows how passwords are kept.
  if (!constant_time_equal(*password, "secret")) throw HttpError(401, "Incorrect name or password");
  visit.renew();
  visit->user = *name;
}

std::string current_user(const Session<Visit>& visit) {
  if (!visit->user) throw HttpError(401, "Not logged in");
  return *visit->user;
}

int main(int argc, char** argv) {
  App app;
  // A key of a file stays the same when the program starts again, and sessions stay valid.
  const char* const file = std::getenv("SESSION_KEY_FILE");
  SessionOptions options{.keys = {file != nullptr ? SecretKey::from_file(file) : SecretKey::random()}};
  options.secure = false;  // only here, where browsers come over http
  app.use(Sessions<Visit>(std::move(options)));
  app.use(Csrf());

  app.get("/items")([](const Session<Visit>& visit) { return visit->items; });
  app.post("/items")([](Form<std::string, "item"> item, Session<Visit>& visit) {
    visit->items.push_back(*item);
    return visit->items;
  });
  app.post<log_in>("/login", {.status_code = 204});
  app.post("/logout")([](Session<Visit>& visit) { visit.clear(); });
  app.get("/me")([](Depends<current_user> user) { return json{{"name", *user}}; });
  return app.run(argc, argv);
}
