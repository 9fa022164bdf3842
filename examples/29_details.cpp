// SPDX-License-Identifier: MIT
// Small things that the other examples do not show.
//
//   $ ./scripts/run 29_details
//
//   $ curl --json '[{"url":"http://a/1"},{"url":"http://a/2"}]' http://127.0.0.1:8000/images
//   2
//   $ curl --json '{}' http://127.0.0.1:8000/note
//   {"motto":"none"}
//   $ curl --json '{"motto":null}' http://127.0.0.1:8000/note
//   {"motto":null}
//   $ curl -H 'trace_id: 7' http://127.0.0.1:8000/trace
//   {"trace_id":"7"}
//   $ curl -X POST http://127.0.0.1:8000/ping
//   null
//   $ curl -o /dev/null -w '%{http_code}\n' -X DELETE http://127.0.0.1:8000/images/3
//   204
//   $ curl --json '{"name":"ada","password":"secret"}' http://127.0.0.1:8000/accounts
//   {"name":"ada","tags":[]}
#include <serval/serval.hpp>

#include <string>
#include <vector>

using namespace serval;

struct Image {
  std::string url;
};

struct Note {
  Default<Nullable<std::string>> motto = "none";  // absent: "none"; null: nothing
};

struct Trace {
  std::string trace_id;
};

struct Profile {
  std::string name;
  Field<std::vector<std::string>, default_factory<>> tags;  // may be absent; no default in the document
};
struct Account {
  Extends<Profile> profile;
  std::string password;
};

int main(int argc, char** argv) {
  App app;
  // The body is a list. The document shows its example.
  app.post("/images")(
      [](Body<std::vector<Image>, schema::example_json(R"([{"url":"http://a/1"}])")> images) { return images.size(); });
  app.post("/note")([](Note note) { return note; });
  // The field `trace_id`; without the rule it is `trace-id`.
  app.get("/trace")([](Header<Trace, keep_underscores> trace) -> Trace { return trace; });
  // Shows the value as another model: only its members, also in the document.
  app.post("/accounts")([](Account account) -> As<Profile> { return account; });
  app.post("/ping")([] {});                                                   // no value: 200 and `null`
  app.delete_("/images/{id}", {.status_code = 204})([](Path<int, "id">) {});  // a status without a body: no body
  return app.run(argc, argv, {.host = "127.0.0.1", .port = 8000});            // the command line wins
}
