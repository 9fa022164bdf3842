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
  if (request.json) body = {to_text(*request.json), "application/json"};
  if (has_form) body = detail::encode_form(request);
  TestMessage message{std::string(method), std::move(url), {}, std::move(body.bytes), request.body_chunks};
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

std::string cookie_field(const CookieJar& jar, const TestUrl& url, const TestRequest::Pairs& own) {
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

/// RFC 9110 section 15.4: 303 asks for a GET; 301 and 302 turn a POST into one, as browsers always did.
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

TestClient::TestClient(const Service& service, TestClientOptions options)
    : options_(std::move(options)), transport_(std::make_unique<detail::TestTransport>(service, options_)) {
  static_cast<void>(TestUrl::parse_base(options_.base_url));
  service.prepare();
}

TestClient::~TestClient() = default;

TestWebSocket TestClient::websocket(std::string_view target, const TestRequest& request,
                                    std::initializer_list<std::string_view> subprotocols) {
  TestUrl url = TestUrl::parse_base(options_.base_url).at(target);
  url.add_query(request.query);
  TestMessage message = make_message("GET", std::move(url), request);
  if (!message.body.empty()) throw std::invalid_argument("the handshake of a WebSocket has no body");
  message.add_default("host", message.url.host);
  message.add_default("connection", "Upgrade");
  message.add_default("upgrade", "websocket");
  message.add_default("sec-websocket-version", "13");
  message.add_default("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
  for (const std::string_view offered : subprotocols) message.headers.add("sec-websocket-protocol", offered);
  const std::string cookies = cookie_field(cookies_, message.url, request.cookies);
  if (!cookies.empty()) message.add_default("cookie", cookies);
  const std::string host = message.url.host, path(message.url.path());
  TestWebSocket socket(transport_->connect(std::move(message)));
  for (std::string_view field : socket.response().headers.get_all("set-cookie")) cookies_.store(field, host, path);
  return socket;
}

TestResponse TestClient::send(std::string_view method, std::string_view target, const TestRequest& request) {
  TestUrl url = TestUrl::parse_base(options_.base_url).at(target);
  url.add_query(request.query);
  TestMessage message = make_message(method, std::move(url), request);
  for (std::size_t redirects = 0;; ++redirects) {
    TestMessage sent = message;
    sent.add_default("host", sent.url.host);
    const std::string cookies = cookie_field(cookies_, sent.url, request.cookies);
    if (!cookies.empty()) sent.add_default("cookie", cookies);
    TestResponse seen = transport_->send(sent);
    for (std::string_view field : seen.headers.get_all("set-cookie")) {
      cookies_.store(field, sent.url.host, sent.url.path());
    }
    if (!request.follow_redirects.value_or(options_.follow_redirects) || !is_redirect(seen)) return seen;
    if (redirects == options_.max_redirects) {
      throw std::runtime_error("more than " + std::to_string(redirects) + " redirects, the last one from " + seen.url);
    }
    redirect_to(message, seen.status, message.url.resolve(*seen.header("location")));
  }
}

}  // namespace serval
