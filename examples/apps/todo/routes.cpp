// SPDX-License-Identifier: MIT
#include "routes.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store.hpp"

using namespace serval;

namespace todo {

namespace {

using TodoId = Path<int, "id", ge(1)>;

HttpError no_such_todo(int id) { return HttpError(404, "No to-do " + std::to_string(id)); }

/// The response for a to-do that may not exist.
Result<Todo> or_not_found(std::optional<Todo> todo, int id) {
  if (!todo) return no_such_todo(id);
  return std::move(*todo);
}

std::vector<Todo> list_todos(State<Store> store, Query<TodoFilter> filter) { return store->list(filter); }

Todo create_todo(State<Store> store, TodoInput input, Response& response) {
  Todo todo = store->add(std::move(input));
  response.headers().set("location", "/todos/" + std::to_string(todo.id));
  return todo;
}

Result<Todo> read_todo(State<Store> store, TodoId id) { return or_not_found(store->find(id), id); }

Result<Todo> replace_todo(State<Store> store, TodoId id, TodoInput input) {
  return or_not_found(store->replace(id, std::move(input)), id);
}

Result<Todo> change_todo(State<Store> store, TodoId id, Partial<TodoInput> changes) {
  return or_not_found(store->change(id, changes), id);
}

void delete_todo(State<Store> store, TodoId id) {
  if (!store->remove(id)) throw no_such_todo(id);
}

}  // namespace

Router routes() {
  Router router({.prefix = "/todos", .tags = {"todos"}});
  router.get<list_todos>("");
  router.post<create_todo>("", {.status_code = 201});
  router.get<read_todo>("/{id}");
  router.put<replace_todo>("/{id}");
  router.patch<change_todo>("/{id}");
  router.delete_<delete_todo>("/{id}", {.status_code = 204});
  return router;
}

}  // namespace todo
