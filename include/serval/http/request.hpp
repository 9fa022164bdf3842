// SPDX-License-Identifier: MIT
// A request as handlers see it. Its texts are views into the buffer of its creator (the connection, the test client)
// and live until the response is sent: copy values that must live longer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

#include <serval/http/cookie.hpp>
#include <serval/http/headers.hpp>
#include <serval/http/method.hpp>
#include <serval/http/path_params.hpp>
#include <serval/http/path_value.hpp>
#include <serval/http/request_state.hpp>
#include <serval/http/url.hpp>

namespace serval::http {

class FormData;
class RouteNames;
struct Limits;
struct NamedPath;

/// The peer's address as the connection sees it, or as a trusted proxy reported it.
struct Client {
  std::string host;        ///< an IP address as text, or `of_unix_socket`
  std::uint16_t port = 0;  ///< 0: not known

  /// The host of a client that uses a Unix socket.
  static constexpr std::string_view of_unix_socket = "unix:";
};

/// For the connection: the result of the request reader; all views outlive the request.
struct RequestHead {
  Method method = Method::get;
  std::string_view method_text = "GET";
  std::string_view target = "/";
  Target parts{.path = "/"};  ///< `target` split
  int version_minor = 1;      ///< the x of HTTP/1.x
};

}  // namespace serval::http

namespace serval {

struct RouteOptions;

/// A request as a handler sees it. Lifetime: it and everything that it returns by reference or as a view live until the
/// response was sent; copy values that must live longer. Thread safety: none; a handler and its dependencies use it one
/// after another.
class Request {
 public:
  /// The method; `unknown` for a method that serval does not know.
  [[nodiscard]] http::Method method() const noexcept { return head_.method; }
  /// The method as received.
  [[nodiscard]] std::string_view method_text() const noexcept { return head_.method_text; }
  /// The request target as received: "/items/a%20b?x=1".
  [[nodiscard]] std::string_view target() const noexcept { return head_.target; }
  /// The path as received, without the query. Routing uses it.
  [[nodiscard]] std::string_view raw_path() const noexcept { return head_.parts.path; }
  /// The path percent-decoded, ill-formed UTF-8 replaced.
  [[nodiscard]] std::string path() const;
  /// The raw query string, without the '?'.
  [[nodiscard]] std::string_view query_string() const noexcept { return head_.parts.query; }
  [[nodiscard]] int version_minor() const noexcept { return head_.version_minor; }

  /// All header fields, in the order of the wire.
  [[nodiscard]] const http::RequestHeaders& headers() const noexcept { return headers_; }
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return headers_.get(name);
  }
  /// The query parameters, decoded on first use and kept.
  [[nodiscard]] const http::QueryParams& query_params() const;
  [[nodiscard]] const http::Cookies& cookies() const;
  /// The parameters of the path, decoded.
  [[nodiscard]] const http::PathParams& path_params() const noexcept { return path_params_; }
  /// The whole body, without chunk framing; empty if there was none.
  [[nodiscard]] std::string_view body() const noexcept { return body_; }
  /// The body as a form, read on first use and kept; `#include <serval/files.hpp>`. Empty if it is not a form, and if
  /// the handler takes the form as parameters or the body as a stream. Errors: HttpError 400 for a form that is
  /// malformed or exceeds `http::Limits`; `std::system_error` if a large file cannot be written to disk. Lifetime: the
  /// request's.
  [[nodiscard]] const http::FormData& form() const;
  /// The value of `content-type`, empty if absent.
  [[nodiscard]] std::string_view content_type() const noexcept;

  /// The media type among `offered` that the client prefers (`accept`); the first if it sends no preference. Nothing if
  /// it accepts none: `if (!type) throw HttpError(406);`. The response then depends on that header:
  /// `response.add_vary("Accept")`. See `http::negotiate`. REQUIRES: media types; the result refers to one of them.
  [[nodiscard]] std::optional<std::string_view> preferred_type(std::initializer_list<std::string_view> offered) const;
  /// The language among `offered` that the client prefers (`accept-language`): "de" matches a request for "de-AT", and
  /// "de-AT" one for "de". The first if none matches, since a response in another language helps more than none.
  /// REQUIRES: at least one language tag; the result refers to one of them.
  [[nodiscard]] std::string_view preferred_language(std::initializer_list<std::string_view> offered) const;

  /// The client that sent the request.
  [[nodiscard]] const http::Client& client() const noexcept { return client_; }
  /// "http" or "https".
  [[nodiscard]] std::string_view scheme() const noexcept { return scheme_; }
  /// The authority: that of an absolute target, otherwise the Host field, "example.com:8000".
  [[nodiscard]] std::string_view host() const noexcept;
  /// "http://example.com:8000/items/a%20b?x=1", with the root path; without a host, only path and query.
  [[nodiscard]] std::string url() const;
  /// The URL of the application, with a slash at the end: "http://example.com:8000/" or, with a root path,
  /// "http://example.com:8000/api/". Without a host, only the path.
  [[nodiscard]] std::string base_url() const;
  /// The path prefix under which a proxy serves the application; "" by default.
  [[nodiscard]] std::string_view root_path() const noexcept { return root_path_; }
  /// The URL of a route, by the name of its function or `RouteOptions::name`, with the root path:
  /// `request.url_for("read_item", {{"item_id", 5}})` gives "https://example.com/api/items/5", and "ws://..." for a
  /// WebSocket. Files of a mount have the name of its prefix, `url_for("static", {{"path", "site.css"}})`; routes of a
  /// mounted application have both names, "admin:read_user". Of several routes of one name, the first with these
  /// parameters counts. Scheme and host are `AppOptions::public_origin`; without it, those that the client sent: such a
  /// URL must not leave this response, for example in an e-mail. Without a host, only the path.
  /// Errors: `std::invalid_argument` if no route has this name and these parameters, or a value does not fit.
  [[nodiscard]] std::string url_for(std::string_view name, std::initializer_list<http::PathValue> values = {}) const;
  /// As `url_for`, without scheme and host: "/api/items/5", for links in pages.
  [[nodiscard]] std::string url_path_for(std::string_view name,
                                         std::initializer_list<http::PathValue> values = {}) const;
  /// The pattern of the route that matched, "/items/{item_id}"; empty before routing or if none matched.
  [[nodiscard]] std::string_view route() const noexcept { return route_; }
  /// The options of that route, for middleware: `#include <serval/app/route_options.hpp>`. Null before routing and if
  /// no route matched.
  [[nodiscard]] const RouteOptions* route_options() const noexcept { return route_options_; }
  /// Identifies this request in logs and responses: what a middleware has set, or 128 random bits as 32 hex digits.
  [[nodiscard]] std::string_view request_id() const;
  /// The id if a middleware has set one, otherwise empty.
  [[nodiscard]] std::string_view given_request_id() const noexcept {
    return has_given_id_ ? std::string_view(request_id_) : std::string_view();
  }

  /// A value of type `T` that travels with the request, e.g. from a middleware to a handler. Created on first use. If a
  /// handler has exceeded its deadline, the hooks that see the 503 response find the values that existed at that time,
  /// while the handler may still run.
  /// Thread safety: none; a value that a blocking handler and such hooks use needs its own lock.
  template <class T>
  [[nodiscard]] T& state() {
    void* found = state_.find(typeid(T));
    if (found == nullptr) found = state_.put(typeid(T), std::make_shared<T>());
    return *static_cast<T*>(found);
  }
  /// The same value, read-only: null if it was not created.
  template <class T>
  [[nodiscard]] const T* find_state() const noexcept {
    return static_cast<const T*>(state_.find(typeid(T)));
  }

  // --- for `before` of middleware: what a proxy tells about the request ---------------------------
  void set_client(http::Client client) { client_ = std::move(client); }
  void set_scheme(std::string_view scheme) { scheme_ = scheme; }
  /// REQUIRES: a valid host, see `http::split_host`, which lives as long as the request.
  void set_host(std::string_view host) noexcept { head_.parts.authority = host; }
  /// REQUIRES: empty, or a path that begins with '/' and does not end with it.
  void set_root_path(std::string_view root_path) { root_path_ = root_path; }
  /// Empty: makes one.
  void set_request_id(std::string_view id);

  // --- for the library: the connection, the test client and the router build requests ------------
  void assign(const http::RequestHead& head) noexcept { head_ = head; }
  [[nodiscard]] const http::RequestHead& head() const noexcept { return head_; }
  [[nodiscard]] http::RequestHeaders& mutable_headers() noexcept { return headers_; }
  [[nodiscard]] http::PathParams& mutable_path_params() noexcept { return path_params_; }
  void set_body(std::string_view body) noexcept { body_ = body; }
  /// `options` live as long as the request; null: not known.
  void set_route(std::string_view route, const RouteOptions* options = nullptr) noexcept {
    route_ = route;
    route_options_ = options;
  }
  /// Becomes the same request, without its body and parameters. Both use the values of `state` that `other` has; values
  /// that either creates later are its own. Lifetime: a value is destroyed with the later of the two.
  /// Thread safety: a handler on the pool may use `other` meanwhile.
  void follow(const Request& other);
  /// The names outlive the request.
  void set_route_names(const http::RouteNames& names) noexcept { route_names_ = &names; }
  [[nodiscard]] bool has_route_names() const noexcept { return route_names_ != nullptr; }
  /// "https://example.com", for `url_for`; outlives the request.
  void set_public_origin(std::string_view origin) noexcept { public_origin_ = origin; }
  void set_max_query_params(std::size_t max) noexcept { max_query_params_ = max; }
  /// The limits for forms; they outlive the request. Default: the defaults of `http::Limits`.
  void set_limits(const http::Limits& limits) noexcept { limits_ = &limits; }
  /// Resets to a new request with default values, keeping allocated storage and the client's address.
  void reset() noexcept;

 private:
  [[nodiscard]] http::NamedPath find_path(std::string_view name, std::initializer_list<http::PathValue> values) const;

  http::RequestHead head_;
  http::RequestHeaders headers_;
  http::PathParams path_params_;
  std::string_view body_;
  std::string_view route_;
  const RouteOptions* route_options_ = nullptr;
  const http::RouteNames* route_names_ = nullptr;  // null before an application has the request
  std::string_view public_origin_;
  http::Client client_;
  std::string scheme_ = "http";
  std::string root_path_;
  std::size_t max_query_params_ = 1000;
  const http::Limits* limits_ = nullptr;
  mutable http::QueryParams query_params_;              // valid if query_parsed_
  mutable http::Cookies cookies_;                       // valid if cookies_parsed_
  mutable std::shared_ptr<const http::FormData> form_;  // shared: its type is incomplete here
  mutable bool query_parsed_ = false;
  mutable bool cookies_parsed_ = false;
  bool has_given_id_ = false;
  mutable std::string request_id_;
  detail::RequestState state_;
};

}  // namespace serval
