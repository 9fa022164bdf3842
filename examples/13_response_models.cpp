// SPDX-License-Identifier: MIT
// Responses: the return type of a handler decides which members they show, their status, and their documentation.
//
//   $ ./scripts/run 13_response_models
//
//   $ curl --json '{"name":"Ada","email":"ada@example.com","password":"x"}' http://127.0.0.1:8000/users
//   {"id":1,"name":"Ada","email":"ada@example.com"}
//   $ curl --json '{"name":"Ada","password":"y"}' http://127.0.0.1:8000/users
//   "Ada is taken"
//   $ curl -i --json '{"name":"Bob","password":"z"}' http://127.0.0.1:8000/users
//   HTTP/1.1 201 Created
//   date: ...
//   server: serval
//   content-type: application/json
//   location: /users/2
//   set-cookie: user=2; Path=/; SameSite=lax
//   content-length: 34
//
//   {"id":2,"name":"Bob","email":null}
//   $ curl http://127.0.0.1:8000/users/2
//   {"id":2,"name":"Bob"}
//   $ curl http://127.0.0.1:8000/users
//   [{"id":1,"name":"Ada"},{"id":2,"name":"Bob"}]
//   $ curl -L http://127.0.0.1:8000/me
//   {"id":1,"name":"Ada","email":"ada@example.com"}
//   $ curl http://127.0.0.1:8000/
//   <h1>Users</h1>
#include <serval/serval.hpp>

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

using namespace serval;

struct NewUser {
  std::string name;
  std::optional<std::string> email;
  std::string password;
};
struct User {
  std::size_t id;
  std::string name;
  std::optional<std::string> email;
};

int main(int argc, char** argv) {
  std::mutex mutex;  // guards the users
  std::vector<User> users;
  App app;

  // One of several responses, with a header field and a cookie. Only members of `User` are shown.
  app.post("/users")([&](NewUser input, Response& response) -> OneOf<http::Created<User>, http::Conflict<std::string>> {
    const std::lock_guard lock(mutex);
    for (const User& user : users) {
      if (user.name == input.name) return http::Conflict{user.name + " is taken"};
    }
    users.push_back({users.size() + 1, input.name, input.email});
    response.headers().set("location", "/users/" + std::to_string(users.size()));
    response.set_cookie("user", std::to_string(users.size()));
    return http::Created{users.back()};
  });
  // A value or an error; an option declares the error for the document. Members without a value are left out.
  app.get("/users/{id}", {.responses = {{.status = 404}}, .response_model_exclude_none = true})(
      [&](Path<std::size_t, "id"> id) -> Result<User> {
        const std::lock_guard lock(mutex);
        if (id < 1 || id > users.size()) return HttpError(404);
        return users[id - 1];
      });
  // This route leaves out some members.
  app.get("/users", {.response_model_exclude = {"email"}})([&] {
    const std::lock_guard lock(mutex);
    return users;
  });
  app.get("/me")([] { return redirect("/users/1"); });
  app.get("/")([] { return html("<h1>Users</h1>"); });
  return app.run(argc, argv);
}
