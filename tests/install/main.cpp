// SPDX-License-Identifier: MIT
// The program that each consumer project builds: it serves, and asks the application the question itself.
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/testing.hpp>

#include <iostream>

using namespace serval;

int main() {
  App app;
  app.get("/")([] { return json{{"message", "Hello World"}}; });

  Server server(app, {.port = 0, .threads = 1});
  server.start();
  TestClient client(app);
  const TestResponse response = client.get("/");
  server.stop(std::chrono::milliseconds(0));
  server.join();
  if (server.port() == 0 || response.status != 200) return 1;
  std::cout << response.body << '\n';
}
