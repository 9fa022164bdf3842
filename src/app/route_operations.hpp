// SPDX-License-Identifier: MIT
// Describes a route for the document: converts declarations and bindings to the structs of room openapi.
#pragma once

#include <string_view>
#include <vector>

#include <serval/app/app_options.hpp>
#include <serval/app/router.hpp>
#include <serval/params/binding.hpp>

#include "openapi/operation.hpp"

namespace serval::detail {

/// One operation for each method of a route, its callbacks included. `path` is as the document has it.
[[nodiscard]] std::vector<openapi::Operation> operations_of(const RouteDeclaration& declaration, std::string_view path,
                                                            const Binding& binding, const AppOptions& options);

/// The arguments of a handler in an `OutgoingRouter`; it is never called.
/// Errors: SetupError as for routes.
[[nodiscard]] Binding bind_outgoing(const RouteDeclaration& declaration);

/// Checks once, at registration, whether the document options fit the handler. Errors: SetupError.
void check_document_options(const RouteDeclaration& declaration, const Binding& binding);

}  // namespace serval::detail
