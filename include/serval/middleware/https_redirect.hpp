// SPDX-License-Identifier: MIT
// Sends clients that use http to https.
#pragma once

#include <cstdint>
#include <optional>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `HttpsRedirect`.
struct HttpsRedirectOptions {
  /// The port of https. Default: none for requests to port 80 and 443 and to no port; others keep their port. 443: none
  /// for all. 0 is a SetupError.
  std::optional<std::uint16_t> port{};
};

/// `app.use(HttpsRedirect());`: a request over http is redirected to the same URL with https, 307, which keeps method
/// and body; a WebSocket to "wss". A request without a valid host gets 400 "Invalid host header". The URL contains the
/// host of the request, so use `TrustedHosts`, too. Behind a proxy that speaks https with the clients, use
/// `ForwardedHeaders`: without it every request looks like http, and the redirects never end.
class HttpsRedirect {
 public:
  static constexpr Stage stage = Stage::https_redirect;

  explicit HttpsRedirect(HttpsRedirectOptions options = {});

  [[nodiscard]] std::optional<Response> before(Request& request);

 private:
  HttpsRedirectOptions options_;
};

}  // namespace serval
