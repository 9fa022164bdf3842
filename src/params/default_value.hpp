// SPDX-License-Identifier: MIT
// The default of an absent parameter, parsed once and decoded for each request that needs it.
#pragma once

#include <string>

#include <serval/schema/type.hpp>

#include "json/reader.hpp"

namespace serval::detail {

class DefaultValue {
 public:
  /// Makes it from a `default_to` rule; `type` has the names of enumerators. Errors: `std::logic_error`, with a text
  /// for a SetupError, if the JSON of `default_json` cannot be read or an enumerator has no name.
  DefaultValue(const Type& type, const RuleValue& rule);

  /// Checks the default with a value of the type. Errors: `std::invalid_argument` if it does not fit.
  void check(const Type& type, void (*with_value)(void* context, void (*use)(void* context, void* value))) const;

  /// The default as JSON text, for the document.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] JsonValue value() const noexcept { return document_.root(); }

 private:
  std::string text_;
  JsonDocument document_;
};

}  // namespace serval::detail
