// SPDX-License-Identifier: MIT
// The value that stands in for an absent parameter, read once and decoded for each request that needs it.
#pragma once

#include <string>

#include <serval/schema/type.hpp>

#include "json/reader.hpp"

namespace serval::detail {

class DefaultValue {
 public:
  /// From a `default_to` rule; `type` tells what an enumerator is called. Errors: `std::logic_error`, its text made
  /// for a SetupError, when the JSON of `default_json` cannot be read or an enumerator has no name.
  DefaultValue(const Type& type, const RuleValue& rule);

  /// Tries the default on a value of the type. Errors: `std::invalid_argument` when it is none.
  void check(const Type& type, void (*with_value)(void* context, void (*use)(void* context, void* value))) const;

  /// As JSON text, for the document.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] JsonValue value() const noexcept { return document_.root(); }

 private:
  std::string text_;
  JsonDocument document_;
};

}  // namespace serval::detail
