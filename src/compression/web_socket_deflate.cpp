// SPDX-License-Identifier: MIT
#include "compression/web_socket_deflate.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/error.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <algorithm>
#include <stdexcept>
#include <utility>

#include <serval/http/headers.hpp>

namespace serval::detail {

namespace zlib = boost::beast::zlib;

namespace {

/// The bytes that a sender removes from the end of a message (RFC 7692 section 7.2.1).
constexpr std::string_view tail{"\x00\x00\xff\xff", 4};

/// Removes the spaces and tabs at both ends (OWS, RFC 9110 section 5.6.3).
[[nodiscard]] std::string_view trim_offer(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Removes the first element from a list and returns it without the white space around it.
[[nodiscard]] std::string_view take_offer(std::string_view& list, char separator) noexcept {
  const std::size_t end = std::min(list.find(separator), list.size());
  const std::string_view element = trim_offer(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return element;
}

struct DeflateParameter {
  std::string_view name;
  std::optional<std::string_view> value{};
};

[[nodiscard]] DeflateParameter parse_deflate_parameter(std::string_view text) noexcept {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {.name = text};
  std::string_view value = trim_offer(text.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return {.name = trim_offer(text.substr(0, equals)), .value = value};
}

/// Parses a number from 8 to 15, in digits without a leading zero. Returns 0 for any other text.
[[nodiscard]] int parse_window_bits(std::string_view text) noexcept {
  if (text == "8" || text == "9") return text[0] - '0';
  return text.size() == 2 && text[0] == '1' && text[1] >= '0' && text[1] <= '5' ? 10 + text[1] - '0' : 0;
}

struct Offer {
  DeflateAgreement agreement;
  bool has_server_bits = false;
  bool has_client_bits = false;

  /// Applies a parameter of the offer. Returns false if the offer must be declined.
  [[nodiscard]] bool take(const DeflateParameter& parameter) noexcept {
    const auto once = [](bool& seen) { return !std::exchange(seen, true); };
    const auto& [name, value] = parameter;
    if (http::iequals(name, "server_no_context_takeover")) return !value && once(agreement.server_no_context_takeover);
    if (http::iequals(name, "client_no_context_takeover")) return !value && once(agreement.client_no_context_takeover);
    if (http::iequals(name, "client_max_window_bits")) {
      return once(has_client_bits) && (!value || parse_window_bits(*value) != 0);
    }
    if (!http::iequals(name, "server_max_window_bits") || !value || !once(has_server_bits)) return false;
    // 8 is a valid value, but the offer is declined, since zlib has no such window (it would use 9 instead).
    agreement.server_max_window_bits = parse_window_bits(*value);
    return agreement.server_max_window_bits >= 9;
  }
};

}  // namespace

std::string DeflateAgreement::text() const {
  std::string text = "permessage-deflate";
  if (server_no_context_takeover) text += "; server_no_context_takeover";
  if (client_no_context_takeover) text += "; client_no_context_takeover";
  if (server_max_window_bits != 15) text += "; server_max_window_bits=" + std::to_string(server_max_window_bits);
  return text;
}

std::optional<DeflateAgreement> agree_on_deflate(std::string_view offers) {
  while (!offers.empty()) {
    std::string_view rest = take_offer(offers, ',');
    if (!http::iequals(take_offer(rest, ';'), "permessage-deflate")) continue;
    Offer offer;
    bool accepted = true;
    while (accepted && !rest.empty()) accepted = offer.take(parse_deflate_parameter(take_offer(rest, ';')));
    if (accepted) return offer.agreement;
  }
  return std::nullopt;
}

/// Beast's stream, and its latest input, some of which it may have read beyond the end of the stream.
struct WebSocketInflater::Stream {
  static constexpr std::size_t reservoir_bytes = 4;
  zlib::inflate_stream zlib;
  std::string latest;  // the last bytes that it has read, at most reservoir_bytes

  void note(std::string_view taken) {
    taken.remove_prefix(taken.size() - std::min(taken.size(), reservoir_bytes));
    latest.append(taken);
    if (latest.size() > reservoir_bytes) latest.erase(0, latest.size() - reservoir_bytes);
  }
  /// Starts another stream after the end of one, and returns the whole bytes that were read beyond the end.
  [[nodiscard]] std::string start_anew(const zlib::z_params& step) {
    const std::size_t beyond = static_cast<std::size_t>(step.data_type & 63) / 8;
    zlib.reset();
    return latest.substr(latest.size() - std::min(beyond, latest.size()));
  }
};

WebSocketInflater::WebSocketInflater(DeflateAgreement agreement) noexcept
    : forgets_(agreement.client_no_context_takeover) {}
WebSocketInflater::~WebSocketInflater() = default;

WebSocketInflater::Result WebSocketInflater::inflate(std::string_view piece, std::string& out, std::size_t max_bytes) {
  if (!stream_) stream_ = std::make_unique<Stream>();
  std::size_t filled = out.size();
  const auto done = [&](Result result) {
    out.resize(filled);
    return result;
  };
  std::string given_back;  // unused input of a stream that has ended; it comes before the piece
  for (;;) {
    if (filled == out.size()) {
      // The room depends on how much the peer has sent, so that a high limit alone costs no memory.
      std::size_t room = std::clamp<std::size_t>(4 * piece.size(), 512, std::size_t{64} * 1024);
      if (max_bytes != 0) room = std::min(room, max_bytes - filled + 1);
      out.resize(filled + room);
    }
    const bool is_again = !given_back.empty();
    const std::string_view source = is_again ? std::string_view(given_back) : piece;
    zlib::z_params step;
    step.next_in = source.data();
    step.avail_in = source.size();
    step.next_out = out.data() + filled;
    step.avail_out = out.size() - filled;
    boost::system::error_code error;
    stream_->zlib.write(step, zlib::Flush::sync, error);
    filled = out.size() - step.avail_out;
    const std::size_t taken = source.size() - step.avail_in;
    stream_->note(source.substr(0, taken));
    is_again ? void(given_back.erase(0, taken)) : piece.remove_prefix(taken);
    if (max_bytes != 0 && filled > max_bytes) return done(Result::too_big);
    if (error == zlib::error::end_of_stream) {
      // A block with BFINAL (RFC 7692 section 7.2.3.4): its sender begins a new stream after it.
      given_back.insert(0, stream_->start_anew(step));
    } else if (error && error != zlib::error::need_buffers) {
      return done(Result::corrupt);
    } else if (step.avail_out != 0 && step.avail_in != 0) {
      return done(Result::corrupt);
    }
    if (step.avail_out != 0 && given_back.empty() && piece.empty()) return done(Result::ok);
  }
}

WebSocketInflater::Result WebSocketInflater::finish(std::string& out, std::size_t max_bytes) {
  const Result result = inflate(tail, out, max_bytes);
  if (forgets_) stream_->zlib.reset();
  return result;
}

struct WebSocketDeflater::Stream : zlib::deflate_stream {};

WebSocketDeflater::WebSocketDeflater(DeflateAgreement agreement) noexcept
    : window_bits_(agreement.server_max_window_bits), forgets_(agreement.server_no_context_takeover) {}
WebSocketDeflater::~WebSocketDeflater() = default;

std::string WebSocketDeflater::deflate(std::string_view message) {
  constexpr int message_level = 6, message_memory = 8;
  if (!stream_) {
    stream_ = std::make_unique<Stream>();
    stream_->reset(message_level, window_bits_, message_memory, zlib::Strategy::normal);
  }
  std::string out;
  zlib::z_params step;
  step.next_in = message.data();
  step.avail_in = message.size();
  do {
    const std::size_t before = out.size();
    const std::size_t room = std::max<std::size_t>(256, message.size() / 2);
    out.resize(before + room);
    step.next_out = out.data() + before;
    step.avail_out = room;
    boost::system::error_code error;
    stream_->write(step, zlib::Flush::sync, error);
    if (error && error != zlib::error::need_buffers) throw std::runtime_error("deflate: " + error.message());
    out.resize(before + room - step.avail_out);
  } while (step.avail_out == 0);
  if (!out.ends_with(tail)) throw std::logic_error("a flushed deflate stream does not end with 00 00 ff ff");
  out.resize(out.size() - tail.size());
  if (forgets_) stream_->reset();
  return out;
}

}  // namespace serval::detail
