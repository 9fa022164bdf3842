// SPDX-License-Identifier: MIT
// Reads what caches and idempotency keys have in a store, which others may write to, keys of clients, and the fields of
// responses that decide about caching. What is read can be written again.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "middleware/cache_policy.hpp"
#include "middleware/idempotency_record.hpp"
#include "middleware/stored_answer.hpp"

namespace {

using namespace serval;
using namespace std::chrono_literals;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check_answer(std::string_view bytes) {
  const std::optional<Response> read = detail::read_answer(bytes);
  if (!read) return;
  std::string again;
  detail::append_answer(again, *read);
  const std::optional<Response> same = detail::read_answer(again);
  require(same && same->status() == read->status() && same->body() == read->body());
}

void check_record(std::string_view bytes) {
  if (const auto record = detail::IdempotencyRecord::read(bytes))
    require(detail::IdempotencyRecord::read(record->to_bytes())->to_bytes() == record->to_bytes());
}

void check_key(std::string_view value) {
  const auto key = detail::read_idempotency_key(value);
  require(!key || (!key->empty() && key->size() <= 255 && key->find_first_of(" \r\n") == std::string::npos));
}

void check_policy(std::string_view text) {
  Response response(200);
  const std::size_t half = text.size() / 2;
  try {
    response.headers().add("cache-control", text.substr(0, half));
    response.headers().add("vary", text.substr(half));
  } catch (const std::invalid_argument&) {
    return;
  }
  const auto time = detail::cache_time(response, 5s, 1s);
  require(!time || (time->fresh > 0ms && time->stale >= 0ms));
  static_cast<void>(detail::vary_names(response));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_answer(text);
  check_record(text);
  check_key(text);
  check_policy(text);
  return 0;
}
