// SPDX-License-Identifier: MIT
// An application's client within the process: no socket, no thread, the same road from the request's head to the
// answer as on a connection.
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
  std::string name;            ///< of the field
  std::string filename;        ///< as the client names the file
  std::string content{};       ///< the bytes
  std::string content_type{};  ///< empty: none is sent
};

/// What a request carries besides method and path: `client.post("/items", {.json = json{{"name", "Foo"}}})`.
struct TestRequest {
  /// Names and values; a name may come several times.
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  /// Fields besides `host`, `cookie`, `content-type` and `content-length`, which they replace where they name them.
  Pairs headers{};
  /// Encoded and put behind what the path brings along of a query.
  Pairs query{};
  /// The body, with `content-type: application/json`. At most one of `json`, `body`, and `form` with `files` is given.
  std::optional<serval::json> json{};
  /// The body as it is. A handler that streams it gets pieces of 64 KiB.
  std::string body{};
  /// A body that comes in chunks, each as it is given to a handler that streams it. In place of the others.
  std::vector<std::string> body_chunks{};
  /// The fields of a form: urlencoded, or multipart where there are files.
  Pairs form{};
  /// Files of a form, which makes it multipart.
  std::vector<TestFile> files{};
  /// Of `body`; empty: none is sent. With `json`: in place of `application/json`.
  std::string content_type{};
  /// For this request only, besides those of the client's jar.
  Pairs cookies{};
  /// Whether redirects are followed. Default: as the client's options say.
  std::optional<bool> follow_redirects{};
  /// The client goes once so many bytes of an answer that is sent in parts have come; what has come is the body.
  /// Default 0: it stays to the end.
  std::size_t stop_stream_after = 0;
};

/// An answer as a client sees it.
struct TestResponse {
  /// The status code.
  int status = 0;
  /// All fields but those of the connection: `content-type` and `content-length` are among them, `date` is not.
  http::Headers headers{};
  /// The whole body; of a compressed answer as it was sent.
  std::string body{};
  /// False where the handler ended with an exception after it had sent part of the answer.
  bool is_whole = true;
  /// Of the request that was answered: another than the first one after redirects.
  std::string url{};

  /// Errors: `std::invalid_argument` when the body is no JSON.
  [[nodiscard]] serval::json json() const { return schema::parse_json(body); }
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept {
    return headers.get(name);
  }
};

/// The options of a `TestClient`.
struct TestClientOptions {
  /// Scheme and host of the requests; nothing behind them.
  std::string base_url = "http://testserver";
  /// The peer's address that handlers see.
  http::Client client{"testclient", 50000};
  /// Whether answers 301, 302, 303, 307 and 308 are followed. Default: yes.
  bool follow_redirects = true;
  /// Redirects of one request that are followed; one more is a `std::runtime_error`. 0: the first one is.
  std::size_t max_redirects = 20;
  /// The bounds on requests that a server would have.
  http::Limits limits{};
  /// How long a handler may take where its route does not say; then 503. Default and 0: no limit.
  std::chrono::milliseconds handler_timeout{0};
  /// How long a `TestStream` or `TestWebSocket` waits for what the application sends; and, at its end, for the handler,
  /// which then is cancelled. Default 5 s; 0: it does not wait.
  std::chrono::milliseconds wait_timeout{5'000};
};

/// Calls an application without a socket: `TestClient client{app}; auto answer = client.get("/items/3");`. Coroutine
/// handlers run on a loop of the client's own, timers included; background work is done when the call returns.
/// Errors: `SetupError` at construction when the application cannot serve; `std::invalid_argument` for a request that
/// cannot be sent (a header name that is no token). Faults of the application are answers.
/// Lifetime: the application must outlive the client. Thread safety: none; use one client a thread.
class TestClient {
 public:
  explicit TestClient(const http::Service& service, TestClientOptions options = {});
  explicit TestClient(const http::Service&& service,
                      TestClientOptions options = {}) = delete;  // would not outlive this line
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// `target` is a path with or without a query, "/items?limit=3", or a whole URL. It is sent as it is: encode what
  /// needs it, or use `TestRequest::query`.
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
  /// Any method, also one that no server knows.
  TestResponse request(std::string_view method, std::string_view target, const TestRequest& request = {}) {
    return send(method, target, request);
  }

  /// An answer that is read while its handler runs: parts, lines, events. Redirects are not followed.
  [[nodiscard]] TestStream stream(std::string_view target, const TestRequest& request = {},
                                  std::string_view method = "GET");
  /// Opens a WebSocket. `request` may have headers, a query and cookies.
  [[nodiscard]] TestWebSocket websocket(std::string_view target, const TestRequest& request = {},
                                        std::initializer_list<std::string_view> subprotocols = {});

  /// What answers have set and further requests carry.
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
