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
  /// Whether a folder is answered with its `index`, after a redirect (307) where the path lacks the final slash, and a
  /// missing file with `404.html` of the root, if there is one, and status 404. Default: no, both are a plain 404.
  bool html = false;
  /// The file that answers, with status 200, in place of a page that is missing: for front ends that do their own
  /// routing. A path names a page where its last part has no dot, or where `accept` prefers text/html to everything
  /// else, as browsers do when they open a page; `*/*` alone does not. Answers that depend on `accept` have `vary:
  /// Accept`. Empty: none.
  std::string fallback{};
  /// Whether `x.css.br` or `x.css.gz` is sent in place of `x.css` to clients that accept it. Answers then have
  /// `vary: accept-encoding`. Nothing checks that the packed file is as new as the other. Default: no.
  bool precompressed = false;
  /// The value of `cache-control` for files that exist: "public, max-age=3600". Empty: the field is not sent.
  std::string cache_control{};
  /// Whether symbolic links are followed. Even then none leads out of the folder. Default: no.
  bool follow_symlinks = false;
  /// The file that answers for a folder where `html` is set.
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
