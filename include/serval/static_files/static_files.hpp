// SPDX-License-Identifier: MIT
// A folder of files under a prefix: `app.mount("/static", StaticFiles("site"))`.
#pragma once

#include <memory>
#include <string>

#include <serval/base/source_location.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval {

/// The options of `StaticFiles`.
struct StaticFilesOptions {
  /// A folder is answered with its `index`, after a redirect (307) where its slash is missing; what is missing with the
  /// root's `404.html` and status 404, where there is one. Default: both are a plain 404.
  bool html = false;
  /// The file that answers, with status 200, for paths that are missing: of an application whose routes are the
  /// browser's affair. It stands in for pages only: for a path whose last part has no dot in it, whatever the client
  /// accepts, or where `accept` asks for text/html more than for anything, as browsers do where they open a page;
  /// `*/*` alone does not. Answers that depend on it have `vary: Accept`. Empty (the default): none.
  std::string fallback{};
  /// Whether `x.css.br` or `x.css.gz` is sent for `x.css` to clients that accept it. Answers then have
  /// `vary: accept-encoding`. That a packed file is as new as the other is not checked.
  bool precompressed = false;
  /// The value of `cache-control` for files that were found, "public, max-age=3600". Empty (the default): none.
  std::string cache_control{};
  /// Whether symbolic links are followed. Even then none leads out of the folder. Default: to follow none.
  bool follow_symlinks = false;
  /// What a folder is answered with in `html` mode.
  std::string index = "index.html";
};

/// A handler for `Router::mount`. Answers GET and HEAD, 405 to other methods, 404 for what is no file within the
/// folder; conditions and ranges as for any FileResponse. Errors are `HttpError`s, so they have the application's form.
///
/// No path leads out of the folder: `..`, also as `%2e%2e`, a slash or backslash within a part, NUL and empty parts are
/// 404, and the kernel is told to stay below the folder (openat2), or, where it does not know how, every part is opened
/// on its own.
///
/// The folder is held open: its files may change while the application serves, the folder itself is not looked up
/// again. Files are opened on the event loop. Copies share the folder. Thread safety: may be called from several
/// threads.
class StaticFiles {
 public:
  /// Errors: `SetupError` where `directory` is no folder that can be read, where `index` or `fallback` could lead out
  /// of it, or where there is no `fallback`.
  explicit StaticFiles(const std::string& directory, StaticFilesOptions options = {},
                       SourceLocation where = SourceLocation::current());

  /// Looks at the request's path below the mount. Errors: `HttpError` 404 and 405; `std::system_error` where the system
  /// is out of descriptors or memory, or cannot read.
  Response operator()(const Request& request) const;

 private:
  struct Site;
  std::shared_ptr<const Site> site_;
};

}  // namespace serval
