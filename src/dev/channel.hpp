// SPDX-License-Identifier: MIT
// What the tool tells the program that it runs.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace serval::detail {

/// How the tool has started the program: the variable SERVAL_DEV, "descriptor:generation:token:host".
struct DevSetting {
  int socket = -1;         // of packets; each is the text of the current build error, or a line feed for none
  std::string generation;  // tells this run of the program from the ones before and after it
  std::string token;       // random; whoever knows it may see errors
  std::string host;        // that the user has asked for besides the loopback addresses; may be empty

  /// Nothing if the text has another form.
  [[nodiscard]] static std::optional<DevSetting> read(std::string_view text);
};

/// The state of the last build. Thread safety: all of it.
class DevChannel {
 public:
  explicit DevChannel(DevSetting setting) : setting_(std::move(setting)) {}

  struct State {
    std::uint64_t version = 0;  // changes with the error
    std::string error{};        // empty: this program is what its source files say
  };
  /// Reads what has come since.
  [[nodiscard]] State state();
  [[nodiscard]] const DevSetting& setting() const noexcept { return setting_; }

 private:
  const DevSetting setting_;
  std::mutex mutex_;  // guards the members below
  State state_;
};

}  // namespace serval::detail
