// SPDX-License-Identifier: MIT
// The program of consumers that link the room `auth`: it reads a token that it has issued, and a password.
#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include <iostream>
#include <string>

using namespace serval;

struct User {
  std::string sub;
};

const HttpBearer bearer;

int main() {
  App app;
  const auto& tokens = app.provide(Jwt<User>({.secret = SecretKey::random(), .algorithms = {hs256}}));
  const auto& passwords = app.provide(Passwords());
  app.get("/")([](Depends<jwt<User, &bearer>> user) { return json{{"message", "Hello " + user->sub}}; });

  const std::string hash = passwords.hash_blocking("secret");
  if (!passwords.verify_blocking("secret", hash).ok || passwords.verify_blocking("guess", hash).ok) return 1;
  const TestResponse response =
      TestClient(app).get("/", {.headers = {{"authorization", "Bearer " + tokens.issue({.sub = "World"})}}});
  std::cout << response.body << '\n';
}
