// SPDX-License-Identifier: MIT
// The options of a route, a router and an inclusion: plain structs for designated initialisers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>
#include <serval/openapi/part.hpp>
#include <serval/openapi/responses.hpp>
#include <serval/params/depends.hpp>
#include <serval/params/response_class.hpp>

namespace serval {

class OutgoingRouter;

}  // namespace serval

namespace serval::openapi {

/// The requests that the application sends to a route's client, declared in an `OutgoingRouter`; none by default.
class Callbacks {
 public:
  Callbacks() noexcept;
  Callbacks(const OutgoingRouter& router);  // implicit: `.callbacks = router`; copies its current routes
  Callbacks(const Callbacks& other) noexcept;
  Callbacks(Callbacks&& other) noexcept;
  Callbacks& operator=(const Callbacks& other) noexcept;
  Callbacks& operator=(Callbacks&& other) noexcept;
  ~Callbacks();

  /// Null when there are none.
  [[nodiscard]] const OutgoingRouter* router() const noexcept { return router_.get(); }

 private:
  std::shared_ptr<const OutgoingRouter> router_;
};

}  // namespace serval::openapi

namespace serval {

/// `app.post("/items/", {.status_code = 201, .tags = {"items"}})(create_item);`
struct RouteOptions {
  /// Status of a normal response. A status that the handler sets takes precedence: through `Response&`, or in a
  /// response that it returns, `redirect(url, 307)`; a response that sets none, `redirect(url)`, gets this one.
  /// Default: the response's own, such as 307 for a redirect; otherwise 200.
  std::optional<int> status_code{};
  /// Groups that the route belongs to in the document, see also `AppOptions::openapi_tags`. The tags of its routers
  /// come first. Default: none.
  std::vector<std::string> tags{};
  /// One line in the document. Empty: made from the handler's name, "Read Item" for `read_item`; for a lambda, made
  /// from method and path.
  std::string summary{};
  /// The description in the document; may be Markdown. The indentation of a raw string is removed, and everything after
  /// a form feed is cut off. Empty: none.
  std::string description{};
  /// The description of the normal response in the document. Empty: "Successful Response".
  std::string response_description{};
  /// Whether the document shows the route as deprecated; it works as before.
  bool deprecated = false;
  /// The unique name of the operation for generated clients. Empty: made from name, path and method,
  /// "read_item_items__item_id__get"; for a lambda "get_items_by_item_id". A route with several methods has one for
  /// each.
  std::string operation_id{};
  /// Whether the document shows the route.
  bool include_in_schema = true;
  /// Further responses in the document. Those of its routers come first; of two for the same status, the last one
  /// counts. Errors: SetupError for an invalid key, and for a model of a status without a body.
  openapi::ResponseList responses{};
  /// Media type of the normal response in the document, if the handler returns a `Response` whose class does not
  /// declare it.
  std::string response_media_type{};
  /// The media type with which texts and values that the handler returns are sent, see `response_class`. Default: the
  /// setting of the router, otherwise of the application.
  ResponseClass response_class{};
  /// Example Objects by parameter name; for the body the name is "requestBody":
  /// `{{"q", {{"short", {{"value", "a"}}}}}}`. Errors: SetupError for a parameter that the handler does not take.
  openapi::Part openapi_examples{};
  /// JSON that is merged into the Operation Object: objects member by member; arrays are appended; everything else is
  /// replaced.
  openapi::Part openapi_extra{};
  /// Requests that this application later sends to its client; shown only in the document.
  openapi::Callbacks callbacks{};
  /// Name of the route. Default: the handler's name, if it has one.
  std::string name{};
  /// Whether the response leaves out empty optionals, see `schema::EncodeOptions`.
  bool response_model_exclude_none = false;
  /// Whether the response leaves out empty optionals and `Default` members that were not set, see
  /// `schema::EncodeOptions`.
  bool response_model_exclude_unset = false;
  /// Whether the response leaves out empty optionals and members that equal their defaults, see
  /// `schema::EncodeOptions`.
  bool response_model_exclude_defaults = false;
  /// The members that the response has, by their C++ names; members of inner models with dots, "owner.name". Empty:
  /// all. Errors: SetupError for a name that no response of the handler has.
  std::vector<std::string> response_model_include{};
  /// The members that the response leaves out, in the same form; takes precedence over `response_model_include`. Empty:
  /// none.
  std::vector<std::string> response_model_exclude{};
  /// Whether members are written by their names on the wire. False: by their C++ names.
  bool response_model_by_alias = true;
  /// Runs the handler on the pool for blocking work instead of the event loop. If the pool is full, the response is
  /// 503. Not for coroutines.
  bool blocking = false;
  /// Dependencies that are called before the handler and its own dependencies, for checks:
  /// `{depends<verify_token>}`. Those of the application and of routers come first. Default: none.
  std::vector<routing::Dependency> dependencies{};
  /// Middleware of the route, inside that of its routers and of the application: `{middleware(Timing{})}`. Default:
  /// none.
  std::vector<routing::Middleware> middleware{};
  /// Whether a middleware may compress the responses. Default: the setting of that middleware.
  std::optional<bool> compress{};
  /// How long the handler may take; then it is cancelled and the response is 503. Default: the server's; 0: no limit.
  /// At most 100 years. Errors: SetupError if it is out of range.
  std::optional<std::chrono::milliseconds> deadline{};
  /// The largest body that the route accepts, in bytes; beyond it: 413. Default: the server's; 0: no limit.
  std::optional<std::uint64_t> max_body_bytes{};
  /// Whether a body is read as JSON only if its content type is JSON, see `AppOptions::strict_content_type`. Default:
  /// the setting of the router, otherwise of the application.
  std::optional<bool> strict_content_type{};
};

/// `Router items({.prefix = "/items", .tags = {"items"}});`
struct RouterOptions {
  /// The prefix of the paths of all its routes: begins with '/', does not end with '/', may contain parameters. Empty:
  /// none.
  std::string prefix{};
  /// Tags of all its routes, before those of the route. Default: none.
  std::vector<std::string> tags{};
  /// Dependencies of all its routes, called before those of the route. Default: none.
  std::vector<routing::Dependency> dependencies{};
  /// Middleware of all its routes and mounts, around that of the route. Default: none.
  std::vector<routing::Middleware> middleware{};
  /// Whether the document shows all its routes as deprecated; they work as before.
  bool deprecated = false;
  /// Whether the document shows its routes. False leaves out all of them; true leaves the choice to each route.
  bool include_in_schema = true;
  /// Responses that all its routes have in the document. Default: none.
  openapi::ResponseList responses{};
  /// Applies to routes that do not set it. Default: the setting of the application.
  std::optional<bool> strict_content_type{};
  /// `RouteOptions::response_class` of routes that do not set it: `response_class<HtmlResponse>`. Default: the setting
  /// of the router around it, otherwise of the application.
  ResponseClass default_response_class{};
};

/// `app.include(items, {.prefix = "/v1"});`
using IncludeOptions = RouterOptions;

}  // namespace serval
