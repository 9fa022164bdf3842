#include "app.hpp"

#include <string>

using namespace serval;

void set_up(App& app) {
  app.get("/")([] { return json{{"message", "Hello World"}}; });

  app.get("/hello/{name}")([](Path<std::string, "name"> name) { return json{{"message", "Hello " + *name}}; });
}
