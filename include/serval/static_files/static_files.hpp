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
  /// Whether a folder is answered with its `index`, after a redirect (307) if the path has no final slash, and a
  /// missing file with `404.html` of the root, if there is one, and status 404. Default: no, both are a plain 404.
  bool html = false;
  /// The file that is sent with status 200 instead of a missing page, for front ends that do their own routing. A path
  /// names a page if its last segment has no dot, or if `accept` prefers text/html to everything else, as browsers do
  /// when they open a page; `*/*` alone does not. Responses that depend on `accept` have `vary: Accept`. Empty: none.
  std::string fallback{};
  /// Whether `x.css.br` or `x.css.gz` is sent instead of `x.css` to clients that accept it. Responses then have
  /// `vary: accept-encoding`. It is not checked whether the compressed file is as new as the other. Default: no.
  bool precompressed = false;
  /// The value of `cache-control` for files that exist: "public, max-age=3600". Empty: the field is not sent.
  std::string cache_control{};
  /// Whether symbolic links are followed. Even then, none leads out of the folder. Default: no.
  bool follow_symlinks = false;
  /// The file that is sent for a folder if `html` is set.
  std::string index = "index.html";
};

/// A handler for `Router::mount`. It answers GET and HEAD; other methods give 405, and paths that name no file in the
/// folder give 404. Conditional and range requests work as for any FileResponse. Errors are `HttpError`s, so they have
/// the application's format.
///
/// No path leads out of the folder: `..`, also as `%2e%2e`, a slash or backslash inside a segment, NUL and empty
/// segments give 404. The kernel is told to stay below the folder (openat2); if it does not support that, every segment
/// is opened separately.
///
/// The folder stays open: its files may change while the application serves, but the path of the folder is not looked
/// up again. Files are opened on the event loop. Copies share the folder. Thread safety: may be called from several
/// threads.
class StaticFiles {
 public:
  /// Errors: `SetupError` if `directory` is not a readable folder, if `index` or `fallback` could lead out of it, or if
  /// the file `fallback` does not exist.
  explicit StaticFiles(const std::string& directory, StaticFilesOptions options = {},
                       SourceLocation where = SourceLocation::current());

  /// Answers the request by its path below the mount. Errors: `HttpError` 404 and 405; `std::system_error` if the
  /// system is out of descriptors or memory, or cannot read.
  Response operator()(const Request& request) const;

 private:
  struct Site;
  std::shared_ptr<const Site> site_;
};

}  // namespace serval
