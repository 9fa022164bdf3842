// SPDX-License-Identifier: MIT
// Errors: thrown, returned, or mapped from exceptions for the whole application.
//
//   $ ./scripts/run 05_errors
//
//   $ curl http://127.0.0.1:8000/items/1
//   {"name":"Chair","stock":2}
//   $ curl http://127.0.0.1:8000/items/9
//   {"detail":"No item 9"}
//   $ curl -i http://127.0.0.1:8000/admin
//   HTTP/1.1 401 Unauthorized
//   date: ...
//   server: serval
//   content-type: application/json
//   www-authenticate: Bearer
//   content-length: 25
//
//   {"detail":"Log in first"}
//   $ curl -X POST 'http://127.0.0.1:8000/items/1/orders?amount=3'
//   {"detail":"only 2 left"}
//   $ curl -X POST 'http://127.0.0.1:8000/bids?bid=20'
//   {"reason":"too low","least_bid":40.0}
//   $ curl -X DELETE http://127.0.0.1:8000/items/1
//   {"detail":"DELETE does not work on /items/1","allow":"GET, HEAD, OPTIONS"}
#include <serval/serval.hpp>

#include <map>
#include <stdexcept>
#include <string>

using namespace serval;

struct Item {
  std::string name;
  int stock;
};

struct OutOfStock : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Refusal {
  std::string reason;
  double least_bid;
};

int main(int argc, char** argv) {
  const std::map<int, Item> items{{1, {"Chair", 2}}};
  App app;

  // Returned: an error without the cost of a throw.
  app.get("/items/{id}")([&](Path<int, "id"> id) -> Result<Item> {
    if (const auto found = items.find(id); found != items.end()) return found->second;
    return HttpError(404, "No item " + std::to_string(id));
  });
  // Thrown, at any depth of calls.
  app.get("/admin")([]() -> json { throw HttpError(401, "Log in first", {{"www-authenticate", "Bearer"}}); });
  // The program's own exception.
  app.post("/items/{id}/orders")([&](Path<int, "id"> id, Query<int, "amount"> amount) {
    const auto found = items.find(id);
    const int stock = found == items.end() ? 0 : found->second.stock;
    if (amount > stock) throw OutOfStock("only " + std::to_string(stock) + " left");
    return json{{"ordered", amount}};
  });
  // Several responses, each with a status and a type.
  app.post("/bids")([](Query<double, "bid"> bid) -> OneOf<http::Created<Item>, http::Conflict<Refusal>> {
    if (bid < 40) return http::Conflict{Refusal{"too low", 40}};
    return http::Created{Item{"Chair", 1}};
  });

  app.on_error<OutOfStock>([](const OutOfStock& error) { return HttpError(409, error.what()); });
  // The framework's own error responses: here 405; 404 and 422 work in the same way.
  app.on_status(405, [](const HttpError& error, Request& request) {
    return json{{"detail", std::string(request.method_text()) + " does not work on " + request.path()},
                {"allow", error.headers().get("allow").value_or("")}};
  });
  return app.run(argc, argv);
}
