// SPDX-License-Identifier: MIT
// What can be said of a route, a router and an inclusion: plain structs for designated initialisers.
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

namespace serval {

class OutgoingRouter;

}  // namespace serval

namespace serval::openapi {

/// The requests that a route's client is going to get, declared in an `OutgoingRouter`; none by default.
class Callbacks {
 public:
  Callbacks() noexcept;
  Callbacks(const OutgoingRouter& router);  // implicit: `.callbacks = router`; takes what it has now
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
  /// Status of a normal answer. A status that the handler chooses wins: through `Response&`, or in a response that it
  /// returns, `redirect(url, 307)`; one that does not choose any, `redirect(url)`, takes this one. Default: the
  /// response's own, 307 of a redirect; else 200.
  std::optional<int> status_code{};
  /// Groups that the route belongs to in the document, see also `AppOptions::openapi_tags`. The tags of its routers
  /// come first. Default: none.
  std::vector<std::string> tags{};
  /// One line in the document. Empty: made of the handler's name, "Read Item" for `read_item`; a lambda has no name, so
  /// its line is made of method and path.
  std::string summary{};
  /// The description in the document; may be Markdown. The indentation of a raw string is removed, and so is everything
  /// behind a form feed. Empty: none.
  std::string description{};
  /// The description of the normal answer in the document. Empty: "Successful Response".
  std::string response_description{};
  /// Whether the document shows the route as deprecated; it works as before.
  bool deprecated = false;
  /// The unique name of the operation for generated clients. Empty: made of name, path and method,
  /// "read_item_items__item_id__get"; for a lambda "get_items_by_item_id". A route of several methods has one for each.
  std::string operation_id{};
  /// Whether the route stands in the document.
  bool include_in_schema = true;
  /// Further answers in the document. Those of its routers come first; of two for the same status the last one counts.
  /// Errors: SetupError for a key that is none, for a model of a status without a body.
  openapi::ResponseList responses{};
  /// Media type of the normal answer in the document, where the handler returns a `Response` whose type does not say.
  std::string response_media_type{};
  /// Example Objects by parameter, those of the body under "requestBody":
  /// `{{"q", {{"short", {{"value", "a"}}}}}}`. Errors: SetupError for a parameter that the handler does not take.
  openapi::Part openapi_examples{};
  /// JSON that is merged into the Operation Object: objects member by member, arrays one behind the other; everything
  /// else is replaced.
  openapi::Part openapi_extra{};
  /// Requests that this application sends to its client in turn; in the document only.
  openapi::Callbacks callbacks{};
  /// Name of the route. Default: the handler's name, where it has one.
  std::string name{};
  /// Whether the answer leaves out empty optionals, see `schema::EncodeOptions`.
  bool response_model_exclude_none = false;
  /// Whether the answer leaves out empty optionals and `Default` members that were not set, see
  /// `schema::EncodeOptions`.
  bool response_model_exclude_unset = false;
  /// Whether the answer leaves out empty optionals and members that equal their defaults, see `schema::EncodeOptions`.
  bool response_model_exclude_defaults = false;
  /// The members that the answer has, by their names in C++; members of inner models with dots, "owner.name". Empty:
  /// all. Errors: SetupError for a name that no answer of the handler has.
  std::vector<std::string> response_model_include{};
  /// The members that the answer leaves out, in the same form; wins over `response_model_include`. Empty: none.
  std::vector<std::string> response_model_exclude{};
  /// Whether members are written by their names on the wire. False: by their names in C++.
  bool response_model_by_alias = true;
  /// Runs the handler on the pool for blocking work instead of the event loop. A full pool answers 503. Not for
  /// coroutines.
  bool blocking = false;
  /// Dependencies that are called before the handler and its own dependencies, for what they check:
  /// `{depends<verify_token>}`. Those of the application and of routers come first. Default: none.
  std::vector<routing::Dependency> dependencies{};
  /// Middleware of the route, within that of its routers and of the application: `{middleware(Timing{})}`. Default:
  /// none.
  std::vector<routing::Middleware> middleware{};
  /// Whether a middleware may compress the answers. Default: as that is set up.
  std::optional<bool> compress{};
  /// How long the handler may take; then it is cancelled and the answer is 503. Default: the server's; 0: no limit.
  std::optional<std::chrono::milliseconds> deadline{};
  /// Bytes of body that the route takes; beyond: 413. Default: the server's; 0: no limit.
  std::optional<std::uint64_t> max_body_bytes{};
  /// Whether a body is read as JSON only where its content type says JSON, see `AppOptions::strict_content_type`.
  /// Default: as the router says, else the application.
  std::optional<bool> strict_content_type{};
};

/// `Router items({.prefix = "/items", .tags = {"items"}});`
struct RouterOptions {
  /// What the paths of all its routes begin with: '/', but no '/' at its end; may hold parameters. Empty: nothing.
  std::string prefix{};
  /// Tags of all its routes, before those of the route. Default: none.
  std::vector<std::string> tags{};
  /// Dependencies of all its routes, called before those of the route. Default: none.
  std::vector<routing::Dependency> dependencies{};
  /// Middleware of all its routes and mounts, around that of the route. Default: none.
  std::vector<routing::Middleware> middleware{};
  /// Whether the document shows all its routes as deprecated; they work as before.
  bool deprecated = false;
  /// Whether its routes stand in the document. False leaves out all of them; true leaves it to each route.
  bool include_in_schema = true;
  /// Answers that all its routes have in the document. Default: none.
  openapi::ResponseList responses{};
  /// Applies to routes that do not set it themselves. Default: as the application says.
  std::optional<bool> strict_content_type{};
};

/// `app.include(items, {.prefix = "/v1"});`
using IncludeOptions = RouterOptions;

}  // namespace serval
