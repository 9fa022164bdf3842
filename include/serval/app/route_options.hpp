// SPDX-License-Identifier: MIT
// What can be said of a route, a router and an inclusion: plain structs for designated initialisers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/openapi/part.hpp>
#include <serval/openapi/responses.hpp>
#include <serval/params/depends.hpp>

namespace serval {

class OutgoingRouter;

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

/// `app.post("/items/", {.status_code = 201, .tags = {"items"}})(create_item);`
struct RouteOptions {
  /// Status of a normal answer; a handler's own choice wins. Default 200.
  std::optional<int> status_code{};
  /// Groups the route in the document, see also `AppOptions::openapi_tags`; those of its routers come first.
  std::vector<std::string> tags{};
  /// One line in the document. Default: made of the handler's name, "read_item" -> "Read Item"; of a lambda, which has
  /// none, of method and path.
  std::string summary{};
  /// In the document; may be Markdown. The indentation of a raw string is removed, and so is all behind a form feed.
  std::string description{};
  /// Of the normal answer in the document. Default "Successful Response".
  std::string response_description{};
  /// Shown as deprecated; works as before.
  bool deprecated = false;
  /// Unique name of the operation for generated clients. Default: made of name, path and method,
  /// "read_item_items__item_id__get"; for a lambda "get_items_by_item_id"; of several methods each has its own.
  std::string operation_id{};
  /// False leaves the route out of the document.
  bool include_in_schema = true;
  /// Further answers in the document; those of its routers come first, and of one status the last counts.
  /// Errors: SetupError for a key that is none, for a model of a status without a body.
  openapi::ResponseList responses{};
  /// Media type of the normal answer in the document, where the handler returns a `Response` whose type does not say.
  std::string response_media_type{};
  /// Example Objects by parameter, those of the body under "requestBody":
  /// `{{"q", {{"short", {{"value", "a"}}}}}}`. Errors: SetupError for a parameter that the handler does not take.
  openapi::Part openapi_examples{};
  /// Merged into the Operation Object: objects member by member, arrays put behind one another, all else replaced.
  openapi::Part openapi_extra{};
  /// Requests that this application sends to its client in turn; in the document only.
  Callbacks callbacks{};
  /// Name of the route. Default: the handler's name, where it has one.
  std::string name{};
  /// What models leave out of the answer; see EncodeOptions.
  bool response_model_exclude_none = false;
  bool response_model_exclude_unset = false;
  bool response_model_exclude_defaults = false;
  /// Members to write, or to leave out, by their names in C++, inner ones with dots. Default: all are written.
  std::vector<std::string> response_model_include{};
  std::vector<std::string> response_model_exclude{};
  /// False writes members by their names in C++.
  bool response_model_by_alias = true;
  /// Runs the handler on the pool for blocking work instead of the event loop. A full pool answers 503. Not for
  /// coroutines.
  bool blocking = false;
  /// Called before the handler and its own dependencies, for what they check: `{depends<verify_token>}`. Those of the
  /// application and of routers come first.
  std::vector<Dependency> dependencies{};
  /// Whether answers are compressed for clients that accept it. Default: as `AppOptions::compression` says.
  std::optional<bool> compress{};
  /// How long the handler may take; then it is cancelled and the answer is 503. Default: the server's; 0: no limit.
  std::optional<std::chrono::milliseconds> deadline{};
  /// Bytes of body that the route takes; beyond: 413. Default: the server's; 0: no limit.
  std::optional<std::uint64_t> max_body_bytes{};
  /// Whether a body is taken for JSON only where its content type says so; otherwise also where there is none. Default:
  /// that of the router, else of the application.
  std::optional<bool> strict_content_type{};
};

/// `Router items({.prefix = "/items", .tags = {"items"}});`
struct RouterOptions {
  /// Begins with '/' and does not end with it; may hold parameters. Default: none.
  std::string prefix{};
  std::vector<std::string> tags{};
  /// Of all routes, before their own.
  std::vector<Dependency> dependencies{};
  bool deprecated = false;
  bool include_in_schema = true;
  /// Answers in the document that all its routes have.
  openapi::ResponseList responses{};
  /// Of routes that do not say so themselves.
  std::optional<bool> strict_content_type{};
};

/// `app.include(items, {.prefix = "/v1"});`
using IncludeOptions = RouterOptions;

}  // namespace serval
