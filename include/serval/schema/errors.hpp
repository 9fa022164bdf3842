// SPDX-License-Identifier: MIT
// What was wrong with an input: `Issue` is one fault, `Errors` is what a model's own check fills in. `ValidationError`
// carries all faults of a request, which the client is told of; `DecodeError` those of anything else that the program
// decodes, which are the program's own affair.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace serval::schema {

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
  /// Place and message in one line, without the input: "items.2.price: Input should be greater than 0".
  /// The place has the keys of maps, which are the sender's: control characters are escaped as in JSON, what is no
  /// UTF-8 is replaced, and a place of more than 100 characters is cut and ends in "...".
  [[nodiscard]] std::string to_text() const;
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

}  // namespace serval::schema

namespace serval {

/// All faults of one request. Becomes the 422 answer, inputs included, unless the application handles it otherwise: so
/// throw it only for what the client sent. An `Argument<T>` of your own that reads the body has its faults answered
/// beside those of the other arguments: either it reads by `decode_request_json`, or it throws
/// `ValidationError({{.type = "value_error", .loc = {"body", "name"}, .msg = "Value error, ...", .input = "null"}})`.
class ValidationError : public std::exception {
 public:
  explicit ValidationError(std::vector<schema::Issue> issues);
  [[nodiscard]] const std::vector<schema::Issue>& issues() const noexcept { return issues_; }
  [[nodiscard]] const char* what() const noexcept override;

 private:
  std::vector<schema::Issue> issues_;
};

/// All faults of a value that the program decodes by itself: a row of a database, a message, settings. The client is
/// not to blame and learns nothing of it: uncaught it is a 500, and the log has `what()`, which lists every fault with
/// its place, the keys of maps included (see `schema::Issue::to_text`), but no input.
class DecodeError : public std::runtime_error {
 public:
  explicit DecodeError(std::vector<schema::Issue> issues);
  [[nodiscard]] const std::vector<schema::Issue>& issues() const noexcept { return issues_; }

 private:
  std::vector<schema::Issue> issues_;
};

}  // namespace serval
