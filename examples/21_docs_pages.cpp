// SPDX-License-Identifier: MIT
// The pages that show the document: their paths, the options of Swagger UI, and the files that they may load.
//
//   $ ./scripts/run 21_docs_pages
//
//   $ curl -s -o /dev/null -w '%{http_code} %{content_type}\n' http://127.0.0.1:8000/help
//   200 text/html; charset=utf-8
//   $ curl http://127.0.0.1:8000/redoc
//   {"detail":"Not Found"}
//   $ curl 'http://127.0.0.1:8000/items?limit=1'
//   ["Chair"]
#include <serval/serval.hpp>

#include <string>
#include <vector>

using namespace serval;

std::vector<std::string> list_items(Query<int, "limit", ge(1), default_to(10)> limit) {
  std::vector<std::string> items = {"Chair", "Table"};
  if (static_cast<std::size_t>(limit) < items.size()) items.resize(static_cast<std::size_t>(limit));
  return items;
}

int main(int argc, char** argv) {
  App app({.title = "Shop",
           .docs_url = "/help",  // default "/docs"
           .redoc_url = "",      // no such page; default "/redoc"
           .swagger_ui_parameters = {{"tryItOutEnabled", true}, {"defaultModelsExpandDepth", -1}},
           .docs_pages = {.connect_sources = {"https://login.example.com"}}});
  app.get<list_items>("/items");
  return app.run(argc, argv);
}
