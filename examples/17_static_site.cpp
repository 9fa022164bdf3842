// SPDX-License-Identifier: MIT
// Files: a site from a folder next to the routes of an API, and a handler that responds with a file.
//
//   $ ./scripts/run 17_static_site
//
//   $ curl http://127.0.0.1:8000/api/items
//   ["Chair","Table"]
//   $ curl http://127.0.0.1:8000/
//   <!doctype html>
//   <title>Shop</title>
//   <h1>Shop</h1>
//   $ curl -o /dev/null -w '%{http_code} %{content_type} %{size_download}\n' http://127.0.0.1:8000/shop.css
//   200 text/css; charset=utf-8 19
//   $ curl -r 5-9 http://127.0.0.1:8000/shop.css
//   color
//   $ curl -i -H 'range: bytes=100-' http://127.0.0.1:8000/shop.css
//   HTTP/1.1 416 Range Not Satisfiable
//   date: ...
//   server: serval
//   content-range: bytes */19
//   content-length: 0
//
//   $ curl -o /dev/null -w '%{http_code} %{redirect_url}\n' http://127.0.0.1:8000/manual
//   307 http://127.0.0.1:8000/manual/
//   $ curl -w '%{http_code}\n' http://127.0.0.1:8000/nowhere
//   <!doctype html>
//   <title>Not here</title>
//   <h1>Not here</h1>
//   404
//   $ curl --path-as-is http://127.0.0.1:8000/../17_static_site.cpp
//   {"detail":"Not Found"}
//   $ curl -o /dev/null -w '%header{content-disposition}\n' http://127.0.0.1:8000/api/price-list
//   attachment; filename*=utf-8''Price%20list.css
#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/static_files.hpp>

#include <string>
#include <vector>

using namespace serval;

// The folder `examples` of the source tree; the build defines its path.
const std::string site = EXAMPLES_DIR "/site";

int main(int argc, char** argv) {
  App app;
  app.get("/api/items")([] { return std::vector<std::string>{"Chair", "Table"}; });
  // The kernel sends the file, with ranges and conditional requests.
  app.get("/api/price-list")([] { return FileResponse(site + "/shop.css", {.filename = "Price list.css"}); });
  // Serves all requests that match no route.
  app.mount("/", StaticFiles(site, {.html = true, .cache_control = "public, max-age=3600"}));
  return app.run(argc, argv);
}
