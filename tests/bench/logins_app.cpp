// SPDX-License-Identifier: MIT
// The hello world, and logins whose passwords are checked with argon2id.
#include <string>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

using namespace serval;

int main(int argc, char** argv) {
  App app;
  const Passwords& passwords = app.provide(Passwords());
  const std::string stored = wait(
      [](const Passwords& hasher) -> Task<std::string> { co_return co_await hasher.hash("correct horse"); }(passwords));
  app.get("/")([] { return json{{"message", "Hello World"}}; });
  app.post("/login")([stored](Body<std::string> password, State<Passwords> hasher) -> Task<bool> {
    const PasswordCheck check = co_await hasher->verify(*password, stored);
    co_return check.ok;
  });
  return app.run(argc, argv);
}
