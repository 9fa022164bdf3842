// SPDX-License-Identifier: MIT
// Lines of logs as JSON objects.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace serval::detail {

/// Appends a JSON string of visible ASCII and blanks: what is not cannot steer a terminal or end a line for some
/// reader.
void append_ascii_json_string(std::string& out, std::string_view text);

/// An object that is written member by member.
class JsonLine {
 public:
  JsonLine() { out_.reserve(512); }

  /// Null if the text is empty.
  void add(std::string_view name, std::string_view text) {
    begin(name);
    if (text.empty())
      out_ += "null";
    else
      append_ascii_json_string(out_, text);
  }
  /// `append` appends the value to a string.
  template <class Append>
  void add_value(std::string_view name, const Append& append) {
    begin(name);
    append(out_);
  }
  [[nodiscard]] std::string end() { return std::move(out_) + '}'; }

 private:
  void begin(std::string_view name) { out_.append(out_.empty() ? "{\"" : ",\"").append(name).append("\":"); }
  std::string out_;
};

}  // namespace serval::detail
