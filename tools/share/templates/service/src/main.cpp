#include <serval/serval.hpp>
#include <serval/settings.hpp>

#include "app.hpp"
#include "settings.hpp"

int main(int argc, char** argv) {
  const auto settings = serval::read_settings<Settings>(argc, argv, {.prefix = "MY_SERVICE_", .env_files = {".env"}});
  serval::App app({.title = "my_service"});
  set_up(app, settings);
  return app.run(argc, argv);
}
