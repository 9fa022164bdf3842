// SPDX-License-Identifier: MIT
// A handler's arguments bound to a route: which text of the request goes where. Compiled once for all handlers.
#pragma once

#include <serval/base/source_location.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/params/spec.hpp>

namespace serval {

namespace detail {
class DefaultValue;
class StateTable;

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
  bool is_embedded = false;                           // a member of the JSON body
  std::shared_ptr<const DefaultValue> default_value;  // shared: routes are copied when a router is included
};

/// Where a binding is made, for messages.
struct BindingContext {
  std::string_view route;                        // "GET /items/{item_id}"
  std::span<const std::string_view> path_names;  // of the pattern
  SourceLocation where;
  StateTable* states = nullptr;  // of the application; it outlives the binding
};

class Binding {
 public:
  Binding() = default;
  /// Errors: SetupError for a parameter without a name, one that the pattern lacks or the handler does not take, two
  /// whole bodies, a type that cannot stand where it is, a rule or a default that does not fit its type.
  /// Lifetime: the specifications outlive the binding.
  Binding(std::span<const ArgumentSpec> arguments, const BindingContext& context);

  /// Fills the slots, one an argument. Errors: ValidationError with all faults; HttpError 400 for an unreadable body.
  void extract(Exchange& exchange, void* const* slots) const;

  [[nodiscard]] const std::vector<BoundParameter>& parameters() const noexcept { return parameters_; }
  [[nodiscard]] bool takes_body() const noexcept { return takes_body_; }

 private:
  /// An argument that is no parameter: filled from the exchange, or an object of the application's.
  struct Special {
    const ArgumentSpec* spec;
    std::size_t argument;
    const std::shared_ptr<void>* state;
  };
  std::vector<BoundParameter> parameters_;  // in the order of sources, then of declaration
  std::vector<Special> specials_;
  bool takes_body_ = false;
};

/// Bounds that extraction observes; set by the application on its exchanges' routes.
inline constexpr std::size_t hard_json_depth = 1000;

}  // namespace detail
}  // namespace serval
