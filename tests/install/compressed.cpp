// SPDX-License-Identifier: MIT
// The program of consumers that link the room `compression`. Unlike main.cpp, it also compresses a response, and its
// server can compress the messages of WebSockets.
#include <serval/compression.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/testing.hpp>

#include <iostream>
#include <string>

using namespace serval;

int main() {
  App app;
  app.use(Compression());
  app.get("/")([] { return json{{"message", "Hello World"}}; });
  app.get("/large")([] { return plain_text(std::string(1000, 'x')); });

  Server server(app, {.port = 0, .threads = 1, .web_sockets = {.compression = permessage_deflate()}});
  server.start();
  TestClient client(app);
  const TestResponse response = client.get("/");
  const TestResponse packed = client.get("/large", {.headers = {{"accept-encoding", "gzip"}}});
  server.stop(std::chrono::milliseconds(0));
  server.join();
  if (server.port() == 0 || packed.header("content-encoding") != "gzip" || packed.body.size() > 100) return 1;
  std::cout << response.body << '\n';
}
