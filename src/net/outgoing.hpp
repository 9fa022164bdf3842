// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>

#include "net/transport.hpp"

namespace serval::detail {

/// What a session has to write.
class Outgoing {
 public:
  [[nodiscard]] virtual bool empty() const noexcept = 0;
  /// Writes by one call of the transport, at most `most_of_file` bytes where it is one of a file; gives back how many
  /// went. REQUIRES: not empty. Errors: those of the transport.
  virtual std::size_t write(Transport& transport, std::size_t most_of_file, boost::system::error_code& error) = 0;

 protected:
  ~Outgoing() = default;
};

}  // namespace serval::detail
