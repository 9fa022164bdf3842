// The storage of the items, in memory. It knows nothing of HTTP.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "item.hpp"

/// Thread safety: all of it; several event loops share the store.
class ItemStore {
 public:
  explicit ItemStore(std::size_t max_items) : max_items_(max_items) {}
  ItemStore(ItemStore&& other) noexcept : max_items_(other.max_items_), items_(std::move(other.items_)) {}

  /// Nothing if the store is full.
  std::optional<Item> add(NewItem item);
  std::optional<Item> find(int id);
  std::vector<Item> list(const Page& page);
  /// Changes the members that are set. Nothing if there is no such item.
  std::optional<Item> change(int id, const serval::Partial<NewItem>& changes);
  bool erase(int id);

 private:
  const std::size_t max_items_;
  std::mutex mutex_;  // guards all below
  std::map<int, Item> items_;
  int next_id_ = 1;
};
