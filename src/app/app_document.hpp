// SPDX-License-Identifier: MIT
// The application's OpenAPI document: made once, before something serves or when the program asks for it, then read.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <serval/json/json.hpp>

#include "openapi/document.hpp"

namespace serval::detail {

class AppDocument {
 public:
  /// `describe` says what is in it; `warn` is told of what is hardly meant.
  AppDocument(std::function<openapi::Description()> describe, std::function<void(const std::string&)> warn)
      : describe_(std::move(describe)), warn_(std::move(warn)) {}

  void add_hook(std::function<void(json&)> hook);
  /// It is to be made again.
  void discard();

  /// Lifetime: until `discard`. Thread safety: any number of threads, but none may discard it meanwhile.
  const json& get() const;
  /// As it is served under a root path; empty for none.
  [[nodiscard]] std::string text(std::string_view root_path) const;

 private:
  struct Made {
    json document;
    std::string text;
  };
  const Made& made() const;

  std::function<openapi::Description()> describe_;
  std::function<void(const std::string&)> warn_;
  std::vector<std::function<void(json&)>> hooks_;
  mutable std::mutex mutex_;  // guards the making of `made_`, and what stands below it
  mutable std::unique_ptr<const Made> made_;
  // Of the last root path only: a client can write that of a mount in many ways, "/%61dmin".
  mutable std::string root_path_;
  mutable std::string text_under_root_;
};

}  // namespace serval::detail
