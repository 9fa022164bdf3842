// SPDX-License-Identifier: MIT
// Validation: rules on members, a rule over several members, no unknown members. One response lists all errors.
//
//   $ ./scripts/run 04_validation
//
//   $ curl --json '{"name":"ada","age":36,"password":"engine 1","again":"engine 1"}' http://127.0.0.1:8000/users
//   {"name":"ada","age":36}
//   $ curl -i --json '{"name":"A!","age":"x","password":"engine","again":"","role":1}' http://127.0.0.1:8000/users
//   HTTP/1.1 422 Unprocessable Content
//   date: ...
//   server: serval
//   content-type: application/json
//   content-length: 522
//
//   {"detail":[
//     {"type":"string_too_short","loc":["body","name"],"msg":"String should have at least 3 characters","input":"A!",
//     "ctx":{"min_length":3}},
//     {"type":"int_parsing","loc":["body","age"],
//     "msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},
//     {"type":"string_too_short","loc":["body","password"],"msg":"String should have at least 8 characters",
//     "input":"engine","ctx":{"min_length":8}},
//     {"type":"extra_forbidden","loc":["body","role"],"msg":"Extra inputs are not permitted","input":1}]}
//   $ curl --json '{"name":"ada","age":36,"password":"engine 1","again":"engine"}' http://127.0.0.1:8000/users
//   {"detail":[{"type":"value_error","loc":["body","again"],"msg":"Value error, the passwords differ","input":"engine",
//     "ctx":{"error":{}}}]}
//   $ curl 'http://127.0.0.1:8000/users?page=0&sort=color'
//   {"detail":[{"type":"greater_than_equal","loc":["query","page"],
//     "msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}},
//     {"type":"enum","loc":["query","sort"],"msg":"Input should be 'name' or 'age'","input":"color",
//     "ctx":{"expected":"'name' or 'age'"}}]}
#include <serval/serval.hpp>

#include <string>

using namespace serval;

struct User {
  Field<std::string, min_length(3), max_length(20), pattern("^[a-z0-9_]+$")> name;
  Field<int, ge(0), lt(150)> age;
};

struct NewUser {
  Extends<User> user;
  Field<std::string, min_length(8)> password;
  std::string again;

  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};

  // Called if every single member is valid.
  static void check(const NewUser& candidate, schema::Errors& errors) {
    if (candidate.password != candidate.again) errors.add("again", "the passwords differ");
  }
};

enum class Sort { name, age };

int main(int argc, char** argv) {
  App app;
  app.post("/users")([](NewUser candidate) -> User { return candidate.user; });
  app.get("/users")([](Query<int, "page", ge(1), default_to(1)> page, Query<Sort, "sort", default_to(Sort::name)>) {
    return json{{"page", page}, {"users", json::array()}};
  });
  return app.run(argc, argv);
}
