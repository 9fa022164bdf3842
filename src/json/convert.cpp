// SPDX-License-Identifier: MIT
#include "json/convert.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

#include "json/members.hpp"

namespace serval::detail {
namespace {

json integer(JsonValue value) {
  const std::string_view digits = value.raw();
  const char* const end = digits.data() + digits.size();
  std::int64_t number = 0;
  if (std::from_chars(digits.data(), end, number).ec == std::errc{}) return number;
  std::uint64_t large = 0;
  if (std::from_chars(digits.data(), end, large).ec == std::errc{}) return large;
  return value.number();
}

/// A value whose place in the tree exists but is not filled yet.
struct PendingNode {
  json* place;
  JsonValue value;
};

/// Builds the tree without recursion. A container gets room for all its children before the first of them is made,
/// because `PendingNode` points into it.
class TreeBuilder {
 public:
  json build(JsonValue root) {
    json tree;
    pending_.push_back({&tree, root});
    while (!pending_.empty()) {
      const PendingNode next = pending_.back();
      pending_.pop_back();
      fill(*next.place, next.value);
    }
    return tree;
  }

 private:
  void fill(json& place, JsonValue value) {
    switch (value.kind()) {
      case JsonValue::Kind::null:
        return;
      case JsonValue::Kind::false_:
      case JsonValue::Kind::true_:
        place = value.kind() == JsonValue::Kind::true_;
        return;
      case JsonValue::Kind::integer:
        place = integer(value);
        return;
      case JsonValue::Kind::real:
        place = value.number();
        return;
      case JsonValue::Kind::string:
        place = value.string(scratch_);
        return;
      case JsonValue::Kind::array:
        fill_array(place, value);
        return;
      case JsonValue::Kind::object:
        fill_object(place, value);
        return;
    }
  }

  void fill_array(json& place, JsonValue value) {
    place = json::array();
    auto& elements = place.get_ref<json::array_t&>();
    elements.resize(value.size());
    JsonValue child = value.first();
    for (json& element : elements) {
      pending_.push_back({&element, child});
      child = child.next();
    }
  }

  // Directly into the vector of an ordered object, whose own insertion would search all earlier keys.
  void fill_object(json& place, JsonValue value) {
    place = json::object();
    auto& object = place.get_ref<json::object_t&>();
    members_.clear();
    append_members(members_, value);
    object.reserve(members_.size());
    for (const JsonMember& member : members_) {
      object.emplace_back(std::string(member.key.string(scratch_)), json());
      pending_.push_back({&object.back().second, member.value});
    }
  }

  std::vector<PendingNode> pending_;
  std::vector<JsonMember> members_;
  std::string scratch_;
};

}  // namespace

json to_json_value(JsonValue value) { return TreeBuilder().build(value); }

}  // namespace serval::detail
