// SPDX-License-Identifier: MIT
#include "app/middleware_list.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace serval::detail {

namespace {

std::string hooks_of(const MiddlewareOps& ops) {
  std::string hooks;
  const auto add = [&hooks](bool is_there, std::string_view name) {
    if (is_there) hooks.append(hooks.empty() ? "" : ", ").append(name);
  };
  add(ops.before != nullptr, "before");
  add(ops.around != nullptr, "around");
  add(ops.prepare_handler != nullptr, "prepare_handler");
  add(ops.before_handler != nullptr, "before_handler");
  add(ops.after_handler != nullptr, "after_handler");
  add(ops.after != nullptr, "after");
  add(ops.finished != nullptr, "finished");
  return hooks;
}

void append(std::string& out, std::string_view level, const Chain& chain) {
  constexpr std::size_t name_width = 24;
  out.append(level).append("\n");
  for (const routing::Middleware& member : chain.members()) {
    const std::size_t padding = name_width - std::min(name_width - 1, member.name().size());
    out.append("  ").append(member.name()).append(padding, ' ').append(hooks_of(member.ops())).append("\n");
  }
}

}  // namespace

std::string list_middleware(const AppState& application) {
  std::string out;
  if (application.chain().empty())
    out = "application: none\n";
  else
    append(out, "application", application.chain());
  for (const auto& route : application.routes().routes()) {
    if (!route->chain.empty()) append(out, route->label, route->chain);
  }
  return out;
}

}  // namespace serval::detail
