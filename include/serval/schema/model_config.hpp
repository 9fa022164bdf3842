// SPDX-License-Identifier: MIT
// The settings of a model.
#pragma once

#include <cstdint>
#include <string_view>

namespace serval::schema {

/// What a model does with members of the input that it does not declare.
enum class Extra : std::uint8_t { ignore, forbid };

}  // namespace serval::schema

namespace serval {

/// Settings of a model, given as its static member: `static constexpr ModelConfig model_config{.extra =
/// Extra::forbid};`
struct ModelConfig {
  schema::Extra extra =
      schema::Extra::ignore;       ///< members of the input that the model does not declare: dropped, or an error
  std::string_view title{};        ///< the title in the schema; empty: the type's name
  std::string_view description{};  ///< the description in the schema; empty: none
  /// JSON text of a list of whole objects, shown in the schema: `R"([{"name":"Foo"}])"`. Empty: none.
  std::string_view examples{};
  /// JSON text of an object whose members are merged into the schema. Empty: none.
  std::string_view json_schema_extra{};
};

}  // namespace serval
