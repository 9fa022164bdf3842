// SPDX-License-Identifier: MIT
// error: serval: the status of a response must be from 200 to 599
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.get("/")([] { return http::Answer<100, int>{1}; });
}
