// SPDX-License-Identifier: MIT
// Several ways to authenticate: alternatives, all of several credentials, and another status without one.
//
//   $ ./scripts/run 45_credentials
//
//   $ curl http://127.0.0.1:8000/report -H 'X-API-Key: monitor-key'
//   {"for":"monitor"}
//   $ curl http://127.0.0.1:8000/report -u ann:secret
//   {"for":"ann"}
//   $ curl http://127.0.0.1:8000/news
//   {"for":"everyone"}
//   $ curl http://127.0.0.1:8000/vault -H 'X-API-Key: monitor-key' -u ann:secret
//   {"opened_by":"ann","with_the_key_of":"monitor"}
//   $ curl http://127.0.0.1:8000/me -w ' %{http_code}\n'
//   {"detail":"Not authenticated"} 403
#include <serval/security.hpp>
#include <serval/serval.hpp>

#include <string>

using namespace serval;

const ApiKeyHeader api_key({.name = "x-api-key"});
const HttpBasic basic({.realm = "shop"});
const HttpBearer bearer({.refusal = HttpError(403, "Not authenticated")});

std::string key_owner(Depends<&api_key> key) {
  if (!constant_time_equal(*key, "monitor-key")) throw HttpError(403, "Wrong key");
  return "monitor";
}

std::string user(Depends<&basic> sent) {
  const bool is_ann = constant_time_equal(sent->username, "ann");
  if (!constant_time_equal(sent->password, "secret") || !is_ann) throw basic.refusal();
  return sent->username;
}

int main(int argc, char** argv) {
  App app;
  app.get("/report")([](Depends<any_of<key_owner, user>> who) { return json{{"for", *who}}; });
  app.get("/news")([](Depends<any_of<user, anonymous>> who) { return json{{"for", who->value_or("everyone")}}; });
  app.get("/vault")([](Depends<all_of<key_owner, user>> both) {
    const auto& [owner, name] = *both;
    return json{{"opened_by", name}, {"with_the_key_of", owner}};
  });
  app.get("/me")([](Depends<&bearer> token) {
    return json{{"message", "You are authenticated"}, {"token", token->credentials}};
  });
  return app.run(argc, argv);
}
