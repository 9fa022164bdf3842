// SPDX-License-Identifier: MIT
// Dependencies: functions whose arguments are read from the request and whose values handlers share.
//
//   $ ./scripts/run 15_dependencies
//
//   $ curl 'http://127.0.0.1:8000/items?limit=5' -H 'X-Token: alice-token'
//   {"user":"alice","skip":0,"limit":5}
//   $ curl http://127.0.0.1:8000/items
//   {"detail":[{"type":"missing","loc":["header","x-token"],"msg":"Field required","input":null}]}
//   $ curl -X POST 'http://127.0.0.1:8000/orders?item=tea' -H 'X-Token: alice-token'
//   {"item":"tea","by":"alice"}
//   $ curl -X POST 'http://127.0.0.1:8000/orders?item=tea' -H 'X-Token: alice-token'
//   {"detail":"tea was ordered before"}
//   $ curl -X POST 'http://127.0.0.1:8000/orders?item=rum' -H 'X-Token: alice-token'
//   {"detail":"We have no rum"}
//   $ curl http://127.0.0.1:8000/orders -H 'X-Token: alice-token'
//   ["tea"]
#include <serval/serval.hpp>

#include <map>
#include <mutex>
#include <set>
#include <string>

using namespace serval;

struct Database {
  std::map<std::string, std::string> users{{"alice-token", "alice"}};
  std::mutex mutex;  // guards the orders: several threads write them
  std::set<std::string> orders;
};

struct User {
  std::string name;
};
User current_user(Header<std::string, "x-token"> token, State<Database> database) {
  const auto found = database->users.find(token);
  if (found == database->users.end()) throw HttpError(401, "Unknown token", {{"www-authenticate", "Token"}});
  return {found->second};
}

struct Page {
  int skip, limit;
};
Page page(Query<int, "skip", ge(0), default_to(0)> skip, Query<int, "limit", ge(1), le(100), default_to(10)> limit) {
  return {skip, limit};
}

// `finish` is for tear-down that may fail. It runs before the response is sent; its exception becomes the response.
struct Transaction {
  Database& database;
  std::string item;
  void finish(const Outcome& outcome) {
    if (!outcome.succeeded()) return;  // the handler threw, or the client is gone: store nothing
    const std::lock_guard lock(database.mutex);
    if (!database.orders.insert(item).second) throw HttpError(409, item + " was ordered before");
  }
};
Transaction transaction(State<Database> database) { return {*database, {}}; }
using Order = Depends<transaction, until_answer>;  // ends before the response is sent, so clients find the order

int main(int argc, char** argv) {
  App app;
  app.provide(std::make_shared<Database>());
  app.get("/items")([](Depends<current_user> user, Depends<page> page) {
    return json{{"user", user->name}, {"skip", page->skip}, {"limit", page->limit}};
  });
  app.post("/orders")([](Query<std::string, "item"> item, Depends<current_user> user, Order order) {
    order->item = item;
    if (item == "rum") throw HttpError(404, "We have no rum");
    return json{{"item", item}, {"by", user->name}};
  });
  // A dependency whose value no handler takes.
  app.get("/orders", {.dependencies = {depends<current_user>}})([](State<Database> database) {
    const std::lock_guard lock(database->mutex);
    return database->orders;
  });
  return app.run(argc, argv);
}
