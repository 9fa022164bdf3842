// SPDX-License-Identifier: MIT
// Callbacks and webhooks: declared like routes, never served.
#include <serval/app/router.hpp>

#include <serval/base/error.hpp>

#include "app/route_operations.hpp"

namespace serval {

openapi::Callbacks::Callbacks() noexcept = default;
openapi::Callbacks::Callbacks(const OutgoingRouter& router) : router_(std::make_shared<const OutgoingRouter>(router)) {}
openapi::Callbacks::Callbacks(const openapi::Callbacks& other) noexcept = default;
openapi::Callbacks::Callbacks(openapi::Callbacks&& other) noexcept = default;
openapi::Callbacks& openapi::Callbacks::operator=(const openapi::Callbacks& other) noexcept = default;
openapi::Callbacks& openapi::Callbacks::operator=(openapi::Callbacks&& other) noexcept = default;
openapi::Callbacks::~Callbacks() = default;

void OutgoingRouter::add(detail::RouteDeclaration declaration) {
  if (declaration.is_mount)
    throw SetupError(
        "a mount is not possible here, since webhooks and callbacks are requests that the application sends",
        declaration.where);
  detail::check_document_options(declaration, detail::bind_outgoing(declaration));
  Router::add(std::move(declaration));
}

std::string OutgoingRouter::full_path(std::string_view prefix, std::string_view path, SourceLocation where) const {
  if (path.empty() && prefix.empty())
    throw SetupError("the path is empty: write the name of the webhook, or the URL expression of the callback", where);
  return std::string(prefix) + std::string(path);
}

}  // namespace serval
