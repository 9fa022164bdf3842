// SPDX-License-Identifier: MIT
// A small complete service: a to-do list, kept in memory.
//
//   $ ./scripts/run todo
//
//   $ curl -i --json '{"title":"Buy milk","priority":"high"}' http://127.0.0.1:8000/todos
//   HTTP/1.1 201 Created
//   date: ...
//   server: serval
//   content-type: application/json
//   location: /todos/1
//   content-length: 71
//
//   {"id":1,"title":"Buy milk","notes":null,"priority":"high","done":false}
//   $ curl --json '{"title":"Call Ada","notes":"about engines"}' http://127.0.0.1:8000/todos
//   {"id":2,"title":"Call Ada","notes":"about engines","priority":"normal","done":false}
//   $ curl -X PATCH --json '{"done":true}' http://127.0.0.1:8000/todos/2
//   {"id":2,"title":"Call Ada","notes":"about engines","priority":"normal","done":true}
//   $ curl 'http://127.0.0.1:8000/todos?done=false&priority=high'
//   [{"id":1,"title":"Buy milk","notes":null,"priority":"high","done":false}]
//   $ curl -X PUT --json '{"title":"Buy bread"}' http://127.0.0.1:8000/todos/1
//   {"id":1,"title":"Buy bread","notes":null,"priority":"normal","done":false}
//   $ curl -i -X DELETE http://127.0.0.1:8000/todos/1
//   HTTP/1.1 204 No Content
//   date: ...
//   server: serval
//
//   $ curl http://127.0.0.1:8000/todos/1
//   {"detail":"No to-do 1"}
#include <serval/serval.hpp>

#include <memory>

#include "routes.hpp"
#include "store.hpp"

int main(int argc, char** argv) {
  serval::App app({.title = "To-do"});
  app.provide(std::make_shared<todo::Store>());
  app.include(todo::routes());
  return app.run(argc, argv);
}
