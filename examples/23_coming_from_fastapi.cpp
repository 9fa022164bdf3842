// SPDX-License-Identifier: MIT
// FastAPI features that are in no other example; docs/coming_from_fastapi.md shows them beside the Python.
//
//   $ ./scripts/run 23_coming_from_fastapi
//
//   $ curl http://127.0.0.1:8000/users/me -H 'X-User: ada'
//   {"name":"ada"}
//   $ curl http://127.0.0.1:8000/users/a%2Fb
//   {"id":"a/b"}
//   $ curl -X PUT -w ' %{http_code} %header{set-cookie}\n' http://127.0.0.1:8000/tasks/7
//   {"id":7} 201 last=7; HttpOnly; Path=/; SameSite=lax
//   $ curl -X PUT http://127.0.0.1:8000/tasks/2147483648
//   path: Input should be less than or equal to 2147483647
//   $ curl -X PATCH --json '{"done":true}' http://127.0.0.1:8000/tasks/1
//   {"title":"write","done":true}
//   $ curl -X POST 'http://127.0.0.1:8000/mails?to=ada@example.com'
//   {"message":"on its way"}
//   $ curl -L http://127.0.0.1:8000/old
//   <h1>Hello</h1>
#include <serval/serval.hpp>
#include <serval/testing.hpp>
#include <serval/types.hpp>

#include <variant>

using namespace serval;

struct User {
  std::string name;
};
User current_user(Header<std::string, "x-user"> name) { return {name}; }

struct Note {
  std::string title;
  Default<bool> done = false;
};

void send_mail(const std::string&) {}  // a placeholder for slow work

void add_routes(App& app) {
  app.get("/users/{id}")([](Path<std::string, "id"> id) { return json{{"id", id}}; });
  app.get("/users/me")([](Depends<current_user> user) { return *user; });  // literal text takes precedence in any order

  app.put("/tasks/{id}")([](Path<int, "id"> id, Response& response) {
    response.set_status(status::created);
    response.headers().set("x-task", "new");
    response.set_cookie("last", std::to_string(id), {.http_only = true});
    return json{{"id", id}};
  });
  app.patch("/tasks/{id}")([](Path<int, "id">, Partial<Note> changes) { return changes.applied_to({"write"}); });

  app.post("/mails", {.status_code = 202})([](Query<Email, "to"> to, BackgroundTasks& background) {
    background.add([address = std::string(to)] { send_mail(address); });
    return json{{"message", "on its way"}};
  });

  app.get("/page")([] { return html("<h1>Hello</h1>"); });
  app.get("/old", {.include_in_schema = false})([] { return redirect("/page"); });

  app.on_error<ValidationError>([](const ValidationError& error) {
    const schema::Issue& first = error.issues().front();
    return plain_text(std::get<std::string>(first.loc[0]) + ": " + first.msg, 400);
  });
}

// In a test: a separate application, and a user who needs no header.
bool test_me() {
  App app;
  add_routes(app);
  app.override_dependency<current_user>([] { return User{"tester"}; });
  return TestClient(app).get("/users/me").json() == json{{"name", "tester"}};
}

int main(int argc, char** argv) {
  if (!test_me()) return 1;
  App app({.title = "Coming from FastAPI"});
  add_routes(app);
  return app.run(argc, argv);
}
