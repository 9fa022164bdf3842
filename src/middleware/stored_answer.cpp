// SPDX-License-Identifier: MIT
#include "middleware/stored_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "base/ascii.hpp"
#include "base/sip_hash.hpp"

namespace serval::detail {

namespace {

constexpr std::array<std::string_view, 8> fields_of_one_message = {
    "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "date", "age"};

bool is_kept(std::string_view name) {
  return std::none_of(fields_of_one_message.begin(), fields_of_one_message.end(),
                      [&](std::string_view each) { return http::iequals(name, each); });
}

}  // namespace

void append_part(std::string& out, std::string_view text) {
  out.append(std::to_string(text.size())).append(":").append(text);
}

void append_part(std::string& out, std::int64_t number) { append_part(out, std::to_string(number)); }

std::optional<std::string_view> take_part(std::string_view& bytes) noexcept {
  std::size_t size = 0;
  const char* const end = bytes.data() + bytes.size();
  const auto read = std::from_chars(bytes.data(), end, size);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != ':') return std::nullopt;
  const std::string_view rest(read.ptr + 1, static_cast<std::size_t>(end - read.ptr - 1));
  if (rest.size() < size) return std::nullopt;
  bytes = rest.substr(size);
  return rest.substr(0, size);
}

std::optional<std::int64_t> take_number(std::string_view& bytes) noexcept {
  const std::optional<std::string_view> text = take_part(bytes);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
  if (read.ec != std::errc() || read.ptr != text->data() + text->size()) return std::nullopt;
  return number;
}

void append_answer(std::string& out, const Response& response) {
  append_part(out, response.status());
  append_part(out, response.content_type());
  append_part(out, response.body());
  for (const auto& [name, value] : response.headers()) {
    if (!is_kept(name)) continue;
    append_part(out, name);
    append_part(out, value);
  }
}

std::optional<Response> read_answer(std::string_view bytes) {
  const std::optional<std::int64_t> status = take_number(bytes);
  const std::optional<std::string_view> content_type = take_part(bytes);
  const std::optional<std::string_view> body = take_part(bytes);
  if (!status || !content_type || !body || *status < 200 || *status > 599) return std::nullopt;
  try {
    Response response(static_cast<int>(*status), std::string(*body), *content_type);
    while (!bytes.empty()) {
      const std::optional<std::string_view> name = take_part(bytes);
      const std::optional<std::string_view> value = take_part(bytes);
      if (!name || !value) return std::nullopt;
      response.headers().add(*name, *value);
    }
    return response;
  } catch (const std::invalid_argument&) {  // others may write to the store
    return std::nullopt;
  }
}

std::string hash_text(std::string_view text) {
  std::string digits;
  for (const std::uint64_t word : sip_hash_128({}, text)) {
    for (int shift = 0; shift < 64; shift += 8)
      append_hex(digits, static_cast<unsigned char>(word >> shift), lower_hex_digits);
  }
  return digits;
}

std::string random_mark() {
  const SipKey random = SipKey::random();
  return std::to_string(random.first) + "." + std::to_string(random.second);
}

}  // namespace serval::detail
