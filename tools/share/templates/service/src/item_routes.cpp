#include "item_routes.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "item_store.hpp"

using namespace serval;

namespace {

Item existing(std::optional<Item> found) {
  if (!found) throw HttpError(404, "There is no such item");
  return *std::move(found);
}

Item create_item(NewItem item, State<ItemStore> items) {
  std::optional<Item> added = items->add(std::move(item));
  if (!added) throw HttpError(507, "The store is full");
  return *std::move(added);
}

std::vector<Item> list_items(State<ItemStore> items, Query<Page> page) { return items->list(page); }

Item read_item(Path<int, "id"> id, State<ItemStore> items) { return existing(items->find(*id)); }

Item change_item(Path<int, "id"> id, Partial<NewItem> changes, State<ItemStore> items) {
  return existing(items->change(*id, changes));
}

void delete_item(Path<int, "id"> id, State<ItemStore> items) {
  if (!items->erase(*id)) throw HttpError(404, "There is no such item");
}

}  // namespace

Router item_routes() {
  Router router({.prefix = "/items", .tags = {"items"}});
  router.post<create_item>("", {.status_code = 201});
  router.get<list_items>("");
  router.get<read_item>("/{id}");
  router.patch<change_item>("/{id}");
  router.delete_<delete_item>("/{id}", {.status_code = 204});
  return router;
}
