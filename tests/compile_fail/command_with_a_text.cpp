// SPDX-License-Identifier: MIT
// error: a command returns its exit code, an int, or nothing
#include <string>

#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.command("work", [] { return std::string("done"); });
}
