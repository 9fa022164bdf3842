// SPDX-License-Identifier: MIT
// Refuses requests that pages of other sites make browsers send (cross-site request forgery).
#pragma once

#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `Csrf`.
struct CsrfOptions {
  /// Origins whose pages may send requests nevertheless: scheme, host and, if it is not the usual one, port, as in
  /// "https://app.example:8443". Default: none.
  std::vector<std::string> trusted_origins{};
  /// Paths that pages of all origins may send requests to, as the client sends them, without query and root path:
  /// "/login/callback" for a login provider that posts a form. Such a handler must protect itself. Default: none.
  std::vector<std::string> exempt_paths{};
};

/// `app.use(Csrf());`: refuses requests with 403 that change something and that the page of another origin has sent, so
/// that a foreign page cannot act with the cookies of a user. No token in forms is necessary: browsers tell where a
/// request is from, and pages cannot change that.
/// - GET, HEAD and OPTIONS pass, since they must not change anything. The handshake of a WebSocket does not, although
///   it is a GET: the cookies of the user would open it to any page.
/// - With `sec-fetch-site`, `same-origin` and `none` (typed, bookmarked) pass.
/// - Without it, a request without `origin` passes: it is not from a page. Otherwise `origin` must be the host of the
///   request; on https also with https.
/// - Requests from `trusted_origins` and to `exempt_paths` pass.
///
/// Behind a proxy that changes `host`, use `ForwardedHeaders`. It does not replace `Cors`, which lets pages read
/// responses: list the origins in both. Errors of the constructor: SetupError for a text that is no origin or path.
/// Source: Fetch Metadata Request Headers, section 2.3; RFC 6454 section 7; the method of Go's CrossOriginProtection.
class Csrf {
 public:
  static constexpr Stage stage = Stage::csrf;

  explicit Csrf(CsrfOptions options = {});

  /// Errors: HttpError 403.
  void before(Request& request) const;

 private:
  [[nodiscard]] bool passes(const Request& request) const;

  CsrfOptions options_;  // the origins in lower case, without a usual port
};

}  // namespace serval
