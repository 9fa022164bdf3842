// SPDX-License-Identifier: MIT
// Testing an application without a socket: TestClient sends a request through routing, validation and handler and
// returns the response. It works with any test framework; apps/todo/tests shows GoogleTest.
//
//   $ ./scripts/run 09_testing
//   ok: reads an item
//   ok: creates an item
//   ok: names every fault
//   ok: keeps the cookie of the session
//   ok: uploads files
//   ok: echoes a message
#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

using namespace serval;

struct Item {
  Field<std::string, min_length(1)> name;
  Field<double, gt(0)> price;
};

// Sets up an application: the program's main() calls it once, each test separately.
void add_routes(App& app) {
  app.get("/items/{id}")([](Path<int, "id"> id) { return json{{"id", id}}; });
  app.post("/items", {.status_code = 201})([](Item item) { return item; });
  app.post("/photos")([](Form<std::string, "title"> title, File<std::vector<UploadFile>, "photos"> photos) {
    return json{{"title", title}, {"first", photos.at(0).filename()}, {"count", photos.size()}};
  });
  app.post("/login")([](Response& response) { response.set_cookie("session", "s1"); });
  app.get("/me")([](Cookie<std::string, "session"> session) { return json{{"session", session}}; });
}

Task<void> echo(WebSocket& socket) {
  co_await socket.accept();
  for (;;) co_await socket.send_text(co_await socket.receive_text());
}

bool all_ok = true;

void expect(bool holds, std::string_view what) {
  std::cout << (holds ? "ok: " : "FAILED: ") << what << '\n';
  all_ok = all_ok && holds;
}

int main() {
  App app;
  add_routes(app);
  app.websocket<echo>("/echo");
  TestClient client{app};

  const auto read = client.get("/items/3");
  expect(read.status == 200 && read.json() == json{{"id", 3}}, "reads an item");

  const auto created = client.post("/items", {.json = json{{"name", "Chair"}, {"price", 49.9}}});
  expect(created.status == 201 && created.body == R"({"name":"Chair","price":49.9})", "creates an item");

  const auto refused = client.post("/items", {.json = json{{"name", ""}, {"price", -1}}});
  expect(refused.status == 422 && refused.json()["detail"].size() == 2, "names every fault");

  client.post("/login");
  expect(client.get("/me").json()["session"] == "s1", "keeps the cookie of the session");

  const auto photos = client.post(
      "/photos",
      {.form = {{"title", "Tom"}}, .files = {{"photos", "a.png", "12345", "image/png"}, {"photos", "b.png", ""}}});
  expect(photos.body == R"({"title":"Tom","first":"a.png","count":2})", "uploads files");

  auto socket = client.websocket("/echo");
  socket.send_text("Hello");
  expect(socket.receive_text() == "Hello", "echoes a message");
  return all_ok ? 0 : 1;
}
