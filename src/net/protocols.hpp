// SPDX-License-Identifier: MIT
// Which sessions a server has, by the protocol that a transport has agreed on.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

class Connection;
class Session;

/// Names are those of ALPN (RFC 7301 section 6), such as "http/1.1", which is there from the start.
class Protocols {
 public:
  using Make = boost::intrusive_ptr<Session> (*)(Connection& connection);

  Protocols();
  /// A later one of the same name takes the place of an earlier one.
  void add(std::string name, Make maker) { makers_.insert(makers_.begin(), {std::move(name), maker}); }
  /// Null where there is no such protocol. Errors: out of memory.
  [[nodiscard]] boost::intrusive_ptr<Session> make(std::string_view name, Connection& connection) const;

 private:
  std::vector<std::pair<std::string, Make>> makers_;
};

}  // namespace serval::detail
