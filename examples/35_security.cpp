// SPDX-License-Identifier: MIT
// Security schemes: an API key, HTTP Basic, and OAuth 2.0 tokens with scopes. "Authorize" at /docs asks for them.
//
//   $ ./scripts/run 35_security
//
//   $ curl http://127.0.0.1:8000/status -H 'X-API-Key: monitor-key'
//   {"ok":true}
//   $ curl http://127.0.0.1:8000/admin -u admin:pass-word
//   {"hello":"admin"}
//   $ curl http://127.0.0.1:8000/me -H 'Authorization: Bearer made-up'
//   {"detail":"Invalid token"}
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=secret&scope=me'
//   {"access_token":"...","token_type":"bearer"}
#include <serval/security.hpp>
#include <serval/serval.hpp>

#include <map>
#include <mutex>
#include <set>
#include <string>

using namespace serval;

const ApiKeyHeader api_key({.name = "x-api-key"});
const HttpBasic basic({.realm = "shop"});
const OAuth2PasswordBearer oauth2({.token_url = "token", .scopes = {{"me", "Read yourself"}}});

struct Session {
  std::string user;
  std::set<std::string> scopes;
};
struct Sessions {
  std::mutex mutex;
  std::map<std::string, Session> by_token;
};

void check_key(Depends<&api_key> key) {
  if (!constant_time_equal(*key, "monitor-key")) throw HttpError(403, "Wrong key");
}

bool is_login(const std::string& user, const std::string& password, const char* name, const char* secret) {
  const bool is_user = constant_time_equal(user, name);  // both are compared, whatever the first says
  return constant_time_equal(password, secret) && is_user;
}

std::string admin(Depends<&basic> sent) {
  if (!is_login(sent->username, sent->password, "admin", "pass-word")) throw basic.refusal();
  return sent->username;
}

Session current_session(const SecurityScopes& required, Depends<&oauth2> token, State<Sessions> sessions) {
  const std::scoped_lock lock(sessions->mutex);
  const auto found = sessions->by_token.find(*token);
  if (found == sessions->by_token.end()) throw HttpError(401, "Invalid token", {{"www-authenticate", "Bearer"}});
  for (const std::string& scope : required.scopes) {
    if (!found->second.scopes.contains(scope)) throw HttpError(403, "Not enough permissions");
  }
  return found->second;
}

json log_in(Form<OAuth2PasswordForm> form, State<Sessions> sessions) {
  if (!is_login(form.username, form.password.value(), "ann", "secret")) {
    throw HttpError(401, "Incorrect username or password", {{"www-authenticate", "Bearer"}});
  }
  const std::string token = Uuid::random().to_string();
  const std::scoped_lock lock(sessions->mutex);
  sessions->by_token[token] = {form.username, {"me"}};  // what ann may do, whatever the form asks for
  return {{"access_token", token}, {"token_type", "bearer"}};
}

int main(int argc, char** argv) {
  App app;
  app.lifespan<Sessions>();
  app.get("/status", {.dependencies = {depends<check_key>}})([] { return json{{"ok", true}}; });
  app.get("/admin")([](Depends<admin> name) { return json{{"hello", *name}}; });
  app.post<log_in>("/token");
  app.get("/me")([](Security<current_session, "me"> session) { return json{{"user", session->user}}; });
  return app.run(argc, argv);
}
