// SPDX-License-Identifier: MIT
#include "json/members.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace serval::detail {
namespace {

// Up to this number, comparing every pair of keys is faster than sorting them.
constexpr std::size_t few_members = 16;

bool same_key(JsonValue one, JsonValue other, std::string& scratch) { return one.equals(other.string(scratch)); }

void append_few(std::vector<JsonMember>& out, JsonValue object) {
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  std::string scratch;
  JsonValue key = object.first();
  for (std::size_t left = object.size(); left > 0; --left) {
    const JsonValue value = key.next();
    const auto earlier = std::find_if(out.begin() + first, out.end(),
                                      [&](const JsonMember& m) { return same_key(m.key, key, scratch); });
    if (earlier == out.end()) {
      out.push_back({key, value});
    } else {
      earlier->value = value;
    }
    key = value.next();
  }
}

struct Name {
  std::string_view text;
  std::size_t place;  // index among the members, in document order
};

void append_many(std::vector<JsonMember>& out, JsonValue object) {
  std::vector<JsonMember> members;
  std::vector<std::string> decoded(object.size());
  std::vector<Name> names;
  members.reserve(object.size());
  names.reserve(object.size());
  JsonValue key = object.first();
  for (std::size_t place = 0; place < object.size(); ++place) {
    const JsonValue value = key.next();
    members.push_back({key, value});
    names.push_back({key.string(decoded[place]), place});
    key = value.next();
  }
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
    const int order = a.text.compare(b.text);
    return order != 0 ? order < 0 : a.place < b.place;
  });
  std::vector<bool> repeated(members.size(), false);
  for (std::size_t i = 0, first = 0; i < names.size(); ++i) {
    if (names[i].text != names[first].text) first = i;
    if (i == first) continue;
    members[names[first].place].value = members[names[i].place].value;
    repeated[names[i].place] = true;
  }
  for (std::size_t place = 0; place < members.size(); ++place) {
    if (!repeated[place]) out.push_back(members[place]);
  }
}

}  // namespace

void append_members(std::vector<JsonMember>& out, JsonValue object) {
  if (object.size() <= few_members) {
    append_few(out, object);
  } else {
    append_many(out, object);
  }
}

}  // namespace serval::detail
