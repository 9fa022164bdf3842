// SPDX-License-Identifier: MIT
// Log in with user and password for a signed token (JWT) with scopes. "Authorize" at /docs does it: ann, secret.
//
//   $ ./scripts/run 40_jwt
//
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=secret&scope=items'
//   {"access_token":"...","token_type":"bearer"}
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=guess'
//   {"detail":"Incorrect username or password"}
//   $ curl http://127.0.0.1:8000/me
//   {"detail":"Not authenticated"}
//   $ curl http://127.0.0.1:8000/me -H 'authorization: Bearer made-up'
//   {"detail":"Could not validate credentials"}
#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

using namespace serval;

const OAuth2PasswordBearer oauth2({.token_url = "token", .scopes = {{"items", "Read items"}}});

// The claims of a token.
struct User {
  std::string sub;
  Default<std::string> scope;
};

struct Accounts {
  std::mutex mutex;
  std::map<std::string, std::string> hashes;  // by name

  std::optional<std::string> hash_of(const std::string& name) {
    const std::scoped_lock lock(mutex);
    const auto found = hashes.find(name);
    return found == hashes.end() ? std::nullopt : std::optional(found->second);
  }
  // Does nothing if the password was changed meanwhile.
  void replace_hash(const std::string& name, const std::string& old, const std::string& hash) {
    const std::scoped_lock lock(mutex);
    const auto found = hashes.find(name);
    if (found != hashes.end() && found->second == old) found->second = hash;
  }
};

Task<json> log_in(Form<OAuth2PasswordForm> form, State<Accounts> accounts, State<Passwords> passwords,
                  State<Jwt<User>> jwt) {
  const std::optional<std::string> stored = accounts->hash_of(form.username);  // nothing: no such user
  const PasswordCheck check = co_await passwords->verify(form.password.value(), stored);
  if (!check.ok) throw HttpError(401, "Incorrect username or password", {{"www-authenticate", "Bearer"}});
  if (check.new_hash) accounts->replace_hash(form.username, *stored, *check.new_hash);
  const User user{.sub = form.username, .scope = "items"};  // what ann may do, whatever the form asks for
  const std::string token = co_await jwt->issue_async(user);
  co_return json{{"access_token", token}, {"token_type", "bearer"}};
}

int main(int argc, char** argv) {
  App app;
  // A key of a file stays the same when the program starts again, and tokens stay valid.
  const char* const file = std::getenv("JWT_SECRET_FILE");
  app.provide(
      Jwt<User>({.secret = file != nullptr ? SecretKey::from_file(file) : SecretKey::random(), .algorithms = {hs256}}));
  const Passwords& passwords = app.provide(Passwords());
  app.provide(std::make_shared<Accounts>()).hashes["ann"] = passwords.hash_blocking("secret");

  app.post<log_in>("/token");
  app.get("/me")([](Depends<jwt<User, &oauth2>> user) { return *user; });
  app.get("/items")([](Security<jwt<User, &oauth2>, "items"> user) { return json{{"owner", user->sub}}; });
  return app.run(argc, argv);
}
