// SPDX-License-Identifier: MIT
// The client of the quota service: it sends questions and returns the answers. Each event loop has one object,
// `PerLoop<Client>`.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <serval/task.hpp>

#include "connections.hpp"

namespace quota {

/// What the service knows about a key.
struct Balance {
  std::string name;               ///< the owner of the key
  std::int64_t left = 0;          ///< the number of requests that are still allowed
  std::chrono::seconds reset{0};  ///< the time until more requests are allowed
};

/// Returns whether the text can be a key: 1 to 64 letters, digits, '-' and '_'. Other texts must not be sent to the
/// service, because spaces separate the words of its lines.
[[nodiscard]] bool is_key(std::string_view text) noexcept;

/// REQUIRES: `is_key` for each key. Errors of all functions: those of `Connections::exchange`. Thread safety: all
/// functions.
class Client {
 public:
  Client(const boost::asio::any_io_executor& loop, const Options& options, const Instruments& instruments);

  /// Returns the rest of a key's quota, or nothing for a key that the service does not know.
  serval::Task<std::optional<Balance>> balance(std::string key);
  /// Reports how many requests of a key this program has served in total. It is a total so that a repeated report does
  /// no harm.
  serval::Task<void> report(std::string program, std::string key, std::uint64_t total);
  /// Returns the name that the service states: "QUOTA 1".
  serval::Task<std::string> greet();

 private:
  Connections connections_;
};

}  // namespace quota
