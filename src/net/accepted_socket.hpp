// SPDX-License-Identifier: MIT
// A connected socket on its way from the listener to the event loop that serves it.
#pragma once

#include <serval/http/request.hpp>

#include "net/descriptor.hpp"

namespace serval::detail {

/// The descriptor is in non-blocking mode.
struct AcceptedSocket {
  Descriptor descriptor;
  int family;  // the address family of the socket: AF_INET, AF_INET6 or AF_UNIX
  http::Client peer;
};

}  // namespace serval::detail
