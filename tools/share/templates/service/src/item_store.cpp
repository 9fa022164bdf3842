#include "item_store.hpp"

#include <iterator>

std::optional<Item> ItemStore::add(NewItem item) {
  const std::scoped_lock lock(mutex_);
  if (items_.size() >= max_items_) return std::nullopt;
  const int id = next_id_++;
  return items_[id] = Item{id, std::move(item)};
}

std::optional<Item> ItemStore::find(int id) {
  const std::scoped_lock lock(mutex_);
  const auto found = items_.find(id);
  if (found == items_.end()) return std::nullopt;
  return found->second;
}

std::vector<Item> ItemStore::list(const Page& page) {
  const std::scoped_lock lock(mutex_);
  std::vector<Item> items;
  int skipped = 0;
  for (const auto& [id, item] : items_) {
    if (skipped++ < page.offset.value()) continue;
    if (std::ssize(items) == page.limit.value()) break;
    items.push_back(item);
  }
  return items;
}

std::optional<Item> ItemStore::change(int id, const serval::Partial<NewItem>& changes) {
  const std::scoped_lock lock(mutex_);
  const auto found = items_.find(id);
  if (found == items_.end()) return std::nullopt;
  changes.apply_to(found->second.content);
  return found->second;
}

bool ItemStore::erase(int id) {
  const std::scoped_lock lock(mutex_);
  return items_.erase(id) == 1;
}
