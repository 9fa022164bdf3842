// SPDX-License-Identifier: MIT
// Routers: routes declared in separate parts and included under prefixes; a whole application mounted in another.
//
//   $ ./scripts/run 06_routers
//
//   $ curl http://127.0.0.1:8000/v1/items/7
//   {"item":7}
//   $ curl http://127.0.0.1:8000/v2/items/7/comments/3
//   {"item":7,"comment":3}
//   $ curl -i http://127.0.0.1:8000/v1/items/
//   HTTP/1.1 307 Temporary Redirect
//   date: ...
//   server: serval
//   location: http://127.0.0.1:8000/v1/items
//   content-length: 0
//
//   $ curl -L http://127.0.0.1:8000/v1/items/
//   [1,7]
//   $ curl -i -X DELETE http://127.0.0.1:8000/v2/items
//   HTTP/1.1 405 Method Not Allowed
//   date: ...
//   server: serval
//   content-type: application/json
//   allow: GET, HEAD, OPTIONS
//   content-length: 31
//
//   {"detail":"Method Not Allowed"}
//   $ curl http://127.0.0.1:8000/admin/status
//   {"healthy":true}
//   $ curl http://127.0.0.1:8000/files/css/site.css
//   "a file: /css/site.css"
#include <serval/serval.hpp>

#include <string>
#include <vector>

using namespace serval;

// Usually in a separate file; returns its routes by value.
Router comment_routes() {
  Router router({.prefix = "/{item_id}/comments", .tags = {"comments"}});
  router.get("/{comment_id}")([](Path<int, "item_id"> item_id, Path<int, "comment_id"> comment_id) {
    return json{{"item", item_id}, {"comment", comment_id}};
  });
  return router;
}

Router item_routes() {
  Router router({.prefix = "/items", .tags = {"items"}});
  router.get("")([] { return std::vector{1, 7}; });
  router.get("/{item_id}")([](Path<int, "item_id"> item_id) { return json{{"item", item_id}}; });
  router.include(comment_routes());
  return router;
}

int main(int argc, char** argv) {
  App admin({.title = "Admin"});
  admin.get("/status")([] { return json{{"healthy", true}}; });

  App app;
  const Router items = item_routes();
  app.include(items, {.prefix = "/v1"});
  app.include(items, {.prefix = "/v2", .tags = {"new"}});  // included again
  app.mount("/admin", admin);                              // with its own errors and limits
  app.mount("/files", [](Request& request) { return "a file: " + request.path(); });
  return app.run(argc, argv);
}
