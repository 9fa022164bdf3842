// SPDX-License-Identifier: MIT
// The protocols of a server, by name.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

class Connection;
class Session;

/// Names are ALPN names (RFC 7301 section 6). "http/1.1" is always there.
class Protocols {
 public:
  using Make = boost::intrusive_ptr<Session> (*)(Connection& connection);

  Protocols();
  /// Replaces an earlier protocol of the same name.
  void add(std::string name, Make maker) { makers_.insert(makers_.begin(), {std::move(name), maker}); }
  /// Null if there is no such protocol. Errors: out of memory.
  [[nodiscard]] boost::intrusive_ptr<Session> make(std::string_view name, Connection& connection) const;

 private:
  std::vector<std::pair<std::string, Make>> makers_;
};

}  // namespace serval::detail
