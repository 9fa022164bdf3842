// SPDX-License-Identifier: MIT
// A parsed JSON text: a flat list of nodes in document order that refer to the text, and a cursor over them. Values are
// decoded and copied only on request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// One value or one object key.
struct JsonNode {
  enum class Kind : std::uint8_t { null, false_, true_, integer, real, string, array, object };

  Kind kind;
  bool escaped;         ///< A string that contains a backslash escape.
  std::uint32_t begin;  ///< Span in the text: strings without their quotes, containers with their brackets.
  std::uint32_t end;
  std::uint32_t next;   ///< Index of the first node after this one's subtree.
  std::uint32_t count;  ///< Elements of an array, members of an object (children: key, value, key, value ...).
};

/// A text and its nodes. The root is node 0.
struct JsonTape {
  std::string_view text;
  std::vector<JsonNode> nodes;
};

/// A cursor to one value or key. Cheap to copy; valid while its tape and the text do not change.
class JsonValue {
 public:
  using Kind = JsonNode::Kind;

  JsonValue(const JsonTape& tape, std::uint32_t index) noexcept : tape_(&tape), index_(index) {}

  [[nodiscard]] Kind kind() const noexcept { return node().kind; }
  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
  [[nodiscard]] bool is_bool() const noexcept { return kind() == Kind::false_ || kind() == Kind::true_; }
  [[nodiscard]] bool is_integer() const noexcept { return kind() == Kind::integer; }
  [[nodiscard]] bool is_real() const noexcept { return kind() == Kind::real; }
  [[nodiscard]] bool is_number() const noexcept { return is_integer() || is_real(); }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }

  /// The value as in the text, strings with their quotes.
  [[nodiscard]] std::string_view raw() const noexcept {
    const JsonNode& n = node();
    const std::uint32_t quote = n.kind == Kind::string ? 1 : 0;
    return tape_->text.substr(n.begin - quote, n.end - n.begin + 2 * quote);
  }

  /// Whether this is a string with a backslash escape, so that its text differs from the text between its quotes.
  [[nodiscard]] bool is_escaped() const noexcept { return node().escaped; }

  /// The decoded string: a view of the text if nothing is escaped, otherwise of `scratch`, which is overwritten.
  /// A lone surrogate escape becomes U+FFFD. REQUIRES: is_string().
  [[nodiscard]] std::string_view string(std::string& scratch) const;

  /// Whether this is a string whose decoded text is `text`.
  [[nodiscard]] bool equals(std::string_view text) const;

  /// The number as Python's float() reads it: infinite beyond the range of double.
  /// REQUIRES: is_number().
  [[nodiscard]] double number() const noexcept;

  /// The number of elements of an array or members of an object, otherwise 0.
  [[nodiscard]] std::size_t size() const noexcept { return node().count; }

  /// The first child; children of an object are key, value, key, value. Must not be called if size() is 0.
  [[nodiscard]] JsonValue first() const noexcept { return {*tape_, index_ + 1}; }

  /// The value after this one and its contents. Only the parent's size() tells whether that is a sibling.
  [[nodiscard]] JsonValue next() const noexcept { return {*tape_, node().next}; }

  /// The member named `key`; the last one if there are several. Nothing if this is not an object.
  [[nodiscard]] std::optional<JsonValue> find(std::string_view key) const;

  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }

  /// The value of that index on the same tape.
  [[nodiscard]] JsonValue at(std::uint32_t index) const noexcept { return {*tape_, index}; }

 private:
  [[nodiscard]] const JsonNode& node() const noexcept { return tape_->nodes[index_]; }
  [[nodiscard]] std::string_view span() const noexcept {
    return tape_->text.substr(node().begin, node().end - node().begin);
  }

  const JsonTape* tape_;
  std::uint32_t index_;
};

}  // namespace serval::detail
