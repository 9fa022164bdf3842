// SPDX-License-Identifier: MIT
// A handler's arguments bound to a route: which part of the request fills which argument. Compiled once for all
// handlers.
#pragma once

#include <serval/base/source_location.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/pending.hpp>
#include <serval/params/spec.hpp>

namespace serval::detail {

class BlockingPool;

}  // namespace serval::detail

namespace serval::openapi {
struct SecurityRequirement;
}  // namespace serval::openapi

namespace serval {

struct SecurityScopes;

namespace detail {
class DefaultValue;
class Plan;
class Resolution;
class StateTable;
struct DependencyUse;
class Overrides;

/// One parameter, resolved for a route.
struct BoundParameter {
  Source source{};
  std::string wire;            // name on the wire
  std::size_t argument = 0;    // index of the handler's argument
  std::size_t offset = 0;      // within the argument
  std::size_t path_index = 0;  // index of a path parameter in the pattern
  const Type* type = nullptr;
  const Rules* rules = nullptr;
  bool is_group = false;                              // a whole struct of parameters
  bool is_list = false;                               // takes all values of its name
  std::vector<std::string> group_wires;               // the wire names of its members
  bool is_embedded = false;                           // a member of the JSON body
  std::shared_ptr<const DefaultValue> default_value;  // shared: routes are copied when a router is included

  /// Whether it may be absent without an error.
  [[nodiscard]] bool may_be_absent() const noexcept {
    return default_value != nullptr || rules->has_default_factory || type->may_be_absent();
  }
};

/// Whether a parameter's errors are reported before those of another; those of a body in the order of declaration.
[[nodiscard]] constexpr bool comes_before(const BoundParameter& a, const BoundParameter& b) noexcept {
  return a.source < b.source && a.source < Source::body;
}

/// How a request's body is read.
enum class BodyFormat : std::uint8_t {
  none,          // it is not read
  json,          // JSON if the content type is JSON, otherwise a text
  untyped_json,  // also JSON without a content type
  form,          // urlencoded or multipart
  stream,        // the handler reads it while it runs
};

/// The route for which a binding is made, and its settings.
struct BindingContext {
  std::string_view route;                        // "GET /items/{item_id}"
  std::span<const std::string_view> path_names;  // the names in the pattern
  SourceLocation where;
  StateTable* states = nullptr;          // the application's; it outlives the binding
  const Overrides* overrides = nullptr;  // the replacements of the application's dependencies
  BodyFormat body = BodyFormat::json;    // how bodies are read
};

/// A guard and the scopes that its uses require, for the document. Lifetime: that of the binding.
struct GuardUse {
  void (*add_security)(std::vector<openapi::SecurityRequirement>& requirements,
                       std::span<const std::string_view> scopes);
  std::span<const std::string_view> scopes;
};

class Binding {
 public:
  Binding() = default;
  /// Errors: SetupError for a parameter without a name, for one that the pattern does not have or the handler does not
  /// take, two whole bodies, a body that is streamed and also read otherwise, a type that is not allowed in its place,
  /// a rule or a default that does not fit its type.
  /// Lifetime: the specifications outlive the binding. `dependencies`: those that no argument takes; they are called
  /// before those that arguments take.
  Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context,
          std::span<const DependencyUse* const> dependencies = {});

  /// Called after the head of a request is complete and before its body arrives: sets the sink for the body, if it is a
  /// form. False: the head shows that no body can be valid; filling the slots throws the reason.
  [[nodiscard]] bool open_body(http::Exchange& exchange) const;

  /// Calls the dependencies, unless `resolve` has called them, and fills the slots, one for each argument. False: a
  /// middleware's `before_handler` has already answered, and the handler must not be called.
  /// Errors: ValidationError with all errors; HttpError 400 for an unreadable body; exceptions of a dependency.
  [[nodiscard]] bool extract(http::Exchange& exchange, void* const* slots) const;

  /// Whether there are dependencies that do not need the body.
  [[nodiscard]] bool has_early_dependencies() const noexcept { return has_early_; }
  /// Calls the dependencies that do not need the body, like `resolve`, before the body arrives. An exception of one of
  /// them becomes the exchange's `body_refusal`, with which the request ends; only cancellation ends the task with an
  /// exception. Lifetime: as `resolve`.
  [[nodiscard]] http::Pending resolve_early(http::Exchange& exchange, detail::BlockingPool* pool = nullptr) const;

  /// Whether a dependency that was not called yet is a coroutine: `resolve` must then be awaited before `extract` is
  /// called.
  [[nodiscard]] bool waits(const http::Exchange& exchange) const noexcept;
  /// Calls the dependencies that were not called yet, of which there are some: coroutines on the loop; the others on
  /// `pool` if it is set, otherwise also on the loop. Errors: as `extract`, except that errors of arguments are left to
  /// it. Lifetime: all arguments outlive the task.
  [[nodiscard]] Task<void> resolve(http::Exchange& exchange, detail::BlockingPool* pool = nullptr) const;

  /// Whether there are dependencies.
  [[nodiscard]] bool has_dependencies() const noexcept { return plan_ != nullptr; }
  /// The same if none of them waits, on this thread. Errors, lifetime: as `resolve`. REQUIRES: not `waits`.
  void resolve_now(http::Exchange& exchange) const;

  /// The parameters of the handler without its dependencies.
  [[nodiscard]] const std::vector<BoundParameter>& parameters() const noexcept { return parameters_; }
  /// The parameters of the handler, then those of its dependencies, depth first, a function's own before those of its
  /// dependencies; sorted by source. A parameter that several of them take appears several times.
  [[nodiscard]] std::vector<const BoundParameter*> all_parameters() const;
  /// The entries of the document for the guards among the dependencies. If they combine schemes by `any_of` or
  /// `all_of`, the entries are exact: each has all guards that a request then needs. Otherwise there is one for each
  /// guard, in the order of the plan, as in FastAPI.
  [[nodiscard]] std::vector<std::vector<GuardUse>> guards() const;
  /// Whether the handler or a dependency takes the whole request.
  [[nodiscard]] bool sees_request() const noexcept;
  /// Whether the body is read, by the handler or a dependency.
  [[nodiscard]] bool takes_body() const noexcept { return body_ != BodyFormat::none; }
  /// Whether one of them reads the body while it runs, so that it must not be read before.
  [[nodiscard]] bool streams_body() const noexcept { return body_ == BodyFormat::stream; }
  /// The first object of the application that the handler or its dependencies take and that was not provided or
  /// declared; null if there is none.
  [[nodiscard]] const StateType* missing_state(const StateTable& states) const;

  /// For a dependency's own binding, while the dependencies of its route are called: fills its slots, records errors,
  /// and returns whether there were none, so that its function can be called.
  bool fill(http::Exchange& exchange, void* const* slots) const;

 private:
  friend class Plan;
  friend class Resolution;
  /// Only one function's arguments; its dependencies go to the plan.
  Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context, Plan& plan);
  bool fill(Resolution& resolution, void* const* slots) const;
  void complete(Resolution& resolution, void* const* slots) const;
  [[nodiscard]] Task<void> await_early(http::Exchange& exchange, Resolution& resolution, BlockingPool* pool) const;
  /// The steps of the plan that its own arguments take, in their order.
  [[nodiscard]] std::vector<std::size_t> dependency_steps() const;
  /// An argument that is not a parameter: filled from the exchange, with an object of the application, with the value
  /// of a dependency, or with the required scopes.
  struct Special {
    const ArgumentSpec* spec;
    std::size_t argument;
    const std::shared_ptr<void>* state = nullptr;
    std::size_t step = 0;  // in the plan
  };
  std::vector<BoundParameter> parameters_;  // in the order of sources, then of declaration
  std::vector<Special> specials_;
  BodyFormat body_ = BodyFormat::none;
  bool waits_ = false;
  bool has_early_ = false;
  std::vector<std::size_t> leading_;  // steps of dependencies that no argument takes
  std::size_t body_streams_ = 0;      // number of arguments that read the body as it arrives
  std::shared_ptr<const Plan> plan_;  // of the dependencies; null if there are none, and in their own bindings
  std::shared_ptr<const SecurityScopes> scopes_;  // null if no argument takes them
};

/// The limit of JSON nesting that extraction always applies.
inline constexpr std::size_t hard_json_depth = 1000;

}  // namespace detail
}  // namespace serval
