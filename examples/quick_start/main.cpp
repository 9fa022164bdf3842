// SPDX-License-Identifier: MIT
// The program of docs/quick_start.md: a separate project that uses the installed library.
//
//   $ ./build/shop
//
//   $ curl http://127.0.0.1:8000/items/1
//   {"name":"Chair","price":49.9,"in_stock":true}
//   $ curl http://127.0.0.1:8000/items/2
//   {"detail":"No item 2"}
//   $ curl --json '{"name":"Lamp","price":20}' http://127.0.0.1:8000/items
//   {"name":"Lamp","price":20.0,"in_stock":true}
//   $ curl --json '{"price":-1,"in_stock":"perhaps"}' http://127.0.0.1:8000/items
//   {"detail":[
//     {"type":"missing","loc":["body","name"],"msg":"Field required","input":{"price":-1,"in_stock":"perhaps"}},
//     {"type":"greater_than","loc":["body","price"],
//     "msg":"Input should be greater than 0","input":-1,"ctx":{"gt":0.0}},
//     {"type":"bool_parsing","loc":["body","in_stock"],
//     "msg":"Input should be a valid boolean, unable to interpret input","input":"perhaps"}]}
#include <serval/serval.hpp>

#include <map>
#include <string>

using namespace serval;

struct Item {
  std::string name;
  Field<double, gt(0)> price;
  Default<bool> in_stock = true;
};

int main(int argc, char** argv) {
  const std::map<int, Item> items{{1, {"Chair", 49.9}}};
  App app({.title = "Shop"});

  app.get("/items/{id}")([&](Path<int, "id"> id) -> Item {
    const auto found = items.find(id);
    if (found == items.end()) throw HttpError(404, "No item " + std::to_string(id));
    return found->second;
  });

  app.post("/items", {.status_code = 201})([](Item item) -> Item { return item; });

  return app.run(argc, argv);
}
