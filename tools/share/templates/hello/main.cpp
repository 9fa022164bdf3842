#include <serval/serval.hpp>

#include "app.hpp"

int main(int argc, char** argv) {
  serval::App app({.title = "my_service"});
  set_up(app);
  return app.run(argc, argv);
}
