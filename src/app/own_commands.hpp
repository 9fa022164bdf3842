// SPDX-License-Identifier: MIT
// The program's own commands, by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/app/command.hpp>

#include "params/plan.hpp"
#include "params/state_table.hpp"

namespace serval::detail {

/// Lifetime: the tables outlive it.
class OwnCommands {
 public:
  OwnCommands(StateTable& states, const Overrides& overrides) : states_(states), overrides_(overrides) {}

  /// Errors: SetupError for a bad name or one that is taken, for options with one name, and for dependencies that read
  /// the request.
  void add(OwnCommand command);
  /// Null if there is none of that name.
  [[nodiscard]] const OwnCommand* find(std::string_view name) const;
  [[nodiscard]] const std::vector<OwnCommand>& all() const noexcept { return commands_; }
  /// The name that is most similar; empty if none is within two edits.
  [[nodiscard]] std::string nearest(std::string_view name) const;

  /// Its arguments, with the replacements of dependencies so far. Errors: SetupError, also for replacements that read
  /// the request.
  [[nodiscard]] Binding bind(const OwnCommand& command) const;
  /// Errors: SetupError if it takes an object that the application does not have.
  void check_states(const OwnCommand& command, const Binding& binding) const;

 private:
  StateTable& states_;
  const Overrides& overrides_;
  std::vector<OwnCommand> commands_;
};

}  // namespace serval::detail
