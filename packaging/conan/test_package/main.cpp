// SPDX-License-Identifier: MIT
// The program of the recipe's test: it sends an application a request without a socket.
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include <iostream>

int main() {
  serval::App app;
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  const serval::TestResponse response = serval::TestClient(app).get("/");
  std::cout << response.body << '\n';
  return response.status == 200 ? 0 : 1;
}
