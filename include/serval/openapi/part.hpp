// SPDX-License-Identifier: MIT
// A hand-written part of the document, as a member of options.
#pragma once

#include <memory>

#include <serval/schema/json_hook.hpp>

namespace serval::openapi {

/// A JSON value, or none: `.openapi_extra = {{"x-internal", true}}`. Copies share the value, and an empty part costs
/// one pointer. Copying and destroying are compiled in the library, since every route's options have several of these.
class Part {
 public:
  Part() noexcept;
  Part(json value);                     // implicit: means the value
  Part(json::initializer_list_t init);  // implicit: `{{"key", "value"}}`, as for `json`
  Part(const Part& other) noexcept;
  Part(Part&& other) noexcept;
  Part& operator=(const Part& other) noexcept;
  Part& operator=(Part&& other) noexcept;
  ~Part();

  /// Whether there is no value.
  [[nodiscard]] bool empty() const noexcept { return value_ == nullptr; }
  /// The value; an empty object if there is none.
  [[nodiscard]] const json& value() const noexcept;

 private:
  std::shared_ptr<const json> value_;
};

}  // namespace serval::openapi
