// SPDX-License-Identifier: MIT
// The templates of a directory, checked and parsed.
#pragma once

#include <kainjow/mustache.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <serval/base/source_location.hpp>

namespace serval::detail {

/// Thread safety: any thread may use it after its construction.
class TemplateSet {
 public:
  /// Errors: SetupError that lists all faults.
  TemplateSet(const std::filesystem::path& directory, SourceLocation where);

  /// Null if there is none. The library's `render` is not const, but changes nothing: included templates have been
  /// inserted, and values are never functions.
  [[nodiscard]] kainjow::mustache::mustache* find(std::string_view name) const;

 private:
  std::map<std::string, std::unique_ptr<kainjow::mustache::mustache>, std::less<>> templates_;
};

}  // namespace serval::detail
