// SPDX-License-Identifier: MIT
// The interface of the output that a session has waiting.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>

#include "net/transport.hpp"

namespace serval::detail {

/// The output of a session, which `Connection::flush` writes.
class Outgoing {
 public:
  [[nodiscard]] virtual bool empty() const noexcept = 0;
  /// Writes with one call of the transport, and returns the number of bytes written; of a file at most `most_of_file`.
  /// REQUIRES: not empty. Errors: those of the transport.
  virtual std::size_t write(Transport& transport, std::size_t most_of_file, boost::system::error_code& error) = 0;

 protected:
  ~Outgoing() = default;
};

}  // namespace serval::detail
