// SPDX-License-Identifier: MIT
#include <serval/store/store.hpp>

#include <charconv>
#include <stdexcept>

#include "base/time_range.hpp"

namespace serval {

void Store::check(std::string_view key, std::chrono::milliseconds ttl) {
  if (key.empty() || key.size() > max_key_bytes) {
    throw std::invalid_argument("a key of a store has " + std::to_string(key.size()) + " bytes; it must have 1 to " +
                                std::to_string(max_key_bytes));
  }
  if (ttl.count() < 0 || ttl > detail::longest_time) {
    throw std::invalid_argument("a time limit of a store is " + std::to_string(ttl.count()) +
                                " ms; it must be from 0 to 100 years");
  }
}

std::int64_t Store::sum(std::string_view value, std::int64_t by) {
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec != std::errc() || read.ptr != value.data() + value.size())
    throw std::domain_error("a value of a store that is to be incremented is no number of 64 bits");
  std::int64_t result = 0;
  if (__builtin_add_overflow(number, by, &result))
    throw std::domain_error("an incremented value of a store has more than 64 bits");
  return result;
}

}  // namespace serval
