// SPDX-License-Identifier: MIT
// What the document is told of a route: from declarations and bindings to the words of room openapi.
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

/// Whether what the options say of the document fits the handler: asked once, at registration.
/// Errors: SetupError.
void check_document_options(const RouteDeclaration& declaration, const Binding& binding);

}  // namespace serval::detail
