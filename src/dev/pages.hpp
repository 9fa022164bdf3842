// SPDX-License-Identifier: MIT
// Adds a script to the HTML pages of a program that `serval dev` runs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <serval/handler/middleware.hpp>

#include "dev/channel.hpp"

namespace serval::detail {

/// Also marks all responses of a program that is older than its source files: `serval-dev: stale`.
class DevPages {
 public:
  explicit DevPages(std::shared_ptr<DevChannel> channel) : channel_(std::move(channel)) {}

  /// Remembers the root path before a mount adds its prefix to it.
  static void before(Request& request);
  /// Errors: std::system_error for a page that is a file and cannot be read.
  void after(const Request& request, Response& response) const;

 private:
  std::shared_ptr<DevChannel> channel_;
};

/// Whether a browser asks for a page of this program: one on this machine by a loopback name, or any one by the host
/// that the user has asked for; and not for a page of another origin.
[[nodiscard]] bool is_own_page(const Request& request, const DevSetting& setting);

/// Puts a tag before the end of the body of a page, or at its end.
[[nodiscard]] std::string with_tag(std::string page, std::string_view tag);

/// The script of the pages.
extern const std::string_view dev_script;

}  // namespace serval::detail
