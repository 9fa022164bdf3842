// SPDX-License-Identifier: MIT
// error: a command is called without a request; it takes a plain struct with its options
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.command("work", [](Request& request) { request.body(); });
}
