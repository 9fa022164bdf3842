// SPDX-License-Identifier: MIT
// Every kind of response passes `after` once, just before its head is sent, and `finished` once, after its last byte,
// both over a socket and in the test client. `docs/tutorial/32_middleware.md` has the table.
#include <serval/handler/make_middleware.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/static_files.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/web_socket_client.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::wire_middleware_test {

using namespace std::chrono_literals;
using testing::body_of;
using ::testing::ElementsAre;
using testing::has_line;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::Seen;
using testing::status_of;
using testing::web_socket_request;
using testing::WebSocketClient;
using testing::Witness;

struct Item {
  std::string name;
};

int refuse() { throw HttpError(401); }

void add_routes(App& app) {
  app.get("/value")([] { return Item{"a"}; });
  app.get("/later")([]() -> Task<int> {
    co_await testing::at_once();
    co_return 1;
  });
  app.get("/blocking", {.blocking = true})([] { return 1; });
  app.get("/thrown")([]() -> int { throw HttpError(409, "taken"); });
  app.get("/returned")([]() -> Result<int> { return HttpError(409, "taken"); });
  app.get("/unknown-error")([]() -> int { throw std::runtime_error("on purpose"); });
  app.get("/checked")([](Query<int, "n"> n) { return *n; });
  app.get("/guarded")([](Depends<refuse>) { return 1; });
  app.get("/redirect")([] { return redirect("/value"); });
  app.get("/slash/")([] { return 1; });
  app.post("/items", {.max_body_bytes = 20})([](Item item) { return item; });
  app.get("/stream")([](StreamWriter& out) -> Task<void> {
    co_await out.write("one ");
    co_await out.write("two");
  });
  app.get("/events")([](EventSender<Item>& events) -> Task<void> {
    const Item item{"a"};
    co_await events.send(item);
  });
  app.get("/slow", {.deadline = 20ms})([]() -> Task<int> {
    co_await testing::wait(10s);
    co_return 1;
  });
  app.get("/broken-stream")([](StreamWriter& out) -> Task<void> {
    co_await out.write("one ");
    throw std::runtime_error("on purpose");
  });
}

/// One kind of response: the request, and what the hooks see of it.
struct Kind {
  std::string name;
  std::string method_and_target;
  std::vector<std::string> seen;
  std::string fields{};
  std::string body{};
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"Value", "GET /value", {"before GET", "after 200", "finished 200 complete /value"}},
      {"Coroutine", "GET /later", {"before GET", "after 200", "finished 200 complete /later"}},
      {"Blocking", "GET /blocking", {"before GET", "after 200", "finished 200 complete /blocking"}},
      {"NotFound", "GET /nowhere", {"before GET", "after 404", "finished 404 complete "}},
      {"MethodNotAllowed", "DELETE /value", {"before DELETE", "after 405", "finished 405 complete "}},
      {"UnknownMethod", "BREW /value", {"before BREW", "after 501", "finished 501 complete "}},
      {"AutomaticHead", "HEAD /value", {"before HEAD", "after 200", "finished 200 complete /value"}},
      {"AutomaticOptions", "OPTIONS /value", {"before OPTIONS", "after 204", "finished 204 complete "}},
      {"OptionsOfTheServer", "OPTIONS *", {"before OPTIONS", "after 204", "finished 204 complete "}},
      {"SlashRedirect", "GET /slash", {"before GET", "after 307", "finished 307 complete "}},
      {"Redirect", "GET /redirect", {"before GET", "after 307", "finished 307 complete /redirect"}},
      {"ThrownError", "GET /thrown", {"before GET", "after 409", "finished 409 complete /thrown"}},
      {"ReturnedError", "GET /returned", {"before GET", "after 409", "finished 409 complete /returned"}},
      {"UnknownError", "GET /unknown-error", {"before GET", "after 500", "finished 500 complete /unknown-error"}},
      {"ValidationError", "GET /checked?n=x", {"before GET", "after 422", "finished 422 complete /checked"}},
      {"ErrorOfADependency", "GET /guarded", {"before GET", "after 401", "finished 401 complete /guarded"}},
      {"Document", "GET /openapi.json", {"before GET", "after 200", "finished 200 complete /openapi.json"}},
      {"DocsPage", "GET /docs", {"before GET", "after 200", "finished 200 complete /docs"}},
      {"File", "GET /files/a.txt", {"before GET", "after 200", "finished 200 complete /files"}},
      {"PartOfAFile",
       "GET /files/a.txt",
       {"before GET", "after 206", "finished 206 complete /files"},
       "range: bytes=0-1\r\n"},
      {"UnsatisfiableRange",
       "GET /files/a.txt",
       {"before GET", "after 416", "finished 416 complete /files"},
       "range: bytes=90-\r\n"},
      {"FileNotFound", "GET /files/b.txt", {"before GET", "after 404", "finished 404 complete /files"}},
      {"Stream", "GET /stream", {"before GET", "after 200", "finished 200 complete /stream"}},
      {"HeadOfAStream", "HEAD /stream", {"before HEAD", "after 200", "finished 200 complete /stream"}},
      {"EventStream", "GET /events", {"before GET", "after 200", "finished 200 complete /events"}},
      {"BrokenStream", "GET /broken-stream", {"before GET", "after 200", "finished 200 failed /broken-stream"}},
      {"Mount", "GET /mounted/value", {"before GET", "after 200", "finished 200 complete /value"}},
      {"NotFoundInAMount", "GET /mounted/nowhere", {"before GET", "after 404", "finished 404 complete /mounted"}},
      {"BodyTooLarge",
       "POST /items",
       {"before POST", "after 413", "finished 413 complete /items"},
       "content-type: application/json\r\n",
       R"({"name":"much too long"})"},
      {"Deadline", "GET /slow", {"before GET", "after 503", "finished 503 deadline /slow"}},
      {"RefusedHandshake",
       "GET /refused-socket",
       {"before GET", "after 403", "finished 403 complete /refused-socket"},
       "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"},
  };
  return all;
}

class AnyAnswer : public ::testing::TestWithParam<Kind> {
 protected:
  AnyAnswer() {
    app.use(Witness{&seen});
    add_routes(app);
    add_routes(inner);
    app.mount("/mounted", inner);
    folder.write("a.txt", "hello");
    app.mount("/files", StaticFiles(folder.path()));
    app.websocket("/refused-socket")([](WebSocket&) -> Task<void> {
      throw WebSocketError(1008);
      co_return;
    });
  }
  [[nodiscard]] std::string bytes() const {
    const Kind& kind = GetParam();
    const bool upgrades = kind.fields.starts_with("upgrade:");
    std::string text = kind.method_and_target +
                       " HTTP/1.1\r\nhost: a\r\nconnection: " + (upgrades ? "upgrade, close" : "close") + "\r\n" +
                       kind.fields;
    if (!kind.body.empty()) text += "content-length: " + std::to_string(kind.body.size()) + "\r\n";
    return text + "\r\n" + kind.body;
  }

  testing::TemporaryFolder folder;
  Seen seen;
  App inner, app;
};

TEST_P(AnyAnswer, PassesTheHooksOverASocket) {
  const std::string answer = testing::exchange_bytes(app, bytes());
  EXPECT_TRUE(has_line(answer, "x-after: 1")) << answer;
  EXPECT_EQ(seen.lines(), GetParam().seen) << answer;
}

TEST_P(AnyAnswer, PassesTheHooksInTheTestClient) {
  const Kind& kind = GetParam();
  const std::size_t space = kind.method_and_target.find(' ');
  const std::string method = kind.method_and_target.substr(0, space), target = kind.method_and_target.substr(space + 1);
  TestClient client(app, {.follow_redirects = false});
  TestRequest request{.body = kind.body};
  if (kind.fields.starts_with("range"))
    request.headers.push_back({"range", kind.fields.substr(7, kind.fields.size() - 9)});
  if (!kind.body.empty()) request.content_type = "application/json";
  if (kind.fields.starts_with("upgrade:")) {
    TestWebSocket socket = client.websocket(target);
    EXPECT_EQ(socket.response().header("x-after"), "1");
  } else {
    EXPECT_EQ(client.request(method, target, request).header("x-after"), "1");
  }
  EXPECT_EQ(seen.lines(), kind.seen);
}

INSTANTIATE_TEST_SUITE_P(Middleware, AnyAnswer, ::testing::ValuesIn(kinds()),
                         [](const auto& each) { return each.param.name; });

struct Refusal {
  std::string name;
  std::string bytes;
  int status;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

class AnyRefusal : public ::testing::TestWithParam<Refusal> {};

/// If no head can be read, no `before` runs, and the request that the other hooks see has neither a method nor a
/// target.
TEST_P(AnyRefusal, OfTheConnectionPassesAfterAndFinished) {
  Seen seen;
  App app;
  app.use(Witness{&seen});
  ServerOptions options = testing::test_options();
  options.timeouts.header = 20ms;
  options.limits.max_target_bytes = 100;
  options.limits.max_head_bytes = 1000;
  {
    Server server(app, options);
    server.start();
    RawClient client(server.port());
    client.send(GetParam().bytes);
    const std::string answer = client.read_all();
    EXPECT_EQ(status_of(answer), GetParam().status);
    EXPECT_TRUE(has_line(answer, "x-after: 1")) << answer;
  }
  const std::string status = std::to_string(GetParam().status);
  EXPECT_THAT(seen.lines(), ElementsAre("after " + status, "finished " + status + " complete "));
}

INSTANTIATE_TEST_SUITE_P(
    Middleware, AnyRefusal,
    ::testing::Values(Refusal{"MalformedHead", "GET / HTTP/1.1\r\nhost : a\r\n\r\n", 400},
                      Refusal{"MalformedLine", "\x01\r\n\r\n", 400},
                      Refusal{"TargetTooLong", "GET /" + std::string(200, 'x') + " HTTP/1.1\r\nhost: a\r\n\r\n", 414},
                      Refusal{"HeadTooLarge", "GET / HTTP/1.1\r\nx: " + std::string(2000, 'x') + "\r\n\r\n", 431},
                      Refusal{"HeadTooSlow", "GET / HTT", 408}),
    [](const auto& each) { return each.param.name; });

struct MiddlewareOver : ::testing::Test {
  Seen seen;
  App app;
};

TEST_F(MiddlewareOver, ASocketSeesRefusalsOfAFullServer) {
  app.use(Witness{&seen});
  app.get("/held")([]() -> Task<int> {
    co_await testing::wait(10s);
    co_return 1;
  });
  ServerOptions options = testing::test_options();
  options.max_requests_in_flight = 1;
  Server server(app, options);
  server.start();
  RawClient first(server.port());
  first.send("GET /held HTTP/1.1\r\nhost: a\r\n\r\n");
  ASSERT_TRUE(testing::eventually([&] { return seen.has("before"); }));
  RawClient second(server.port());
  const auto answer_to = [&](RawClient& client) {
    client.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    return client.read_all();
  };
  const std::string answer = answer_to(second);
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_TRUE(has_line(answer, "x-after: 1"));
  EXPECT_TRUE(testing::eventually([&] { return seen.has("finished 503 complete"); }));
}

TEST_F(MiddlewareOver, ASocketAnswersBeforeTheBodyIsSent) {
  struct Guard {
    std::optional<Response> before(Request&) { return plain_text("who?", 401); }
  };
  app.post("/items", {.middleware = {middleware(Guard{})}})([](Item item) { return item; });
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("POST /items HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 1000000\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_THAT(answer, ::testing::Not(HasSubstr("100 Continue")));
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST_F(MiddlewareOver, ASocketSeesAcceptedWebSockets) {
  app.use(Witness{&seen});
  app.websocket("/chat")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    co_await socket.send_text(co_await socket.receive_text());
  });
  {
    Server server(app, testing::test_options());
    server.start();
    WebSocketClient client(server.port(), "/chat");
    EXPECT_EQ(status_of(client.answer()), 101);
    EXPECT_TRUE(has_line(client.answer(), "x-after: 1"));
    client.send(testing::Frame{.payload = "hello"});
    EXPECT_EQ(client.read(), testing::whole(testing::op_text, "hello"));
    EXPECT_EQ(client.read_close(), 1000);
    client.send(testing::close_frame(1000));
    client.raw().read_all();
  }
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "after 101", "finished 101 complete /chat"));
}

TEST_F(MiddlewareOver, TheTestClientSeesAcceptedWebSockets) {
  app.use(Witness{&seen});
  app.websocket("/chat")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    co_await socket.send_text(co_await socket.receive_text());
  });
  {
    TestClient client(app);
    TestWebSocket socket = client.websocket("/chat");
    EXPECT_EQ(socket.response().header("x-after"), "1");
    socket.send_text("hello");
    EXPECT_EQ(socket.receive_text(), "hello");
    EXPECT_EQ(socket.wait_for_close(), 1000);
  }
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "after 101", "finished 101 complete /chat"));
}

TEST_F(MiddlewareOver, AHandshakeKeepsItsOwnFields) {
  struct Meddle {
    void after(const Request&, Response& response) {
      response.set_status(200);
      response.headers().set("connection", "close");
      response.headers().set("sec-websocket-accept", "x");
      response.headers().set("x-own", "1");
    }
  };
  app.use(Meddle{});
  app.websocket("/chat")([](WebSocket& socket) -> Task<void> { co_await socket.accept(); });
  Server server(app, testing::test_options());
  server.start();
  const WebSocketClient client(server.port(), "/chat");
  EXPECT_EQ(status_of(client.answer()), 101);
  EXPECT_TRUE(has_line(client.answer(), "connection: Upgrade"));
  EXPECT_TRUE(has_line(client.answer(), "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  EXPECT_TRUE(has_line(client.answer(), "x-own: 1"));
}

TEST_F(MiddlewareOver, ASocketAnswersAHandshakeInItsPlace) {
  struct Guard {
    std::optional<Response> before(Request&) { return plain_text("who?", 401); }
  };
  app.use(Witness{&seen});
  app.use(Guard{});
  app.websocket("/chat")([](WebSocket& socket) -> Task<void> { co_await socket.accept(); });
  const std::string answer = testing::exchange_bytes(app, web_socket_request("/chat", "connection: close\r\n"));
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_EQ(body_of(answer), "who?");
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "after 401", "finished 401 complete "));
}

}  // namespace serval::wire_middleware_test
