// SPDX-License-Identifier: MIT
// A socket that a listener has accepted, before a session has it.
#pragma once

#include <serval/http/request.hpp>

#include "net/descriptor.hpp"

namespace serval::detail {

/// Does not block.
struct AcceptedSocket {
  Descriptor descriptor;
  int family;  // of the socket: AF_INET, AF_INET6 or AF_UNIX
  http::Client peer;
};

}  // namespace serval::detail
