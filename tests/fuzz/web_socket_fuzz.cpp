// SPDX-License-Identifier: MIT
// Reads the frames of a client, with and without compression. The events do not depend on how the bytes are split into
// reads, text is valid UTF-8, and messages do not exceed the limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <serval/compression.hpp>

#include "base/utf8_check.hpp"
#include "wire/web_socket_reader.hpp"

using namespace serval;
using detail::WebSocketReader;
using Event = WebSocketReader::Event;

namespace {

constexpr std::size_t max_message_bytes = 5000;

struct Told {
  Event event;
  int code = 0;
  std::string text;
  friend bool operator==(const Told&, const Told&) = default;
};

Told tell(WebSocketReader& reader, Event event) {
  Told told{.event = event, .text = std::string(reader.control())};
  if (event == Event::message) {
    const WebSocketMessage message = reader.take_message();
    if (message.kind == WebSocketMessage::Kind::text && !detail::is_utf8(message.data)) std::abort();
    if (message.data.size() > max_message_bytes) std::abort();
    told.code = static_cast<int>(message.kind);
    told.text = message.data;
  }
  if (event == Event::close) {
    told.code = reader.close_code();
    told.text = reader.close_reason();
    if (told.code != detail::close_no_status && !http::may_close_with(told.code)) std::abort();
    if (!detail::is_utf8(told.text)) std::abort();
  }
  if (event == Event::failed) {
    told = {.event = event, .code = reader.fault().code, .text = {}};
    // A compressed message can be both invalid and too large. Which error is found first depends on the split.
    if (told.code == detail::close_too_big) told.code = detail::close_invalid_data;
  }
  return told;
}

std::vector<Told> read(std::string_view bytes, std::size_t piece, bool inflates) {
  const std::unique_ptr<http::WebSocketCodec> codec =
      inflates ? permessage_deflate()->negotiate("permessage-deflate") : nullptr;
  WebSocketReader reader(max_message_bytes, codec.get());
  std::vector<Told> all;
  while (!bytes.empty()) {
    std::string_view input = bytes.substr(0, piece);
    bytes.remove_prefix(input.size());
    for (;;) {
      const Event event = reader.read(input);
      if (event == Event::need_more) break;
      all.push_back(tell(reader, event));
      if (event == Event::close || event == Event::failed) return all;
    }
    if (!input.empty()) std::abort();
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool inflates = (data[0] & 1) != 0;
  if (read(bytes, bytes.size(), inflates) != read(bytes, data[0] / 2 + 1U, inflates)) std::abort();
  return 0;
}
