// SPDX-License-Identifier: MIT
#include "server/open_listeners.hpp"

#include "net/socket_transport.hpp"

namespace serval::detail {

Listeners open_listeners(const ServerOptions& options, const std::shared_ptr<ServerState>& state,
                         const std::vector<std::shared_ptr<Loop>>& loops) {
  using Reuse = ListeningSocket::Settings::Reuse;
  const ListeningSocket::Settings settings{.backlog = options.backlog,
                                           .reuse = options.reuse_address ? Reuse::yes : Reuse::no};
  std::vector<ListenerOptions> wanted = options.listeners;
  if (wanted.empty()) wanted.push_back({.host = options.host, .port = options.port});
  const auto make = std::make_shared<const TransportFactory>(&make_socket_transport);
  Listeners listeners;
  for (const ListenerOptions& each : wanted)
    listeners.push_back(std::make_shared<Listener>(state, loops, ListeningSocket(each, settings), make));
  // Weak: the listeners share the state.
  state->set_on_free_place([weak = std::vector<std::weak_ptr<Listener>>(listeners.begin(), listeners.end())] {
    for (const auto& each : weak) {
      if (const auto listener = each.lock()) listener->on_free_place();
    }
  });
  return listeners;
}

}  // namespace serval::detail
