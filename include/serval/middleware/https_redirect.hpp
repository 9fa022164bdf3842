// SPDX-License-Identifier: MIT
// Sends clients that use http to https.
#pragma once

#include <optional>

#include <serval/handler/middleware.hpp>

namespace serval {

/// `app.use(HttpsRedirect());`: a request over http is redirected to the same URL with https, 307, which keeps method
/// and body. The ports 80 and 443 are left out, others stay. The URL contains the host of the request, so use
/// `TrustedHosts`, too. Behind a proxy that speaks https itself, the scheme must be that of the client
/// (`Request::scheme`).
class HttpsRedirect {
 public:
  static constexpr Stage stage = Stage::https_redirect;

  [[nodiscard]] std::optional<Response> before(Request& request);
};

}  // namespace serval
