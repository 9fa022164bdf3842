// SPDX-License-Identifier: MIT
// A test client shows exactly the bytes that a client on a socket gets. It has no connection and shows no `connection:
// close`; each case says whether the response on the socket has that line. Nothing else may differ.
#include <serval/testing/test_client.hpp>

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"

namespace serval::test_client_parity_test {

struct Item {
  std::string name;
  Field<double, gt(0)> price;
};
/// What the response on a socket says about the connection: nothing, or `connection: close` at the end of its head.
enum class Connection { stays, closes };
struct Case {
  std::string_view method;
  std::string target;
  TestRequest request{};
  Connection connection = Connection::stays;
};

void add_routes(App& app) {
  app.get("/")([] { return json{{"message", "Hello World"}}; });
  app.post("/items", {.status_code = 201, .max_body_bytes = 100})([](Item item) { return item; });
  app.get("/items/{id}")([](Path<int, "id"> id, Query<std::vector<int>, "q", default_json("[]")> q) {
    return json{{"id", id.value()}, {"q", q}};
  });
  app.get("/later")([](Response& response) -> Task<int> {
    response.set_cookie("a", "b");
    co_return 1;
  });
  app.get("/pool", {.blocking = true})([] { return html("<p>"); });
  app.get("/status/{n}")([](Path<int, "n"> n) { return Response(n, "body", "text/plain"); });
  app.get("/echo")([](Header<std::string, "user_agent"> agent, Cookie<std::string, "c"> c, Request& request) {
    return json{{"agent", agent}, {"c", c}, {"url", request.url()}};
  });
  app.get("/dir/")([] { return 1; });
  app.get("/framing")([](Response& response) {
    response.headers().add("content-length", "999");
    response.headers().add("transfer-encoding", "chunked");
    response.headers().add("keep-alive", "timeout=5");
    return 1;
  });
  app.get("/closing")([](Response& response) {
    response.headers().add("connection", "close");
    return 1;
  });
}

/// Returns the request as bytes, with the fields that a test client adds.
std::string bytes_of(const Case& sent) {
  const TestRequest& request = sent.request;
  std::string bytes = std::string(sent.method) + " " + sent.target + " HTTP/1.1\r\nhost: testserver\r\n";
  for (const auto& [name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  for (const auto& [name, value] : request.cookies) bytes += "cookie: " + name + "=" + value + "\r\n";
  if (!request.content_type.empty()) bytes += "content-type: " + request.content_type + "\r\n";
  if (!request.body.empty()) bytes += "content-length: " + std::to_string(request.body.size()) + "\r\n";
  return bytes + "\r\n" + request.body;
}

/// Returns the response as bytes, with the line about the connection that only a client on a socket gets.
std::string bytes_of(const TestResponse& answer, Connection connection) {
  std::string bytes =
      "HTTP/1.1 " + std::to_string(answer.status) + " " + std::string(http::reason_phrase(answer.status)) + "\r\n";
  for (const auto& [name, value] : answer.headers) bytes.append(name).append(": ").append(value).append("\r\n");
  if (connection == Connection::closes) bytes += "connection: close\r\n";
  return bytes + "\r\n" + answer.body;
}

/// Replaces the 32 digits of the request id by `(id)`, because no two requests share them. An id of another form
/// stays as it is, which makes the comparison fail.
std::string without_id(const std::string& answer) {
  static const std::regex id("(\r\nx-request-id: )[0-9a-f]{32}\r\n");
  return std::regex_replace(answer, id, "$1(id)\r\n", std::regex_constants::format_first_only);
}

/// A connection closes after a head that is refused, after a body that is not read, and if the handler says so.
std::vector<Case> cases() {
  constexpr Connection closes = Connection::closes;
  const auto json_body = [](std::string text) {
    return TestRequest{.body = std::move(text), .content_type = "application/json"};
  };
  return {{"GET", "/"},
          {"HEAD", "/"},
          {"OPTIONS", "/"},
          {"OPTIONS", "*"},
          {"DELETE", "/"},
          {"BREW", "/"},
          {"GET", "/nowhere"},
          {"GET", "/items/3?q=1&q=2"},
          {"GET", "/items/x?q=1&q=y"},
          {"GET", "/caf\xc3\xa9", {}, closes},
          {"GET", "no-slash", {}, closes},
          {"CONNECT", "host:80", {}, closes},
          {"GET", "/dir"},
          {"GET", "/later"},
          {"GET", "/pool"},
          {"GET", "/status/204"},
          {"GET", "/status/205"},
          {"GET", "/status/304"},
          {"GET", "/status/1000"},
          {"HEAD", "/status/404"},
          {"GET", "/echo", {.headers = {{"User-Agent", "x"}}, .cookies = {{"c", "v"}}}},
          {"GET", "/echo"},
          {"POST", "/items", json_body(R"({"name":"a","price":1})")},
          {"POST", "/items", json_body(R"({"price":-1})")},
          {"POST", "/items", json_body("{")},
          {"POST", "/items", json_body("\"\xff\"")},
          {"POST", "/items", json_body(std::string(101, ' ')), closes},
          {"POST", "/items", {.body = "text", .content_type = "text/plain"}},
          {"POST", "/items"},
          {"POST", "/nowhere", {.body = "unread"}, closes},
          {"GET", "/framing"},
          {"GET", "/closing", {}, closes},
          {"GET", "/" + std::string(9000, 'x'), {}, closes}};
}

TEST(TestClientParity, ShowsWhatASocketsClientGets) {
  App app;
  add_routes(app);
  ServerOptions options;
  options.port = 0;
  options.threads = 1;
  options.date_header = options.server_header = false;
  Server server(app, options);
  server.start();
  TestClient client(app, {.follow_redirects = false});
  for (const Case& sent : cases()) {
    client.cookies().clear();
    serval::testing::RawClient raw(server.port());
    raw.send(bytes_of(sent));
    const auto to = sent.method == "HEAD" ? serval::testing::RawClient::To::head : serval::testing::RawClient::To::get;
    EXPECT_EQ(without_id(raw.read_answer(to)),
              without_id(bytes_of(client.request(sent.method, sent.target, sent.request), sent.connection)))
        << sent.method << " " << sent.target.substr(0, 40);
    if (sent.connection == Connection::closes) {
      EXPECT_EQ(raw.read_all(), "");
      EXPECT_TRUE(raw.closed());
    }
    EXPECT_EQ(raw.received(), "") << "nothing comes behind an answer";
  }
}

}  // namespace serval::test_client_parity_test
