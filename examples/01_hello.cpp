// SPDX-License-Identifier: MIT
// The smallest application: one route that returns JSON.
//
//   $ ./scripts/run 01_hello
//
//   $ curl http://127.0.0.1:8000/
//   {"message":"Hello World"}
#include <serval/serval.hpp>
using namespace serval;

int main(int argc, char** argv) {
  App app;
  app.get("/")([] { return json{{"message", "Hello World"}}; });
  return app.run(argc, argv);  // http://127.0.0.1:8000, docs at /docs
}
