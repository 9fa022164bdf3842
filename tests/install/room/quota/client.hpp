// SPDX-License-Identifier: MIT
// The service of quotas as the program sees it: a question, an answer. One object for each event loop,
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

/// What the service knows of a key.
struct Balance {
  std::string name;               ///< whose key it is
  std::int64_t left = 0;          ///< requests that may still come
  std::chrono::seconds reset{0};  ///< until there is more
};

/// Whether the text can be a key: 1 to 64 letters, digits, '-' and '_'. No other one is sent to the service, whose
/// lines are words between spaces.
[[nodiscard]] bool is_key(std::string_view text) noexcept;

/// Errors of all of it: as of `Connections::exchange`. Thread safety: all of it. REQUIRES: keys that `is_key`.
class Client {
 public:
  Client(const boost::asio::any_io_executor& loop, const Options& options, const Instruments& instruments);

  /// What is left of a key's quota; nothing for a key that the service does not know.
  serval::Task<std::optional<Balance>> balance(std::string key);
  /// Tells how many requests of a key this program has served in all, so that telling it twice does no harm.
  serval::Task<void> report(std::string program, std::string key, std::uint64_t total);
  /// How the service names itself: "QUOTA 1".
  serval::Task<std::string> greet();

 private:
  Connections connections_;
};

}  // namespace quota
