// SPDX-License-Identifier: MIT
// Error handlers for the program's own exceptions and for statuses, a custom 422, problem details for other errors.
//
//   $ ./scripts/run 14_error_handlers
//
//   $ curl -i -X POST 'http://127.0.0.1:8000/items/1/orders?amount=3'
//   HTTP/1.1 409 Conflict
//   date: ...
//   server: serval
//   content-type: application/problem+json
//   content-length: 100
//
//   {"type":"/problems/stock","title":"Out of stock","status":409,"instance":"/items/1/orders","left":2}
//   $ curl -X POST http://127.0.0.1:8000/items/1/orders
//   {"type":"about:blank","title":"Unprocessable Content","status":422,
//     "detail":"The request did not pass validation","instance":"/items/1/orders",
//     "errors":[{"type":"missing","loc":["query","amount"],"msg":"Field required","input":null}]}
//   $ curl -X POST 'http://127.0.0.1:8000/items/9/orders?amount=3'
//   {"error":"No item 9","path":"/items/9/orders"}
//   $ curl 'http://127.0.0.1:8000/search/items?limit=0'
//   {"faults":{"query.limit":"Input should be greater than or equal to 1"}}
#include <serval/serval.hpp>

#include <map>
#include <string>

using namespace serval;

// Any type may be thrown, even one that is independent of HTTP.
struct OutOfStock {
  int left;
};

struct Faults {
  std::map<std::string, std::string> faults;
};

std::string place_of(const schema::Issue& issue) {
  std::string place;
  for (const schema::Issue::Place& part : issue.loc) {
    if (!place.empty()) place += '.';
    place += part.index() == 0 ? std::get<0>(part) : std::to_string(std::get<1>(part));
  }
  return place;
}

int main(int argc, char** argv) {
  const std::map<int, int> stock{{1, 2}};
  App app({.title = "Orders", .error_format = http::ErrorFormat::problem_details});

  // An object as the detail: its members become members of the problem.
  app.on_error<OutOfStock>([](const OutOfStock& error) {
    return HttpError(409, json{{"type", "/problems/stock"}, {"title", "Out of stock"}, {"left", error.left}});
  });
  // The response for one status, of the framework (if no route matches) and of handlers.
  app.on_status(404, [](const HttpError& error, Request& request) {
    return json{{"error", json::parse(error.detail_json())}, {"path", request.path()}};
  });

  app.post("/items/{id}/orders")([&](Path<int, "id"> id, Query<int, "amount", ge(1)> amount) {
    const auto found = stock.find(id);
    if (found == stock.end()) throw HttpError(404, "No item " + std::to_string(id));
    if (amount > found->second) throw OutOfStock{found->second};
    return json{{"ordered", amount}};
  });

  // A mounted application has its own error handlers: here its own format for the 422.
  App search;
  search.on_error<ValidationError>([](const ValidationError& error) {
    Faults answer;
    for (const schema::Issue& issue : error.issues()) answer.faults[place_of(issue)] = issue.msg;
    return answer;
  });
  search.get("/items",
             {.responses = {{.status = 422, .model = model_of<Faults>}}})([](Query<int, "limit", ge(1)> limit) {
    return json{{"limit", limit}};
  });
  app.mount("/search", search);
  return app.run(argc, argv);
}
