// SPDX-License-Identifier: MIT
// Creates operations from handlers, without an application.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include <serval/params/bind.hpp>
#include <serval/routing/pattern.hpp>

#include "openapi/operation.hpp"

namespace serval::openapi {

// nlohmann::json ignores the order of members.
#define EXPECT_JSON(actual, expected) EXPECT_EQ(nlohmann::json(actual), nlohmann::json::parse(expected))

/// Returns the operation of `handler` at `label`, "<METHOD> <path>".
template <class F>
Operation operation(std::string_view label, F handler) {
  const std::size_t space = label.find(' ');
  const routing::Pattern pattern = routing::Pattern::parse(label.substr(space + 1));
  std::vector<std::string_view> names(pattern.names().begin(), pattern.names().end());
  const detail::TypedHandler<F> typed(handler);
  Operation made;
  made.method = http::parse_method(label.substr(0, space));
  made.path = pattern.openapi_path();
  made.parameters = detail::Binding(typed.arguments(), {label, names, SourceLocation::current()}).parameters();
  made.responses = typed.responses();
  return made;
}

inline json object_of(const Operation& operation) {
  Components components;
  return operation_object(operation, proposed_operation_id(operation), components);
}

/// Returns the names of the members in their order.
inline std::vector<std::string> keys(const json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

}  // namespace serval::openapi
