// SPDX-License-Identifier: MIT
// error: a start or stop function, a service and a repeated function are called without a request
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.on_start([](Request& request) { request.body(); });
}
