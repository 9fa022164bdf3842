// SPDX-License-Identifier: MIT
// What was wrong with an input: `Issue` is one entry of a 422 answer, `Errors` is what a model's own check
// fills in, `ValidationError` carries all issues of a request to the error middleware.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace serval {

/// One fault of an input, in the form of the 422 answer: `{"type", "loc", "msg", "input", "ctx"}`.
struct Issue {
  /// An element of the place: a name, or the index in a list.
  using Place = std::variant<std::string, std::int64_t>;

  std::string type;        ///< identifier, "missing", "int_parsing", ...
  std::vector<Place> loc;  ///< "body", "items", 2, "price"
  std::string msg;         ///< an English sentence
  std::string input;       ///< the offending value as JSON text; empty is shown as null
  std::string ctx;         ///< a JSON object, or empty

  /// Appends the issue as a JSON object.
  void append_to(std::string& out) const;
};

/// `{"detail":[...]}`.
[[nodiscard]] std::string to_json_text(const std::vector<Issue>& issues);

/// What a model's `static void check(const T&, Errors&)` reports: rules that involve several members. Each becomes
/// an issue of type `value_error` with the message "Value error, <message>".
class Errors {
 public:
  /// A fault of the whole model.
  void add(std::string message);
  /// A fault shown at one member, by its name on the wire.
  void add(std::string_view member, std::string message);
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// One fault as it was added.
  struct Entry {
    std::string member;  ///< empty: the model itself
    std::string message;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  std::vector<Entry> entries_;
};

/// All faults of one request. Becomes the 422 answer unless the application handles it otherwise.
class ValidationError : public std::exception {
 public:
  explicit ValidationError(std::vector<Issue> issues);
  [[nodiscard]] const std::vector<Issue>& issues() const noexcept { return issues_; }
  [[nodiscard]] const char* what() const noexcept override;

 private:
  std::vector<Issue> issues_;
};

}  // namespace serval
