// SPDX-License-Identifier: MIT
// A reference to a C++ type, for options that name one for the document: `.model = model_of<Message>`.
#pragma once

#include <serval/schema/type_of.hpp>

namespace serval {

namespace openapi {

/// Refers to a model, or any other type that has a JSON form. Default: none.
struct ModelRef {
  const detail::Type* type = nullptr;  ///< null: none
};

}  // namespace openapi

/// `T` for options that take a model: `{.status = 404, .model = model_of<Message>}`.
template <class T>
inline constexpr openapi::ModelRef model_of{&detail::type_of<T>};

}  // namespace serval
