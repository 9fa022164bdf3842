// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"
#include "base/utf8.hpp"
#include "base/utf8_check.hpp"
#include "json/encoding.hpp"

namespace serval::detail {
namespace {

constexpr std::uint32_t no_node = std::numeric_limits<std::uint32_t>::max();

constexpr std::size_t first_nodes = 64;  // spares a new document its first few growths

// The storage that a document keeps between parses is limited, so that one large body does not hold memory forever.
constexpr std::size_t kept_nodes = 64 * 1024;
constexpr std::size_t kept_decoded_bytes = 1024 * 1024;

constexpr const char* expecting_value = "Expecting value";
constexpr const char* invalid_unicode_escape = "Invalid \\uXXXX escape";

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_hex(char c) { return hex_value(c) >= 0; }

// Bytes in a string that need special treatment: quote, backslash, control characters, non-ASCII bytes.
constexpr std::array<bool, 256> stops_string = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) table[c] = c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
  return table;
}();

// The first byte from `p` on that stops a string, or `end`.
const char* skip_plain(const char* p, const char* end) {
  if constexpr (std::endian::native == std::endian::little) {
    for (; end - p >= 8; p += 8) {
      const std::uint64_t word = load_bytes(p);
      const std::uint64_t stops =
          bytes_below(word, 0x20) | bytes_equal_to(word, '"') | bytes_equal_to(word, '\\') | (word & byte_highs);
      if (stops != 0) return p + std::countr_zero(stops) / 8;
    }
  }
  while (p != end && !stops_string[static_cast<unsigned char>(*p)]) ++p;
  return p;
}

/// One pass over one text. While a container is open its node's `next` holds the index of the container around it, so
/// the tape itself is the stack.
class TapeBuilder {
 public:
  TapeBuilder(JsonTape& tape, std::size_t max_depth)
      : nodes_(tape.nodes),
        begin_(tape.text.data()),
        p_(begin_),
        end_(begin_ + tape.text.size()),
        max_depth_(max_depth != 0 ? max_depth : std::numeric_limits<std::size_t>::max()) {}

  bool read_document() {
    skip_space();
    if (!read_value()) return false;
    while (open_ != no_node) {
      if (!read_next_child()) return false;
    }
    skip_space();
    return p_ == end_ || fail(p_, "Extra data");
  }

  [[nodiscard]] bool is_unreadable() const { return message_ == nullptr; }
  [[nodiscard]] const char* fault() const { return fault_; }
  [[nodiscard]] const char* message() const { return message_; }

 private:
  using Kind = JsonNode::Kind;

  bool fail(const char* at, const char* message) {
    fault_ = at;
    message_ = message;
    return false;
  }

  bool refuse() { return fail(p_, nullptr); }

  [[nodiscard]] bool at(char c) const { return p_ != end_ && *p_ == c; }

  void skip_space() {
    while (p_ != end_ && is_space(*p_)) ++p_;
  }

  [[nodiscard]] std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }

  // Filled in place: a node built elsewhere is stored by fields and then copied by words, which stalls the processor.
  JsonNode& append_node(Kind kind, const char* begin) {
    JsonNode& node = nodes_.emplace_back();
    node.kind = kind;
    node.begin = offset(begin);
    return node;
  }

  JsonNode& add(Kind kind, const char* begin, const char* end) {
    JsonNode& node = append_node(kind, begin);
    node.end = offset(end);
    node.next = static_cast<std::uint32_t>(nodes_.size());
    return node;
  }

  bool open(Kind kind) {
    if (depth_ == max_depth_) return refuse();
    ++depth_;
    append_node(kind, p_).next = open_;
    open_ = static_cast<std::uint32_t>(nodes_.size()) - 1;
    ++p_;
    return true;
  }

  bool close() {
    JsonNode& container = nodes_[open_];
    open_ = container.next;
    container.next = static_cast<std::uint32_t>(nodes_.size());
    container.end = offset(++p_);
    --depth_;
    return true;
  }

  // Reads what may follow in the innermost open container: its end, or one more element or member. The order of the
  // checks, and so the positions, are CPython's.
  bool read_next_child() {
    JsonNode& container = nodes_[open_];
    const bool object = container.kind == Kind::object;
    const char closing = object ? '}' : ']';
    skip_space();
    if (at(closing)) return close();
    if (container.count != 0) {
      if (!at(',')) return fail(p_, "Expecting ',' delimiter");
      const char* const comma = p_++;
      skip_space();
      if (at(closing)) {
        return fail(comma, object ? "Illegal trailing comma before end of object"
                                  : "Illegal trailing comma before end of array");
      }
    }
    ++container.count;  // before the child's nodes may relocate the container's
    return object ? read_key() && read_value() : read_value();
  }

  bool read_key() {
    if (!at('"')) return fail(p_, "Expecting property name enclosed in double quotes");
    if (!read_string()) return false;
    skip_space();
    if (!at(':')) return fail(p_, "Expecting ':' delimiter");
    ++p_;
    skip_space();
    return true;
  }

  bool read_value() {
    if (p_ == end_) return fail(p_, expecting_value);
    switch (*p_) {
      case '"':
        return read_string();
      case '{':
        return open(Kind::object);
      case '[':
        return open(Kind::array);
      case 't':
        return read_literal("true", Kind::true_);
      case 'f':
        return read_literal("false", Kind::false_);
      case 'n':
        return read_literal("null", Kind::null);
      default:  // NaN and Infinity are also errors: JSON has neither (RFC 8259 section 6)
        return read_number();
    }
  }

  bool read_literal(std::string_view literal, Kind kind) {
    if (!std::string_view(p_, static_cast<std::size_t>(end_ - p_)).starts_with(literal)) {
      return fail(p_, expecting_value);
    }
    const char* const start = p_;
    p_ += literal.size();
    add(kind, start, p_);
    return true;
  }

  const char* skip_digits(const char* p) const {
    while (p != end_ && is_digit(*p)) ++p;
    return p;
  }

  // A fraction or an exponent without digits is not part of the number: the error is then in the following text.
  bool read_number() {
    const char* const start = p_;
    const char* p = p_;
    if (*p == '-') ++p;
    if (p == end_ || !is_digit(*p)) return fail(start, expecting_value);
    const char* const digits = p;
    p = *p == '0' ? p + 1 : skip_digits(p);
    const auto integer_digits = static_cast<std::size_t>(p - digits);
    Kind kind = Kind::integer;
    if (end_ - p > 1 && *p == '.' && is_digit(p[1])) {
      kind = Kind::real;
      p = skip_digits(p + 1);
    }
    if (end_ - p > 1 && (*p == 'e' || *p == 'E')) {
      const char* const exponent = p + 1 + (p[1] == '+' || p[1] == '-' ? 1 : 0);
      if (exponent != end_ && is_digit(*exponent)) {
        kind = Kind::real;
        p = skip_digits(exponent);
      }
    }
    if (kind == Kind::integer && integer_digits > max_integer_digits) return refuse();
    p_ = p;
    add(kind, start, p);
    return true;
  }

  bool read_string() {
    const char* const quote = p_++;
    bool escaped = false;
    for (;;) {
      p_ = skip_plain(p_, end_);
      if (p_ == end_) return fail(quote, "Unterminated string starting at");
      const auto c = static_cast<unsigned char>(*p_);
      if (c == '"') break;
      if (c == '\\') {
        escaped = true;
        if (!read_escape(quote)) return false;
      } else if (c < 0x20) {
        return fail(p_, "Invalid control character at");
      } else if (!skip_non_ascii()) {
        return refuse();
      }
    }
    add(Kind::string, quote + 1, p_).escaped = escaped;
    ++p_;
    return true;
  }

  bool skip_non_ascii() {
    const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
    std::size_t position = 0;
    do {
      const Utf8Step step = utf8_step(rest, position);
      if (!step.well_formed) return false;
      position += step.length;
    } while (position < rest.size() && static_cast<unsigned char>(rest[position]) >= 0x80);
    p_ += position;
    return true;
  }

  bool read_escape(const char* quote) {
    if (end_ - p_ < 2) return fail(quote, "Unterminated string starting at");
    const char letter = p_[1];
    if (letter != 'u') {
      if (std::string_view("\"\\/bfnrt").find(letter) == std::string_view::npos) return fail(p_, "Invalid \\escape");
      p_ += 2;
      return true;
    }
    // CPython requires a character after the digits, at least the closing quote.
    if (end_ - p_ <= 6 || !std::all_of(p_ + 2, p_ + 6, is_hex)) return fail(p_ + 1, invalid_unicode_escape);
    p_ += 6;
    return true;
  }

  std::vector<JsonNode>& nodes_;
  const char* const begin_;
  const char* p_;
  const char* const end_;
  std::uint32_t open_ = no_node;  // the innermost open container
  std::size_t depth_ = 0;
  std::size_t max_depth_;
  const char* fault_ = nullptr;
  const char* message_ = nullptr;
};

std::size_t count_code_points(const char* begin, const char* end) {
  return static_cast<std::size_t>(
      std::count_if(begin, end, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

JsonDocument::Outcome JsonDocument::parse(std::string_view body, std::size_t max_depth) {
  constexpr std::size_t too_long = no_node;  // offsets are 32 bits wide
  tape_.nodes.clear();
  if (tape_.nodes.capacity() > kept_nodes) tape_.nodes.shrink_to_fit();
  tape_.nodes.reserve(first_nodes);
  if (decoded_.capacity() > kept_decoded_bytes) std::string().swap(decoded_);
  if (body.size() >= too_long) return Outcome::unreadable;
  const auto [encoding, mark_bytes] = detect_json_encoding(body);
  tape_.text = body.substr(mark_bytes);
  if (encoding != JsonEncoding::utf8) {
    if (!decode_to_utf8(tape_.text, encoding, decoded_) || decoded_.size() >= too_long) return Outcome::unreadable;
    tape_.text = decoded_;
  }
  TapeBuilder builder(tape_, max_depth);
  if (builder.read_document()) return Outcome::ok;
  // Python decodes the whole text before it parses it.
  if (builder.is_unreadable() || !is_utf8(tape_.text)) return Outcome::unreadable;
  error_.position = count_code_points(tape_.text.data(), builder.fault());
  error_.message = builder.message();
  return Outcome::invalid;
}

}  // namespace serval::detail
