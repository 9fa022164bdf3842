// SPDX-License-Identifier: MIT
// Dependencies: functions whose arguments are read from the request and whose values handlers share.
//
//   $ ./scripts/run 15_dependencies
//
//   $ curl 'http://127.0.0.1:8000/items?limit=5' -H 'X-Token: alice-token'
//   {"user":"alice","skip":0,"limit":5}
//   $ curl http://127.0.0.1:8000/items
//   {"detail":[{"type":"missing","loc":["header","x-token"],"msg":"Field required","input":null}]}
//   $ curl http://127.0.0.1:8000/items -H 'X-Token: nobody'
//   {"detail":"Unknown token"}
//   $ curl -X POST http://127.0.0.1:8000/orders -H 'X-Token: alice-token'
//   {"order":1,"by":"alice"}
//   $ curl http://127.0.0.1:8000/log
//   ["begin","commit"]
#include <serval/serval.hpp>

#include <map>
#include <mutex>
#include <string>
#include <vector>

using namespace serval;

struct Database {
  std::map<std::string, std::string> users{{"alice-token", "alice"}};
  std::mutex mutex;  // guards the log: several threads write it
  std::vector<std::string> log;
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

// What comes before the handler is the constructor; what comes after it, the destructor.
struct Transaction {
  Database& database;
  bool failed = false;
  explicit Transaction(Database& of) : database(of) { note("begin"); }
  Transaction(const Transaction&) = delete;
  ~Transaction() { note(failed ? "roll back" : "commit"); }
  void on_exception(const std::exception_ptr&) { failed = true; }  // called when the handler throws
  void note(const char* what) {
    const std::lock_guard lock(database.mutex);
    database.log.emplace_back(what);
  }
};
Transaction transaction(State<Database> database) { return Transaction(*database); }

int main(int argc, char** argv) {
  App app;
  app.provide(std::make_shared<Database>());
  app.get("/items")([](Depends<current_user> user, Depends<page> page) {
    return json{{"user", user->name}, {"skip", page->skip}, {"limit", page->limit}};
  });
  // The transaction ends before the answer is sent: who has the answer finds the order.
  app.post("/orders", {.dependencies = {depends<transaction, until_answer>}})([](Depends<current_user> user) {
    return json{{"order", 1}, {"by", user->name}};
  });
  app.get("/log")([](State<Database> database) {
    const std::lock_guard lock(database->mutex);
    return database->log;
  });
  return app.run(argc, argv);
}
