// SPDX-License-Identifier: MIT
// Settings: a plain struct, read from the environment, an `.env` file and its own defaults before the program serves.
//
//   $ ./scripts/run 37_settings
//
//   $ curl http://127.0.0.1:8000/info
//   {"app_name":"Awesome API","admin_email":"admin@example.com","items_per_user":50}
//   $ curl http://127.0.0.1:8000/database
//   {"url":"postgres://localhost:5432","password":"**********"}
//   $ curl http://127.0.0.1:8000/test
//   {"passed":true}
#include <serval/serval.hpp>
#include <serval/settings.hpp>
#include <serval/testing.hpp>
#include <serval/types.hpp>

#include <string>

using namespace serval;

const std::string env_file = EXAMPLES_DIR "/37_settings.env";  // a program of yours has ".env"

struct Database {
  Default<std::string> host = "localhost";
  Field<Default<int>, ge(1), le(65535)> port = 5432;
  Secret<std::string> password;
};

struct Settings {
  Default<std::string> app_name = "Awesome API";
  Email admin_email;  // required
  Field<Default<int>, ge(1)> items_per_user = 50;
  Database db;  // SHOP_DB__HOST, SHOP_DB__PORT, SHOP_DB__PASSWORD
};

Settings get_settings(State<Settings> settings) { return *settings; }

void add_routes(App& app) {
  app.get("/info")([](Depends<get_settings> settings) {
    return json{{"app_name", settings->app_name},
                {"admin_email", settings->admin_email},
                {"items_per_user", settings->items_per_user}};
  });
  app.get("/database")([](State<Settings> settings) {
    const Database& db = settings->db;
    return json{{"url", "postgres://" + *db.host + ":" + std::to_string(db.port)}, {"password", db.password}};
  });
}

Settings fake_settings() {
  Settings fake;
  fake.app_name = "Fake";
  return fake;
}

// In a test: settings without the environment of the machine, then others in place of them.
bool test_info() {
  App app;
  app.provide(load_settings<Settings>(
      {.values = {{"admin_email", "a@example.com"}, {"db__password", "x"}}, .environment = {{}}}));
  add_routes(app);
  const bool has_default = TestClient(app).get("/info").json()["items_per_user"] == 50;
  app.override_dependency<get_settings>(fake_settings);
  return has_default && TestClient(app).get("/info").json()["app_name"] == "Fake";
}

int main(int argc, char** argv) {
  const SettingsOptions sources{.prefix = "SHOP_", .env_files = {env_file}, .secrets_dir = "/run/secrets"};
  const auto settings = read_settings<Settings>(argc, argv, sources);  // ends the program if they are not valid
  App app({.title = settings.app_name});
  app.provide(settings);
  add_routes(app);
  app.get("/test")([] { return json{{"passed", test_info()}}; });
  return app.run(argc, argv);
}
