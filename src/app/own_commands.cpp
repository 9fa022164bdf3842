// SPDX-License-Identifier: MIT
#include "app/own_commands.hpp"

#include <algorithm>
#include <utility>

#include <serval/base/error.hpp>

#include "app/command_arguments.hpp"
#include "base/edit_distance.hpp"

namespace serval::detail {

namespace {

std::string text_of(const OwnCommand& command) { return "command \"" + command.name + '"'; }

[[noreturn]] void fail(const OwnCommand& command, const std::string& why) {
  throw SetupError(text_of(command) + ": " + why, command.where);
}

bool is_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  return !name.empty() && name.front() != '-' && name.find_first_not_of(allowed) == std::string_view::npos;
}

void require_no_request(const OwnCommand& command, const Binding& binding) {
  if (binding.sees_request()) fail(command, "a dependency takes the request, but a command has none");
  const std::size_t own = binding.parameters().size();
  const std::vector<const BoundParameter*> all = binding.all_parameters();
  if (all.size() == own) return;
  const auto& parameters = binding.parameters();
  const auto foreign = std::find_if(all.begin(), all.end(), [&](const BoundParameter* each) {
    return parameters.empty() || each != &parameters.front();
  });
  fail(command, "a dependency reads \"" + (*foreign)->wire + "\" from the request, but a command has none");
}

}  // namespace

void read_command_options(const ArgumentSpec& options, http::Exchange& exchange, void* slot) {
  void* slots[] = {slot, nullptr};
  static_cast<void>(
      Binding({&options, 1}, {.route = "command", .path_names = {}, .where = {}}).extract(exchange, slots));
}

void OwnCommands::add(OwnCommand command) {
  if (!is_name(command.name)) fail(command, "a name has the characters a-z, 0-9, - and _, and does not begin with -");
  if (find(command.name) != nullptr) fail(command, "another command has this name");
  if (const std::string twin = ambiguous_option(command.command->options()); !twin.empty())
    fail(command, "the option --" + twin + " has two meanings: give the member another name or alias");
  static_cast<void>(bind(command));
  commands_.push_back(std::move(command));
}

const OwnCommand* OwnCommands::find(std::string_view name) const {
  const auto found =
      std::find_if(commands_.begin(), commands_.end(), [&](const OwnCommand& each) { return each.name == name; });
  return found != commands_.end() ? &*found : nullptr;
}

std::string OwnCommands::nearest(std::string_view name) const {
  std::string nearest;
  std::size_t least = 3;
  for (const OwnCommand& command : commands_) {
    const std::size_t distance = edit_distance(name, command.name);
    if (distance >= least) continue;
    least = distance;
    nearest = command.name;
  }
  return nearest;
}

Binding OwnCommands::bind(const OwnCommand& command) const {
  const std::string text = text_of(command);
  Binding binding(
      command.command->arguments(),
      {.route = text, .path_names = {}, .where = command.where, .states = &states_, .overrides = &overrides_});
  require_no_request(command, binding);
  return binding;
}

void OwnCommands::check_states(const OwnCommand& command, const Binding& binding) const {
  if (const StateType* missing = binding.missing_state(states_))
    fail(command, "the function takes " + states_.missing(*missing));
}

}  // namespace serval::detail
