// SPDX-License-Identifier: MIT
// The application's OpenAPI document: made once, before it is served or when the program requests it, then only read.
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
  /// `describe` returns its contents; `warn` is called for settings that are probably mistakes.
  AppDocument(std::function<openapi::Description()> describe, std::function<void(const std::string&)> warn)
      : describe_(std::move(describe)), warn_(std::move(warn)) {}

  void add_hook(std::function<void(json&)> hook);
  /// Discards the document; the next call makes it again.
  void discard();

  /// Lifetime: until `discard`. Thread safety: any number of threads, but not while one discards it.
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
  mutable std::mutex mutex_;  // guards the creation of `made_`, and the members below it
  mutable std::unique_ptr<const Made> made_;
  // Only the last root path: a client can write the root path of a mount in many ways, "/%61dmin".
  mutable std::string root_path_;
  mutable std::string text_under_root_;
};

}  // namespace serval::detail
