// SPDX-License-Identifier: MIT
// What an application is called and how it treats requests that no route takes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <serval/params/depends.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// `App app({.title = "Shop", .version = "1.2.0"});`
struct AppOptions {
  /// In the document.
  std::string title = "serval";
  std::string version = "0.1.0";
  std::string summary{};
  std::string description{};

  /// Called before every route's handler, those of mounted applications apart, and before its other dependencies.
  std::vector<Dependency> dependencies{};

  /// Shows the text of unknown exceptions in 500 answers. Default: no; never in production.
  bool debug = false;
  /// Whether a path that exists but for a final '/' is answered 307 to the one that does. Default: yes.
  bool redirect_slashes = true;
  /// Whether GET routes answer HEAD too. Default: yes.
  bool auto_head = true;
  /// Whether OPTIONS is answered 204 with `allow` where no route takes it; otherwise 405. Default: yes.
  bool auto_options = true;
  /// The prefix under which a proxy serves the application; stripped from paths that begin with it. Default: none.
  std::string root_path{};

  /// Threads for `blocking` handlers. Default 8; 0: as many as the machine has processors.
  std::size_t blocking_threads = 8;
  /// Blocking calls that wait for a thread; beyond: 503 with `retry-after: 1`. Default 1024; 0: none may wait.
  std::size_t blocking_queue = 1024;

  /// Where exceptions are logged. Null, the default: standard error, by a logger of the application's own.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
