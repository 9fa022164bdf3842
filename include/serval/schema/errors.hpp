// SPDX-License-Identifier: MIT
// Validation errors of an input: `Issue` is one error, and a model's own check fills in `Errors`. `ValidationError` has
// all errors of a request, which are sent to the client; `DecodeError` has those of other data that the program
// decodes, which are not.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace serval::schema {

/// One error in an input, in the format of the 422 response: `{"type", "loc", "msg", "input", "ctx"}`.
struct Issue {
  /// An element of the location: a name, or the index in a list.
  using Place = std::variant<std::string, std::int64_t>;

  std::string type;        ///< identifier, "missing", "int_parsing", ...
  std::vector<Place> loc;  ///< "body", "items", 2, "price"
  std::string msg;         ///< an English sentence
  std::string input;       ///< the offending value as JSON text; empty is shown as null
  std::string ctx;         ///< a JSON object, or empty

  /// Appends the issue as a JSON object.
  void append_to(std::string& out) const;
  /// Location and message in one line, without the input: "items.2.price: Input should be greater than 0". The location
  /// contains the keys of maps, which the sender chooses: control characters are escaped as in JSON, invalid UTF-8 is
  /// replaced, and a location of more than 100 characters is cut and ends in "...".
  [[nodiscard]] std::string to_text() const;
};

/// `{"detail":[...]}`.
[[nodiscard]] std::string to_json_text(const std::vector<Issue>& issues);

/// The errors that a model's `static void check(const T&, Errors&)` reports for rules over several members. Each
/// becomes an issue of type `value_error` with the message "Value error, <message>".
class Errors {
 public:
  /// Adds an error of the whole model.
  void add(std::string message);
  /// Adds an error at one member, named as on the wire.
  void add(std::string_view member, std::string message);
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// One error as it was added.
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

/// All errors of one request. It becomes the 422 response, including the inputs, unless the application has an error
/// handler for it: so throw it only for data that the client sent. For your own `Argument<T>` that reads the body, the
/// response lists its errors with those of the other arguments: it reads with `decode_request_json`, or throws
/// `ValidationError({{.type = "value_error", .loc = {"body", "name"}, .msg = "Value error, ...", .input = "null"}})`.
class ValidationError : public std::exception {
 public:
  explicit ValidationError(std::vector<schema::Issue> issues);
  [[nodiscard]] const std::vector<schema::Issue>& issues() const noexcept { return issues_; }
  [[nodiscard]] const char* what() const noexcept override;

 private:
  std::vector<schema::Issue> issues_;
};

/// All errors of a value that the program itself decodes: a database row, a message, settings. It is not the client's
/// mistake and is not shown to it: if it is not caught, the response is 500, and the log has `what()`, which lists
/// every error with its location, including keys of maps (see `schema::Issue::to_text`), but no input.
class DecodeError : public std::runtime_error {
 public:
  explicit DecodeError(std::vector<schema::Issue> issues);
  [[nodiscard]] const std::vector<schema::Issue>& issues() const noexcept { return issues_; }

 private:
  std::vector<schema::Issue> issues_;
};

}  // namespace serval
