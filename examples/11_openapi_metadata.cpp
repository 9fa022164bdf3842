// SPDX-License-Identifier: MIT
// The OpenAPI document: what it contains by itself, what options add, callbacks and webhooks, changes by hand.
//
//   $ ./scripts/run 11_openapi_metadata
//
//   $ curl -s -o /dev/null -w '%{http_code} %{content_type}\n' http://127.0.0.1:8000/openapi.json
//   200 application/json
//   $ curl 'http://127.0.0.1:8000/items?limit=1'
//   [{"name":"Chair","price":49.9}]
//   $ curl --json '{"item":"Lamp","amount":1}' http://127.0.0.1:8000/orders
//   {"detail":"No Lamp"}
//   $ curl http://127.0.0.1:8000/internal
//   "not in the document"
#include <serval/serval.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace serval;

struct Item {
  std::string name;
  Field<double, gt(0), schema::description("Net price in EUR"), schema::example(49.9)> price;
};

struct Order {
  std::string item;
  Field<int, ge(1)> amount;
  std::optional<std::string> callback_url;  // the URL for notifications to the customer
};

struct Message {
  std::string detail;
};

struct Parcel {
  std::string carrier;
  std::string number;
};

std::vector<Item> list_items(Query<int, "limit", ge(1), default_to(10), schema::description("At most so many")>) {
  return {{"Chair", 49.9}};
}

OneOf<http::Created<Order>, http::NotFound<Message>> place_order(Order order) {
  if (order.item == "Chair") return http::Created{order};
  return http::NotFound{Message{"No " + order.item}};
}

// Requests that the shop sends: these are never called, they describe what a receiver takes.
void order_shipped(Parcel) {}
void price_changed(Item) {}

int main(int argc, char** argv) {
  App app({.title = "Shop",
           .version = "1.2.0",
           .description = "Things and **orders**.",
           .contact = {.name = "Ada", .email = "ada@example.com"},
           .license = {.name = "MIT", .identifier = "MIT"},
           .openapi_tags = {{.name = "items", .description = "What there is"}, {.name = "orders"}}});

  app.get<list_items>("/items", {.tags = {"items"}, .responses = {{.status = 503, .description = "Closed"}}});

  OutgoingRouter callbacks;
  callbacks.post<order_shipped>("{$request.body#/callback_url}");
  app.post<place_order>(
      "/orders", {.tags = {"orders"},
                  .openapi_examples = {{"requestBody", {{"one", {{"value", {{"item", "Chair"}, {"amount", 1}}}}}}}},
                  .callbacks = callbacks});

  app.webhooks.post<price_changed>("price-changed", {.summary = "A price has changed"});

  app.get("/internal", {.include_in_schema = false})([] { return "not in the document"; });
  app.on_openapi([](json& document) { document["info"]["x-logo"] = {{"url", "/logo.svg"}}; });
  return app.run(argc, argv);
}
