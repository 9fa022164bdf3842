// SPDX-License-Identifier: MIT
#include "middleware/idempotency_record.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"
#include "middleware/stored_answer.hpp"

namespace serval::detail {

std::string IdempotencyRecord::to_bytes() const {
  std::string bytes;
  append_part(bytes, static_cast<std::int64_t>(state));
  append_part(bytes, scope);
  append_part(bytes, content);
  append_part(bytes, run);
  append_part(bytes, until);
  append_part(bytes, answer);
  return bytes;
}

std::optional<IdempotencyRecord> IdempotencyRecord::read(std::string_view bytes) {
  const auto state = take_number(bytes);
  const auto scope = take_part(bytes);
  const auto content = take_part(bytes);
  const auto run = take_part(bytes);
  const auto until = take_number(bytes);
  const auto answer = take_part(bytes);
  if (!state || !scope || !content || !run || !until || !answer || !bytes.empty()) return std::nullopt;
  if (*state < 0 || *state > static_cast<std::int64_t>(State::free)) return std::nullopt;
  IdempotencyRecord record;
  record.state = static_cast<State>(*state);
  record.scope = *scope;
  record.content = *content;
  record.run = *run;
  record.until = *until;
  record.answer = *answer;
  return record;
}

std::optional<std::string> read_idempotency_key(std::string_view value) {
  constexpr std::size_t most = 255;
  std::string key;
  if (value.starts_with('"')) {
    if (value.size() < 2 || !value.ends_with('"')) return std::nullopt;
    value = value.substr(1, value.size() - 2);
    for (std::size_t i = 0; i < value.size(); ++i) {
      const bool is_escape = value[i] == '\\';
      if (is_escape && (++i == value.size() || (value[i] != '"' && value[i] != '\\'))) return std::nullopt;
      if (!is_escape && value[i] == '"') return std::nullopt;
      key += value[i];
    }
  } else {
    key = value;
  }
  const auto is_visible = [](char c) { return is_ascii(c) && !is_control(c) && c != ' '; };
  if (key.empty() || key.size() > most || !std::all_of(key.begin(), key.end(), is_visible)) return std::nullopt;
  return key;
}

}  // namespace serval::detail
