// SPDX-License-Identifier: MIT
// What a proxy tells about the client: its address, scheme and host, and the prefix of the application.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The header fields in which a proxy describes the client. A server believes only those of one family, since a proxy
/// that sets the ones passes the others of the client on.
enum class ForwardedFamily : std::uint8_t {
  x_forwarded,  ///< `x-forwarded-for`, `x-forwarded-proto`, and by option `x-forwarded-host` and `x-forwarded-prefix`
  rfc7239,      ///< `forwarded` (RFC 7239)
  none,         ///< none: the middleware changes nothing
};

/// The options of `ForwardedHeaders`.
struct ForwardedHeadersOptions {
  /// The proxies whose fields are believed: addresses, networks such as "10.0.0.0/8", "unix:" for all peers on Unix
  /// sockets, "*" for every peer, whatever its address. A network of all addresses, "0.0.0.0/0" or "::/0", is a "*" for
  /// one kind of them. An IPv4 address also stands for the IPv6 address to which it is mapped. Default: proxies on this
  /// machine. `App::run` replaces it by `--forwarded-allow-ips` and `SERVAL_FORWARDED_ALLOW_IPS`.
  std::vector<std::string> trusted = {"127.0.0.1", "::1"};
  /// The header fields that the proxies set. Default: those that most set.
  ForwardedFamily family = ForwardedFamily::x_forwarded;
  /// Whether the host is read, too: `x-forwarded-host`, or `host` of `forwarded`. Set it only if the proxies replace
  /// what the client sends. Default: no; a proxy can pass the client's `host` on.
  bool host = false;
  /// Whether the root path is read from `x-forwarded-prefix`: the prefix that the proxy has removed from the path. Set
  /// it only if the proxies replace what the client sends. It replaces `AppOptions::root_path`, unless the path
  /// still begins with that; the prefixes of mounts stay. Default: no.
  bool prefix = false;
};

/// `app.use(ForwardedHeaders());`: requests from trusted proxies have the client's address and port, scheme, and by
/// option host and root path: `Request::client()`, `scheme()`, `host()`, `url()`, `root_path()`. Everything inside of
/// this middleware sees them, and the access logs do. Use it for the application that the server serves.
///
/// Each proxy appends the address of its peer to `x-forwarded-for`, so only the end of the list is sure. It is read
/// from the end, over the addresses of trusted proxies; the first other address is the client. "*" trusts the peer but
/// no address in the list, of which it believes the last one. An entry that is no address ("unknown", "_hidden") ends
/// the search, and the client is the proxy that wrote it. So list proxies only: whoever has an address of the list can
/// claim to be any client. The port is 0 if it is not known. The scheme is the last value of `x-forwarded-proto`; in
/// `forwarded` it is that of the client's entry. A field that is malformed has no effect. Errors of the constructor:
/// `SetupError` for an empty `trusted` and a text in it that is none of these.
class ForwardedHeaders {
 public:
  static constexpr Stage stage = Stage::forwarded;

  explicit ForwardedHeaders(ForwardedHeadersOptions options = {});

  void before(Request& request);
  /// Replaces `ForwardedHeadersOptions::trusted`. Errors: SetupError. Thread safety: none; before the server starts.
  void trust_proxies(const std::vector<std::string>& proxies);

 private:
  struct Policy;
  std::shared_ptr<const Policy> policy_;
};

}  // namespace serval
