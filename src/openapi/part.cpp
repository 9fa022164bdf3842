// SPDX-License-Identifier: MIT
#include <serval/openapi/part.hpp>

#include <utility>

namespace serval::openapi {

Part::Part() noexcept = default;
Part::Part(json value) : value_(std::make_shared<const json>(std::move(value))) {}
Part::Part(json::initializer_list_t init) : value_(std::make_shared<const json>(init)) {}
Part::Part(const Part& other) noexcept = default;
Part::Part(Part&& other) noexcept = default;
Part& Part::operator=(const Part& other) noexcept = default;
Part& Part::operator=(Part&& other) noexcept = default;
Part::~Part() = default;

const json& Part::value() const noexcept {
  static const json none = json::object();
  return value_ != nullptr ? *value_ : none;
}

}  // namespace serval::openapi
