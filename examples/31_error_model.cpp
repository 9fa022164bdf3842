// SPDX-License-Identifier: MIT
// One error model for the whole application, in its responses and in its document; settings that handlers share.
//
//   $ ./scripts/run 31_error_model
//
//   $ curl -X POST 'http://127.0.0.1:8000/orders?amount=2'
//   {"amount":2,"currency":"EUR"}
//   $ curl -X POST 'http://127.0.0.1:8000/orders?amount=0'
//   {"error":"Validation Error","faults":["Input should be greater than or equal to 1"]}
//   $ curl -X POST 'http://127.0.0.1:8000/orders?amount=9'
//   {"error":"At most 5 at once","faults":[]}
//   $ curl http://127.0.0.1:8000/nothing
//   {"error":"Not Found","faults":[]}
#include <serval/serval.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace serval;

// The body of every error.
struct Failure {
  std::string error;
  std::vector<std::string> faults;
};

struct Settings {
  Field<int, ge(1)> max_amount;
  Default<std::string> currency = "EUR";
};

// A placeholder for a file or a variable that the program reads.
constexpr std::string_view settings_text = R"({"max_amount": 5})";

int main(int argc, char** argv) {
  // The document shows these responses for every route.
  App app({.title = "Orders",
           .responses = {{.status = 422, .description = "Validation Error", .model = model_of<Failure>},
                         {.status = "default", .description = "Any other error", .model = model_of<Failure>}}});

  // Every HttpError: thrown or returned by a handler, and the framework's own, such as 404, 405 and 413.
  app.on_error<HttpError>([](const HttpError& error) {
    const json detail = json::parse(error.detail_json());
    return Failure{detail.is_string() ? detail.get<std::string>() : error.detail_json(), {}};
  });
  // A request that does not pass validation. The status stays 422.
  app.on_error<ValidationError>([](const ValidationError& error) {
    Failure failure{"Validation Error", {}};
    for (const schema::Issue& issue : error.issues()) failure.faults.push_back(issue.msg);
    return failure;
  });
  // Any other exception. The log has its message.
  app.on_status(500, [] { return Failure{"Internal Server Error", {}}; });

  // A text that does not fit the model ends the program here, with a sentence for each error.
  app.provide(decode_json<Settings>(settings_text));

  app.post("/orders")([](Query<int, "amount", ge(1)> amount, State<Settings> settings) {
    if (amount > settings->max_amount)
      throw HttpError(400, "At most " + std::to_string(settings->max_amount) + " at once");
    return json{{"amount", amount}, {"currency", settings->currency}};
  });
  return app.run(argc, argv);
}
