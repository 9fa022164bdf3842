// SPDX-License-Identifier: MIT
// A handler's arguments bound to a route: which text of the request goes where. Compiled once for all handlers.
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
  std::size_t argument = 0;    // of the handler
  std::size_t offset = 0;      // within the argument
  std::size_t path_index = 0;  // of a path parameter in the pattern
  const Type* type = nullptr;
  const Rules* rules = nullptr;
  bool is_group = false;                              // a whole struct of parameters
  bool is_list = false;                               // takes all values of its name
  std::vector<std::string> group_wires;               // of its members, each as the request gives it
  bool is_embedded = false;                           // a member of the JSON body
  std::shared_ptr<const DefaultValue> default_value;  // shared: routes are copied when a router is included

  /// Whether absence is no fault.
  [[nodiscard]] bool may_be_absent() const noexcept {
    return default_value != nullptr || rules->has_default_factory || type->may_be_absent();
  }
};

/// Whether a parameter's faults are reported before those of another; those of a body in the order of declaration.
[[nodiscard]] constexpr bool comes_before(const BoundParameter& a, const BoundParameter& b) noexcept {
  return a.source < b.source && a.source < Source::body;
}

/// What a request's body is read as.
enum class BodyFormat : std::uint8_t {
  none,          // not at all
  json,          // JSON where the content type says so, else a text
  untyped_json,  // JSON also without a content type
  form,          // urlencoded or multipart
  stream,        // nothing before the handler runs, which reads it
};

/// Where a binding is made, and what its route says.
struct BindingContext {
  std::string_view route;                        // "GET /items/{item_id}"
  std::span<const std::string_view> path_names;  // of the pattern
  SourceLocation where;
  StateTable* states = nullptr;          // of the application; it outlives the binding
  const Overrides* overrides = nullptr;  // of the application's dependencies
  BodyFormat body = BodyFormat::json;    // what bodies are read as
};

class Binding {
 public:
  Binding() = default;
  /// Errors: SetupError for a parameter without a name, one that the pattern lacks or the handler does not take, two
  /// whole bodies, a body that is streamed and read otherwise too, a type that cannot stand where it is, a rule or a
  /// default that does not fit its type. Lifetime: the specifications outlive the binding. `dependencies`: those that
  /// no argument takes, called before those that arguments do.
  Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context,
          std::span<const DependencyUse* const> dependencies = {});

  /// Once the head of a request is complete, before its body comes: sets what takes the body, where it is a form.
  /// False: no body will do, by what the head says of it; to fill the slots throws why.
  [[nodiscard]] bool open_body(http::Exchange& exchange) const;

  /// Fills the slots, one an argument, after the dependencies were called, unless `resolve` has done so. False: the
  /// answer is there already, by a middleware's `before_handler`, and the handler is not to be called.
  /// Errors: ValidationError with all faults; HttpError 400 for an unreadable body; what a dependency throws.
  [[nodiscard]] bool extract(http::Exchange& exchange, void* const* slots) const;

  /// Whether there are dependencies that need no body.
  [[nodiscard]] bool has_early_dependencies() const noexcept { return has_early_; }
  /// Calls those, as `resolve` does, where the body is still to come. What one of them throws becomes the exchange's
  /// `body_refusal`, with which the request ends; only cancellation ends the task with an exception. Lifetime: as
  /// `resolve`.
  [[nodiscard]] http::Pending resolve_early(http::Exchange& exchange, detail::BlockingPool* pool = nullptr) const;

  /// Whether a dependency that is still to be called is a coroutine: `resolve` is to be awaited before `extract` is
  /// called.
  [[nodiscard]] bool waits(const http::Exchange& exchange) const noexcept;
  /// Calls the dependencies that were not called yet: coroutines on the loop; the others too, or on `pool` where there
  /// is one. Errors: as `extract`, but that faults of arguments are left to it. Lifetime: all of them outlive the task.
  [[nodiscard]] Task<void> resolve(http::Exchange& exchange, detail::BlockingPool* pool = nullptr) const;

  /// Those of the handler alone.
  [[nodiscard]] const std::vector<BoundParameter>& parameters() const noexcept { return parameters_; }
  /// The handler's, then those of its dependencies, depth first, a function's own before those of what it depends on;
  /// by source, in the order of sources. A parameter that several of them take stands there several times.
  [[nodiscard]] std::vector<const BoundParameter*> all_parameters() const;
  /// What dependencies ask of a client's identity, in the order of the plan.
  void add_security(std::vector<openapi::SecurityRequirement>& requirements) const;
  /// Whether the body is read, by the handler or a dependency.
  [[nodiscard]] bool takes_body() const noexcept { return body_ != BodyFormat::none; }
  /// Whether one of them reads it while it runs, so that it is not to be taken before.
  [[nodiscard]] bool streams_body() const noexcept { return body_ == BodyFormat::stream; }
  /// The first object of the application's that handler or dependencies take and nobody has provided or declared; null
  /// for none.
  [[nodiscard]] const StateType* missing_state(const StateTable& states) const;

  /// For a dependency's own binding, while those of its route are being called: fills its slots, notes faults and
  /// tells whether there were none, so that its function can be called.
  bool fill(http::Exchange& exchange, void* const* slots) const;

 private:
  friend class Plan;
  friend class Resolution;
  /// One function's arguments alone; its dependencies go to the plan.
  Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context, Plan& plan);
  bool fill(Resolution& resolution, void* const* slots) const;
  void complete(Resolution& resolution, void* const* slots) const;
  [[nodiscard]] Task<void> await_early(http::Exchange& exchange, Resolution& resolution, BlockingPool* pool) const;
  [[nodiscard]] bool sees_request() const noexcept;
  /// Of the plan, those that its own arguments take, in their order.
  [[nodiscard]] std::vector<std::size_t> dependency_steps() const;
  /// An argument that is no parameter: filled from the exchange, an object of the application's, or the value of a
  /// dependency.
  struct Special {
    const ArgumentSpec* spec;
    std::size_t argument;
    const std::shared_ptr<void>* state = nullptr;
    std::size_t step = 0;  // of the plan
  };
  std::vector<BoundParameter> parameters_;  // in the order of sources, then of declaration
  std::vector<Special> specials_;
  BodyFormat body_ = BodyFormat::none;
  bool waits_ = false;
  bool has_early_ = false;
  std::vector<std::size_t> leading_;  // steps of dependencies that no argument takes
  std::size_t body_streams_ = 0;      // arguments that read the body while it arrives
  std::shared_ptr<const Plan> plan_;  // of the dependencies; null where there are none, and in their own bindings
};

/// Bounds that extraction observes; set by the application on its exchanges' routes.
inline constexpr std::size_t hard_json_depth = 1000;

}  // namespace detail
}  // namespace serval
