// SPDX-License-Identifier: MIT
#include <serval/testing/test_client.hpp>

#include <stdexcept>
#include <utility>

#include <serval/http/status.hpp>

#include "testing/test_form.hpp"
#include "testing/test_transport.hpp"
#include "testing/test_url.hpp"

namespace serval {

using detail::TestMessage;
using detail::TestUrl;

namespace {

TestMessage make_message(std::string_view method, TestUrl url, const TestRequest& request) {
  const bool has_form = !request.form.empty() || !request.files.empty();
  const bool has_chunks = !request.body_chunks.empty();
  if (int{request.json.has_value()} + int{!request.body.empty()} + int{has_chunks} + int{has_form} > 1) {
    throw std::invalid_argument("a test request has more than one of body, chunks, JSON body and form; give one");
  }
  detail::TestBody body{request.body, {}};
  if (request.json) body = {schema::to_text(*request.json), "application/json"};
  if (has_form) body = detail::encode_form(request);
  TestMessage message{.method = std::string(method),
                      .url = std::move(url),
                      .headers = {},
                      .body = std::move(body.bytes),
                      .chunks = request.body_chunks};
  for (const auto& [name, value] : request.headers) message.headers.add(name, value);
  const std::string& content_type = request.content_type.empty() ? body.content_type : request.content_type;
  if (!content_type.empty()) message.add_default("content-type", content_type);
  message.stop_stream_after = request.stop_stream_after;
  if (has_chunks) {
    message.add_default("transfer-encoding", "chunked");
  } else if (!message.body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    message.add_default("content-length", std::to_string(message.body.size()));
  }
  return message;
}

std::string cookie_field(const http::CookieJar& jar, const TestUrl& url, const TestRequest::Pairs& own) {
  std::string field = jar.field_for(url.scheme, url.host, url.path());
  for (const auto& [name, value] : own) {
    if (!field.empty()) field += "; ";
    field.append(name).append("=").append(value);
  }
  return field;
}

bool is_redirect(const TestResponse& answer) {
  switch (answer.status) {
    case status::moved_permanently:
    case status::found:
    case status::see_other:
    case status::temporary_redirect:
    case status::permanent_redirect:
      return answer.headers.contains("location");
    default:
      return false;
  }
}

/// RFC 9110 section 15.4: 303 requires a GET; 301 and 302 turn a POST into a GET, as browsers do.
void redirect_to(TestMessage& message, int status, TestUrl url) {
  const bool becomes_get =
      (status == status::see_other && message.method != "HEAD") ||
      (message.method == "POST" && (status == status::moved_permanently || status == status::found));
  if (becomes_get) {
    message.method = "GET";
    message.body.clear();
    message.chunks.clear();
    for (std::string_view name : {"content-type", "content-length", "transfer-encoding"}) message.headers.erase(name);
  }
  if (url.host != message.url.host || url.scheme != message.url.scheme) message.headers.erase("authorization");
  message.url = std::move(url);
}

}  // namespace

TestClient::TestClient(const http::Service& service, TestClientOptions options)
    : options_(std::move(options)), transport_(std::make_unique<detail::TestTransport>(service, options_)) {
  static_cast<void>(TestUrl::parse_base(options_.base_url));
  transport_->start();
}

TestClient::~TestClient() = default;

/// Makes a request with the fields that every request has.
TestMessage TestClient::message(std::string_view method, std::string_view target, const TestRequest& request) const {
  TestUrl url = TestUrl::parse_base(options_.base_url).at(target);
  url.add_query(request.query);
  return make_message(method, std::move(url), request);
}

void TestClient::complete(detail::TestMessage& message, const TestRequest& request) const {
  message.add_default("host", message.url.host);
  const std::string cookies = cookie_field(cookies_, message.url, request.cookies);
  if (!cookies.empty()) message.add_default("cookie", cookies);
}

void TestClient::store_cookies(const TestResponse& response, const TestUrl& url) {
  for (std::string_view field : response.headers.get_all("set-cookie")) cookies_.store(field, url.host, url.path());
}

TestStream TestClient::stream(std::string_view target, const TestRequest& request, std::string_view method) {
  TestMessage sent = message(method, target, request);
  complete(sent, request);
  const TestUrl url = sent.url;
  TestStream stream(transport_->open(std::move(sent)));
  store_cookies(stream.response(), url);
  return stream;
}

TestWebSocket TestClient::websocket(std::string_view target, const TestRequest& request,
                                    std::initializer_list<std::string_view> subprotocols) {
  TestMessage sent = message("GET", target, request);
  if (!sent.body.empty()) throw std::invalid_argument("the handshake of a WebSocket has no body");
  sent.add_default("connection", "Upgrade");
  sent.add_default("upgrade", "websocket");
  sent.add_default("sec-websocket-version", "13");
  sent.add_default("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
  for (const std::string_view offered : subprotocols) sent.headers.add("sec-websocket-protocol", offered);
  complete(sent, request);
  const TestUrl url = sent.url;
  TestWebSocket socket(transport_->connect(std::move(sent)));
  store_cookies(socket.response(), url);
  return socket;
}

TestResponse TestClient::send(std::string_view method, std::string_view target, const TestRequest& request) {
  TestMessage message = this->message(method, target, request);
  for (std::size_t redirects = 0;; ++redirects) {
    TestMessage sent = message;
    complete(sent, request);
    TestResponse seen = transport_->send(sent);
    store_cookies(seen, sent.url);
    if (!request.follow_redirects.value_or(options_.follow_redirects) || !is_redirect(seen)) return seen;
    if (redirects == options_.max_redirects) {
      throw std::runtime_error("more than " + std::to_string(redirects) + " redirects, the last one from " + seen.url);
    }
    redirect_to(message, seen.status, message.url.resolve(*seen.header("location")));
  }
}

}  // namespace serval
