// SPDX-License-Identifier: MIT
// Fills a template with the values of a model.
#pragma once

#include <kainjow/mustache.hpp>

#include <string>

#include <serval/json/json.hpp>
#include <serval/templates/templates.hpp>

namespace serval::detail {

/// Errors: std::runtime_error for a missing value, see `MissingValues`, and for a model of more than 256 levels.
[[nodiscard]] std::string render(kainjow::mustache::mustache& page, const json& model, MissingValues missing);

}  // namespace serval::detail
