// SPDX-License-Identifier: MIT
// The middleware of the library for APIs that browsers use: CORS, trusted hosts, security headers.
//
//   $ ./scripts/run 36_builtin_middleware
//
//   $ curl -i http://127.0.0.1:8000/items -H 'Origin: https://a.example'
//   HTTP/1.1 200 OK
//   date: ...
//   server: serval
//   content-type: application/json
//   vary: Origin
//   access-control-allow-origin: https://a.example
//   x-content-type-options: nosniff
//   referrer-policy: no-referrer
//   x-frame-options: DENY
//   cross-origin-opener-policy: same-origin
//   cross-origin-resource-policy: same-origin
//   content-security-policy: default-src 'none'; frame-ancestors 'none'
//   content-length: 9
//
//   ["apple"]
//   $ curl -X OPTIONS http://127.0.0.1:8000 -H 'Origin: https://a.example' -H 'Access-Control-Request-Method: PUT'
//   OK
//   $ curl -X OPTIONS http://127.0.0.1:8000 -H 'Origin: https://b.example' -H 'Access-Control-Request-Method: PUT'
//   Disallowed CORS origin
//   $ curl http://127.0.0.1:8000/items -H 'Host: evil.example'
//   Invalid host header
#include <serval/middleware.hpp>
#include <serval/serval.hpp>

using namespace serval;

int main(int argc, char** argv) {
  App app;
  // Their stages order them, whatever the order of these lines.
  app.use(Cors({.allow_origins = {"https://a.example"}, .allow_methods = {"GET", "PUT"}}));
  app.use(SecurityHeaders());
  app.use(TrustedHosts({"127.0.0.1", "localhost", "*.a.example"}));
  app.get("/items")([] { return json::array({"apple"}); });
  return app.run(argc, argv);
}
