// SPDX-License-Identifier: MIT
// The hello world under five middlewares whose hooks do nothing before and after the handler.
#include <serval/serval.hpp>

namespace {

struct Empty {
  void before(serval::Request&) {}
  void after(const serval::Request&, serval::Response&) {}
};

}  // namespace

int main(int argc, char** argv) {
  serval::App app;
  for (int i = 0; i < 5; ++i) app.use(Empty());
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  return app.run(argc, argv);
}
