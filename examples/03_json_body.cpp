// SPDX-License-Identifier: MIT
// JSON bodies: a plain struct is a model. The arguments of a handler are read and validated, and its return value is
// written.
//
//   $ ./scripts/run 03_json_body
//
//   $ curl --json '{"name":"Chair","price":49.9,"tags":["wood"]}' http://127.0.0.1:8000/items
//   {"name":"Chair","description":null,"price":49.9,"tax":10.5,"tags":["wood"],"images":[]}
//   $ curl -X PUT --json '{"name":"Chair","price":40,"tags":[],"images":[{"url":"a"}]}' http://127.0.0.1:8000/items/7
//   {"item_id":7,"name":"Chair","price_with_tax":50.5,"images":1}
//   $ curl --json '{"item":{"name":"Lamp","price":20,"tags":[]},"amount":3}' http://127.0.0.1:8000/orders
//   {"item":{"name":"Lamp","description":null,"price":20.0,"tax":10.5,"tags":[],"images":[]},"total":60.0}
//   $ curl --json '{"name":"ada","email":"ada@example.com","password":"secret"}' http://127.0.0.1:8000/users
//   {"name":"ada","email":"ada@example.com"}
#include <serval/serval.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace serval;

struct Image {
  std::string url;
  std::optional<std::string> title;
};

struct Item {
  std::string name;                                               // required
  std::optional<std::string> description;                         // may be absent or null
  Field<double, gt(0), schema::title("Net price in EUR")> price;  // checked, documented
  Default<double> tax = 10.5;                                     // absent: 10.5
  std::vector<std::string> tags;                                  // required list
  Default<std::vector<Image>> images;                             // models may be nested
};

struct User {
  std::string name;
  std::string email;
};

struct NewUser {
  Extends<User> user;  // reads and writes one flat object
  std::string password;
};

int main(int argc, char** argv) {
  App app;
  app.post("/items", {.status_code = status::created})([](Item item) { return item; });

  app.put("/items/{item_id}")([](Path<int, "item_id"> item_id, Item item) {
    return json{{"item_id", item_id},
                {"name", item.name},
                {"price_with_tax", item.price + item.tax},
                {"images", item.images.size()}};
  });

  // Bodies with names are members of one JSON object.
  app.post("/orders")([](Body<Item, "item"> item, Body<int, "amount", ge(1)> amount) {
    return json{{"item", item}, {"total", item.price * amount}};
  });

  // The response has only the members of the return type, so the password is not sent.
  app.post("/users")([](NewUser new_user) -> User { return new_user.user; });
  return app.run(argc, argv);
}
