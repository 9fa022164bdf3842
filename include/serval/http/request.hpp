// SPDX-License-Identifier: MIT
// A request as handlers see it. Its texts are views into the buffer of whoever built it (the connection,
// the test client) and live until the answer is sent: copy what must live longer.
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
#include <serval/http/request_state.hpp>
#include <serval/http/url.hpp>

namespace serval::http {

class FormData;
struct Limits;

/// The peer's address as the connection sees it, or as a trusted proxy gave it.
struct Client {
  std::string host;        ///< an IP address as text, or `of_unix_socket`
  std::uint16_t port = 0;  ///< 0: not known

  /// The host of a client that has come by a Unix socket.
  static constexpr std::string_view of_unix_socket = "unix:";
};

/// The path parameters of the matched route, percent-decoded, in the order of the pattern.
class PathParams {
 public:
  /// One parameter.
  struct Entry {
    std::string_view name;
    std::string_view value;
  };
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] auto begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] auto end() const noexcept { return entries_.end(); }
  [[nodiscard]] const Entry& operator[](std::size_t index) const noexcept { return entries_[index]; }

  /// For the router: `name` must outlive the request; `raw` is decoded here when it holds an escape.
  void add(std::string_view name, std::string_view raw);
  /// Drops all entries beyond the first `count`; the router's way back out of a dead end.
  void truncate(std::size_t count) noexcept;
  void clear() noexcept;

 private:
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<std::string>> decoded_;  // owns the values that were not views of the target
};

/// What the request reader hands over; all views outlive the request.
struct RequestHead {
  Method method = Method::get;
  std::string_view method_text = "GET";
  std::string_view target = "/";
  Target parts{Target::Form::origin, {}, {}, "/", {}};  ///< `target` split
  int version_minor = 1;                                ///< of HTTP/1.x
};

}  // namespace serval::http

namespace serval {

struct RouteOptions;

/// A request as a handler sees it. Lifetime: it and all that it returns by reference or as a view live until the answer
/// was sent; copy what must live longer. Thread safety: none; a handler and its dependencies use it one after another.
class Request {
 public:
  /// The method; `unknown` for one that serval does not know.
  [[nodiscard]] http::Method method() const noexcept { return head_.method; }
  /// The method as it was sent.
  [[nodiscard]] std::string_view method_text() const noexcept { return head_.method_text; }
  /// The target as it was sent: "/items/a%20b?x=1".
  [[nodiscard]] std::string_view target() const noexcept { return head_.target; }
  /// The path as it was sent, without the query. What routing looks at.
  [[nodiscard]] std::string_view raw_path() const noexcept { return head_.parts.path; }
  /// The path percent-decoded, ill-formed UTF-8 replaced.
  [[nodiscard]] std::string path() const;
  /// Raw, without the '?'.
  [[nodiscard]] std::string_view query_string() const noexcept { return head_.parts.query; }
  [[nodiscard]] int version_minor() const noexcept { return head_.version_minor; }

  /// All header fields, in the order of the wire.
  [[nodiscard]] const http::RequestHeaders& headers() const noexcept { return headers_; }
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return headers_.get(name);
  }
  /// Decoded on first use and kept.
  [[nodiscard]] const http::QueryParams& query_params() const;
  [[nodiscard]] const http::Cookies& cookies() const;
  /// The parameters of the path, decoded.
  [[nodiscard]] const http::PathParams& path_params() const noexcept { return path_params_; }
  /// The whole body, chunks joined; empty when there was none.
  [[nodiscard]] std::string_view body() const noexcept { return body_; }
  /// The body as a form, read on first use and kept; `#include <serval/files.hpp>`. Empty where it is no form, and
  /// where the handler takes the form as parameters or the body as a stream. Errors: HttpError 400 for a form that is
  /// malformed or beyond `http::Limits`; `std::system_error` when a large file cannot be written away. Lifetime: the
  /// request's.
  [[nodiscard]] const http::FormData& form() const;
  /// The value of `content-type`, empty when absent.
  [[nodiscard]] std::string_view content_type() const noexcept;

  /// The media type, of those that the handler can answer with, that the client likes best (`accept`); the first where
  /// it says nothing. Nothing when it accepts none: `if (!type) throw HttpError(406);`. The answer depends on that
  /// field then: `response.add_vary("Accept")`. See `http::negotiate`. REQUIRES: media types; the answer views one of
  /// them.
  [[nodiscard]] std::optional<std::string_view> preferred_type(std::initializer_list<std::string_view> offered) const;
  /// The language, of those offered, that the client likes best (`accept-language`): "de" serves who asks for "de-AT",
  /// and "de-AT" who asks for "de". The first where nothing fits: an answer in another language helps more than none.
  /// REQUIRES: at least one language tag; the answer views one of them.
  [[nodiscard]] std::string_view preferred_language(std::initializer_list<std::string_view> offered) const;

  /// Who sent the request.
  [[nodiscard]] const http::Client& client() const noexcept { return client_; }
  /// "http" or "https".
  [[nodiscard]] std::string_view scheme() const noexcept { return scheme_; }
  /// The authority: the absolute target's, else the Host field's, "example.com:8000".
  [[nodiscard]] std::string_view host() const noexcept;
  /// "http://example.com:8000/items/a%20b?x=1"; without a host only path and query.
  [[nodiscard]] std::string url() const;
  /// Where the application stands, with a slash at the end: "http://example.com:8000/" or, with a root path,
  /// "http://example.com:8000/api/". Without a host only the path.
  [[nodiscard]] std::string base_url() const;
  /// The path prefix under which a proxy serves the application; "" by default.
  [[nodiscard]] std::string_view root_path() const noexcept { return root_path_; }
  /// The pattern of the route that matched, "/items/{item_id}"; empty before routing or when none did.
  [[nodiscard]] std::string_view route() const noexcept { return route_; }
  /// What that route was declared with, for middleware: `#include <serval/app/route_options.hpp>`. Null before routing
  /// and when no route matched.
  [[nodiscard]] const RouteOptions* route_options() const noexcept { return route_options_; }
  /// 16 hex digits that name this request in logs and in 500 answers; made on first use.
  [[nodiscard]] std::string_view request_id() const;

  /// A value of type `T` that travels with the request, e.g. from a middleware to a handler. Made on first use. When a
  /// handler has met its deadline, the hooks that see the 503 answer find the values that were there by then, while the
  /// handler may still run. Thread safety: none; a value that a blocking handler and such hooks use needs its own lock.
  template <class T>
  [[nodiscard]] T& state() {
    void* found = state_.find(typeid(T));
    if (found == nullptr) found = state_.put(typeid(T), std::make_shared<T>());
    return *static_cast<T*>(found);
  }
  /// The same where it may only be looked at: null where nobody has made one.
  template <class T>
  [[nodiscard]] const T* find_state() const noexcept {
    return static_cast<const T*>(state_.find(typeid(T)));
  }

  // --- for whoever builds a request: the connection, the test client, the router -----------------
  void assign(const http::RequestHead& head) noexcept { head_ = head; }
  [[nodiscard]] const http::RequestHead& head() const noexcept { return head_; }
  [[nodiscard]] http::RequestHeaders& mutable_headers() noexcept { return headers_; }
  [[nodiscard]] http::PathParams& mutable_path_params() noexcept { return path_params_; }
  void set_body(std::string_view body) noexcept { body_ = body; }
  void set_client(http::Client client) { client_ = std::move(client); }
  void set_scheme(std::string_view scheme) { scheme_ = scheme; }
  void set_root_path(std::string_view root_path) { root_path_ = root_path; }
  /// `options` live as long as the request; null: not known.
  void set_route(std::string_view route, const RouteOptions* options = nullptr) noexcept {
    route_ = route;
    route_options_ = options;
  }
  /// Takes the values of `state` that `other` has, which both requests then use; what either makes later is its own.
  /// Lifetime: a value ends with the later of the two.
  /// Thread safety: a handler on the pool may use `other` meanwhile.
  void share_state(const Request& other) { state_.share(other.state_); }
  void set_max_query_params(std::size_t max) noexcept { max_query_params_ = max; }
  /// Those of forms; they outlive the request. Default: those of `http::Limits`.
  void set_limits(const http::Limits& limits) noexcept { limits_ = &limits; }
  /// Back to the state of a new request, keeping allocated storage and the client's address; scheme, root path and
  /// the bound on query parameters have their defaults again.
  void reset() noexcept;

 private:
  http::RequestHead head_;
  http::RequestHeaders headers_;
  http::PathParams path_params_;
  std::string_view body_;
  std::string_view route_;
  const RouteOptions* route_options_ = nullptr;
  http::Client client_;
  std::string scheme_ = "http";
  std::string root_path_;
  std::size_t max_query_params_ = 1000;
  const http::Limits* limits_ = nullptr;
  mutable http::QueryParams query_params_;              // of use once query_parsed_
  mutable http::Cookies cookies_;                       // of use once cookies_parsed_
  mutable std::shared_ptr<const http::FormData> form_;  // shared: its type is incomplete here
  mutable bool query_parsed_ = false;
  mutable bool cookies_parsed_ = false;
  mutable std::string request_id_;
  detail::RequestState state_;
};

}  // namespace serval
