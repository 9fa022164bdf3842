// SPDX-License-Identifier: MIT
// Log in for a token (JWT) that is valid for 15 minutes, and a refresh token with which the client gets the next one.
//
//   $ ./scripts/run 46_refresh_tokens
//
//   $ curl http://127.0.0.1:8000/token -d 'username=ann&password=secret'
//   {"access_token":"...","token_type":"bearer","expires_in":900,"refresh_token":"..."}
//   $ curl http://127.0.0.1:8000/refresh -d 'refresh_token=made-up'
//   {"error":"invalid_grant"}
//   $ curl http://127.0.0.1:8000/logout -d 'refresh_token=made-up'
//   {"logged_out":true}
#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/task.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

using namespace serval;

const OAuth2PasswordBearer oauth2({.token_url = "token", .refresh_url = "refresh"});

struct User {
  std::string sub;
};

json tokens(const Jwt<User>& jwt, const std::string& name, const std::string& refresh_token) {
  const std::string token = jwt.issue({.sub = name}, {.lifetime = std::chrono::minutes(15)});
  return {{"access_token", token}, {"token_type", "bearer"}, {"expires_in", 900}, {"refresh_token", refresh_token}};
}

Task<json> log_in(Form<OAuth2PasswordForm> form, State<Jwt<User>> jwt, State<RefreshTokens> refresh_tokens) {
  const bool is_ann = constant_time_equal(form.username, "ann");
  if (!constant_time_equal(form.password.value(), "secret") || !is_ann) {
    throw HttpError(401, "Incorrect username or password", {{"www-authenticate", "Bearer"}});
  }
  const std::string first = co_await refresh_tokens->issue(form.username);
  co_return tokens(*jwt, form.username, first);
}

Task<std::variant<Response, json>> refresh(Form<std::string, "refresh_token"> sent, State<Jwt<User>> jwt,
                                           State<RefreshTokens> refresh_tokens) {
  const std::optional<UsedRefreshToken> used = co_await refresh_tokens->use(sent.value());
  if (!used) co_return JsonResponse(json{{"error", "invalid_grant"}}, 400);  // RFC 6749 section 5.2
  co_return tokens(*jwt, used->subject, used->token);
}

Task<json> log_out(Form<std::string, "refresh_token"> sent, State<RefreshTokens> refresh_tokens) {
  static_cast<void>(co_await refresh_tokens->revoke(sent.value()));
  co_return json{{"logged_out", true}};
}

int main(int argc, char** argv) {
  App app;
  Store& store = app.provide<Store>(std::make_shared<MemoryStore>());
  app.provide(Jwt<User>({.secret = SecretKey::random(), .algorithms = {hs256}}));
  app.provide(RefreshTokens(store, {.on_reuse = [](std::string_view subject) {
                              std::cerr << "a refresh token of " << subject << " was used again\n";
                            }}));

  app.post<log_in>("/token");
  app.post<refresh>("/refresh");
  app.post<log_out>("/logout");
  app.get("/me")([](Depends<jwt<User, &oauth2>> user) { return *user; });
  return app.run(argc, argv);
}
