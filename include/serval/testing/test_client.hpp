// SPDX-License-Identifier: MIT
// A client of an application inside the process: no socket, no thread, and the same path from the request's head to the
// response as on a connection.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/handler/service.hpp>
#include <serval/http/headers.hpp>
#include <serval/http/limits.hpp>
#include <serval/http/request.hpp>
#include <serval/schema/json_hook.hpp>
#include <serval/testing/cookie_jar.hpp>
#include <serval/testing/test_stream.hpp>
#include <serval/testing/test_web_socket.hpp>

namespace serval {

namespace detail {
struct TestMessage;
class TestTransport;
struct TestUrl;
}  // namespace detail

/// A file of a multipart form.
struct TestFile {
  std::string name;            ///< the name of the field
  std::string filename;        ///< the file name that the client sends
  std::string content{};       ///< the bytes
  std::string content_type{};  ///< empty: none is sent
};

/// The contents of a request besides method and path: `client.post("/items", {.json = json{{"name", "Foo"}}})`.
struct TestRequest {
  /// Names and values; a name may occur several times.
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  /// Fields in addition to `host`, `cookie`, `content-type` and `content-length`; a field with one of these names
  /// replaces it.
  Pairs headers{};
  /// Query parameters, encoded and appended to the query in the path.
  Pairs query{};
  /// The body, with `content-type: application/json`. At most one of `json`, `body`, and `form` with `files` is given.
  std::optional<serval::json> json{};
  /// The body, sent unchanged. A handler that streams it gets pieces of 64 KiB.
  std::string body{};
  /// A chunked body; a handler that streams it gets each chunk separately. Instead of the other kinds of bodies.
  std::vector<std::string> body_chunks{};
  /// The fields of a form: urlencoded, or multipart if there are files.
  Pairs form{};
  /// Files of a form, which makes it multipart.
  std::vector<TestFile> files{};
  /// The content type of `body`; empty: none is sent. With `json`: replaces `application/json`.
  std::string content_type{};
  /// Cookies for this request only, in addition to those of the client's jar.
  Pairs cookies{};
  /// Whether redirects are followed. Default: the client's option.
  std::optional<bool> follow_redirects{};
  /// The client disconnects after this many bytes of a streamed response; the received part is the body. Default 0: it
  /// stays to the end.
  std::size_t stop_stream_after = 0;
};

/// A response as a client sees it.
struct TestResponse {
  /// The status code.
  int status = 0;
  /// All fields except those of the connection: `content-type` and `content-length` are included, `date` is not.
  http::Headers headers{};
  /// The whole body; for a compressed response the compressed bytes.
  std::string body{};
  /// False if the handler ended with an exception after it had sent a part of the response.
  bool is_whole = true;
  /// The URL of the request that was answered: after redirects, another one than that of the first request.
  std::string url{};

  /// The body as JSON. Errors: `std::invalid_argument` if the body is not JSON.
  [[nodiscard]] serval::json json() const { return schema::parse_json(body); }
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return headers.get(name);
  }
};

/// The options of a `TestClient`.
struct TestClientOptions {
  /// Scheme and host of the requests, without a path.
  std::string base_url = "http://testserver";
  /// The peer's address that handlers see.
  http::Client client{"testclient", 50000};
  /// Whether redirects with 301, 302, 303, 307 and 308 are followed. Default: yes.
  bool follow_redirects = true;
  /// The number of redirects that are followed for one request; one more is a `std::runtime_error`. 0: the first one
  /// is.
  std::size_t max_redirects = 20;
  /// The limits for requests, as on a server.
  http::Limits limits{};
  /// How long a handler may take if its route does not set a deadline; then 503. Default and 0: no limit.
  std::chrono::milliseconds handler_timeout{0};
  /// How long a `TestStream` or `TestWebSocket` waits for data from the application and, when it is destroyed, for the
  /// handler, which is then cancelled. Default 5 s; 0: it does not wait.
  std::chrono::milliseconds wait_timeout{5'000};
};

/// Calls an application without a socket: `TestClient client{app}; auto answer = client.get("/items/3");`. Coroutine
/// handlers and their timers run on the client's own loop; background work has finished when the call returns.
/// Errors: `SetupError` at construction if the application cannot serve; `std::invalid_argument` for a request that
/// cannot be sent (a header name that is not a token). Errors of the application are responses.
/// Lifetime: the application must outlive the client. Thread safety: none; use one client per thread.
class TestClient {
 public:
  explicit TestClient(const http::Service& service, TestClientOptions options = {});
  explicit TestClient(const http::Service&& service,
                      TestClientOptions options = {}) = delete;  // would not outlive this line
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// `target` is a path with or without a query, "/items?limit=3", or a whole URL. It is sent unchanged: encode it
  /// where necessary, or use `TestRequest::query`.
  TestResponse get(std::string_view target, const TestRequest& request = {}) { return send("GET", target, request); }
  TestResponse post(std::string_view target, const TestRequest& request = {}) { return send("POST", target, request); }
  TestResponse put(std::string_view target, const TestRequest& request = {}) { return send("PUT", target, request); }
  TestResponse patch(std::string_view target, const TestRequest& request = {}) {
    return send("PATCH", target, request);
  }
  TestResponse delete_(std::string_view target, const TestRequest& request = {}) {
    return send("DELETE", target, request);
  }
  TestResponse head(std::string_view target, const TestRequest& request = {}) { return send("HEAD", target, request); }
  TestResponse options(std::string_view target, const TestRequest& request = {}) {
    return send("OPTIONS", target, request);
  }
  /// Sends a request with any method, even an unknown one.
  TestResponse request(std::string_view method, std::string_view target, const TestRequest& request = {}) {
    return send(method, target, request);
  }

  /// A response that is read while its handler runs: parts, lines, events. Redirects are not followed.
  [[nodiscard]] TestStream stream(std::string_view target, const TestRequest& request = {},
                                  std::string_view method = "GET");
  /// Opens a WebSocket. `request` may have headers, a query and cookies.
  [[nodiscard]] TestWebSocket websocket(std::string_view target, const TestRequest& request = {},
                                        std::initializer_list<std::string_view> subprotocols = {});

  /// The cookies that responses have set and that further requests send.
  [[nodiscard]] http::CookieJar& cookies() noexcept { return cookies_; }

 private:
  TestResponse send(std::string_view method, std::string_view target, const TestRequest& request);
  [[nodiscard]] detail::TestMessage message(std::string_view method, std::string_view target,
                                            const TestRequest& request) const;
  void complete(detail::TestMessage& message, const TestRequest& request) const;
  void store_cookies(const TestResponse& response, const detail::TestUrl& url);

  const TestClientOptions options_;
  http::CookieJar cookies_;
  std::unique_ptr<detail::TestTransport> transport_;
};

}  // namespace serval
