// SPDX-License-Identifier: MIT
// Answers while no program serves.
#pragma once

#include <memory>
#include <string>

namespace serval::tool {

/// A server on the listening socket of the program: 503, as a page that reloads itself for browsers and as problem
/// details (RFC 9457) for others. It has a thread of its own. Thread safety: none.
class StandIn {
 public:
  /// `listener`: a copy of it is used, which is closed at the end and never shut down. `title`, `text`: why.
  /// `host`: of the socket; who asks by another name than this or a loopback one learns no details. Errors:
  /// std::system_error.
  StandIn(int listener, std::string host, std::string title, std::string text);
  StandIn(const StandIn&) = delete;
  StandIn& operator=(const StandIn&) = delete;
  ~StandIn();

  void say(std::string title, std::string text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The page. It asks every 300 ms whether another program answers.
[[nodiscard]] std::string stand_in_page(const std::string& title, const std::string& text);

}  // namespace serval::tool
