// SPDX-License-Identifier: MIT
// Responses in the document besides the normal one: those of error handlers, dependencies, middleware.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/openapi/model_ref.hpp>
#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// The key of a response in the document. Shape: a status, `404`; a range, `"4XX"`; or `"default"`. Letters of either
/// case.
class ResponseKey {
 public:
  ResponseKey() = default;
  ResponseKey(int status);            // implicit: `.status = 404`
  ResponseKey(std::string_view key);  // implicit
  ResponseKey(const char* key) : ResponseKey(std::string_view(key)) {}

  /// "404", "4XX", "default".
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  friend bool operator==(const ResponseKey&, const ResponseKey&) = default;

 private:
  std::string text_;
};

/// One response: `{.status = 404, .description = "No such item", .model = model_of<Message>}`.
struct ResponseInfo {
  /// The status, a range of them, or "default".
  ResponseKey status;
  /// Default: the status's reason phrase; for the route's own status, the description of the route.
  std::string description{};
  /// The model of the body. Default: none is documented.
  ModelRef model{};
  /// The media type of the model. Default: that of the route's normal response, usually "application/json".
  std::string media_type{};
  /// Header Objects by name: `{{"x-rate-limit", {{"schema", {{"type", "integer"}}}}}}`.
  Part headers{};
  /// Link Objects by name.
  Part links{};
  /// Media Type Objects by media type, in addition to that of `model`.
  Part content{};
};

/// Several responses, one for each status: `.responses = {{.status = 404}, {.status = "5XX"}}`.
class ResponseList {
 public:
  ResponseList() noexcept;
  ResponseList(std::initializer_list<ResponseInfo> responses);
  explicit ResponseList(std::vector<ResponseInfo> responses);
  ResponseList(const ResponseList& other) noexcept;
  ResponseList(ResponseList&& other) noexcept;
  ResponseList& operator=(const ResponseList& other) noexcept;
  ResponseList& operator=(ResponseList&& other) noexcept;
  ~ResponseList();

  /// The responses in their order. Lifetime: that of this list.
  [[nodiscard]] std::span<const ResponseInfo> all() const noexcept;

 private:
  std::shared_ptr<const std::vector<ResponseInfo>> all_;
};

/// Both lists in one; if both have the same status, the second's response counts.
[[nodiscard]] ResponseList merge(const ResponseList& first, const ResponseList& second);

}  // namespace serval::openapi
