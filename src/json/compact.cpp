// SPDX-License-Identifier: MIT
#include "json/compact.hpp"

#include <cstddef>
#include <vector>

#include <serval/base/json_escape.hpp>

#include "json/members.hpp"
#include "json/writer.hpp"

namespace serval::detail {
namespace {

/// Walks a value without recursion; each nesting level costs a frame on the heap.
class CompactWriter {
 public:
  explicit CompactWriter(std::string& out) : out_(out) {}

  void write(JsonValue value) {
    write_or_open(value);
    while (!frames_.empty()) {
      if (frames_.back().left == 0)
        close();
      else
        write_or_open(next_child());
    }
  }

 private:
  struct Frame {
    JsonValue child;      // of an array: the next element
    std::size_t left;     // remaining children
    std::size_t members;  // of an object: the index of its first member in members_
    bool object;
    bool first;
  };

  void write_or_open(JsonValue value) {
    switch (value.kind()) {
      case JsonValue::Kind::integer:
        out_.append(value.raw() == "-0" ? "0" : value.raw());
        return;
      case JsonValue::Kind::real:
        if (!append_double(out_, value.number(), FloatStyle::python)) out_.append("null");
        return;
      case JsonValue::Kind::string:
        append_string(value);
        return;
      case JsonValue::Kind::array:
      case JsonValue::Kind::object:
        open(value);
        return;
      case JsonValue::Kind::null:
      case JsonValue::Kind::false_:
      case JsonValue::Kind::true_:
        out_.append(value.raw());
        return;
    }
  }

  // A string that had no escape in the input needs none.
  void append_string(JsonValue value) {
    if (value.is_escaped()) {
      append_json_string(out_, value.string(scratch_));
    } else {
      out_.append(value.raw());
    }
  }

  void open(JsonValue container) {
    const std::size_t members = members_.size();
    std::size_t children = container.size();
    if (container.is_object()) {
      append_members(members_, container);
      children = members_.size() - members;
    }
    out_.push_back(container.is_object() ? '{' : '[');
    frames_.push_back({.child = container.first(),
                       .left = children,
                       .members = members,
                       .object = container.is_object(),
                       .first = true});
  }

  void close() {
    const Frame& frame = frames_.back();
    out_.push_back(frame.object ? '}' : ']');
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(frame.members), members_.end());
    frames_.pop_back();
  }

  JsonValue next_child() {
    Frame& frame = frames_.back();
    if (!frame.first) out_.push_back(',');
    frame.first = false;
    if (!frame.object) {
      --frame.left;
      const JsonValue child = frame.child;
      frame.child = child.next();
      return child;
    }
    const JsonMember member = members_[members_.size() - frame.left--];
    append_string(member.key);
    out_.push_back(':');
    return member.value;
  }

  std::string& out_;
  std::string scratch_;
  std::vector<Frame> frames_;
  std::vector<JsonMember> members_;
};

}  // namespace

void append_compact(std::string& out, JsonValue value) { CompactWriter(out).write(value); }

}  // namespace serval::detail
