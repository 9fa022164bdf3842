// SPDX-License-Identifier: MIT
// The program of consumers that link only the core: it starts a server, and sends its application a request through a
// TestClient.
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
