// SPDX-License-Identifier: MIT
// A piece of the document that is written by hand, as options carry it.
#pragma once

#include <memory>

#include <serval/schema/json_hook.hpp>

namespace serval::openapi {

/// A JSON value, or none: `.openapi_extra = {{"x-internal", true}}`. Copies share it, and none costs a pointer.
/// All that copies and destroys is compiled in the library, since every route's options have some of these.
class Part {
 public:
  Part() noexcept;
  Part(json value);                     // implicit: stands for the value
  Part(json::initializer_list_t init);  // implicit: `{{"key", "value"}}`, as for `json`
  Part(const Part& other) noexcept;
  Part(Part&& other) noexcept;
  Part& operator=(const Part& other) noexcept;
  Part& operator=(Part&& other) noexcept;
  ~Part();

  /// Whether there is none.
  [[nodiscard]] bool empty() const noexcept { return value_ == nullptr; }
  /// The value; an empty object when there is none.
  [[nodiscard]] const json& value() const noexcept;

 private:
  std::shared_ptr<const json> value_;
};

}  // namespace serval::openapi
