// SPDX-License-Identifier: MIT
#include "net/protocols.hpp"

#include <algorithm>

#include "net/http1_session.hpp"
#include "net/transport.hpp"

namespace serval::detail {

Protocols::Protocols() {
  add(std::string(Transport::http1),
      [](Connection& connection) { return boost::intrusive_ptr<Session>(new Http1Session(connection)); });
}

boost::intrusive_ptr<Session> Protocols::make(std::string_view name, Connection& connection) const {
  const auto found = std::find_if(makers_.begin(), makers_.end(), [&](const auto& each) { return each.first == name; });
  return found != makers_.end() ? found->second(connection) : nullptr;
}

}  // namespace serval::detail
