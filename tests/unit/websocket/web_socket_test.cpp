// SPDX-License-Identifier: MIT
// WebSocket handlers in the test client: handshakes, messages, how connections end.
#include <serval/websocket.hpp>

#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <thread>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/websocket/echo.hpp"

namespace serval::web_socket_test {

using testing::HasSubstr;

std::string shout(Query<std::string, "q", default_to("none")> q) { return q + "!"; }

/// Returns the code of the `WebSocketDisconnect` that `call` throws; 0 if it throws none.
template <class F>
int code_of(F call) {
  try {
    call();
  } catch (const WebSocketDisconnect& end) {
    return end.code();
  }
  return 0;
}

TEST(WebSocketHandler, EchoesTexts) {
  App app;
  app.websocket<echo>("/ws");
  TestClient client(app);
  auto socket = client.websocket("/ws");
  EXPECT_EQ(socket.response().status, 101);
  EXPECT_TRUE(socket.is_open());
  socket.send_text("a");
  socket.send_text("\xC3\xA9");
  EXPECT_EQ(socket.receive_text(), "a");
  EXPECT_EQ(socket.receive_text(), "\xC3\xA9");
}

TEST(WebSocketHandler, TakesParametersOfEveryKindAndDependencies) {
  App app;
  app.websocket("/items/{id}/ws")([](WebSocket& socket, Path<int, "id"> id, Header<std::string, "x-token"> token,
                                     Cookie<std::string, "session"> session, Depends<shout> said) -> Task<void> {
    co_await socket.accept();
    co_await socket.send_text(std::to_string(id) + token + session + *said);
  });
  TestClient client(app);
  auto socket = client.websocket("/items/7/ws?q=hey", {.headers = {{"x-token", "t"}}, .cookies = {{"session", "s"}}});
  EXPECT_EQ(socket.receive_text(), "7tshey!");
  EXPECT_EQ(socket.wait_for_close(), 1000);
}

TEST(WebSocketHandler, IsRefusedWhereAParameterIsWrong) {
  App app;
  app.websocket("/items/{id}")([](WebSocket& socket, Path<int, "id">) -> Task<void> { co_await socket.accept(); });
  TestClient client(app);
  auto socket = client.websocket("/items/x");
  EXPECT_EQ(socket.response().status, 403);
  EXPECT_EQ(socket.response().body, "");
  EXPECT_FALSE(socket.is_open());
  EXPECT_EQ(code_of([&] { socket.send_text("a"); }), 1006);
}

TEST(WebSocketHandler, RefusesWithAnException) {
  App app;
  app.websocket("/error")([](WebSocket&) -> Task<void> {
    throw WebSocketError(1008);
    co_return;
  });
  app.websocket("/http")([](WebSocket&) -> Task<void> {
    throw HttpError(404);
    co_return;
  });
  app.websocket("/other")([](WebSocket&) -> Task<void> {
    throw std::runtime_error("broken");
    co_return;
  });
  TestClient client(app);
  for (const char* path : {"/error", "/http", "/other", "/nowhere"}) {
    const auto socket = client.websocket(path);
    EXPECT_EQ(socket.response().status, 403) << path;
    EXPECT_EQ(socket.response().body, "") << path;
  }
}

std::string authorised(Query<std::optional<std::string>, "token"> token) {
  if (!token.has_value()) throw WebSocketError(1008, "no");
  return *token;
}

TEST(WebSocketHandler, IsRefusedByADependency) {
  App app;
  app.websocket("/ws")([](WebSocket& socket, Depends<authorised> token) -> Task<void> {
    co_await socket.accept();
    co_await socket.send_text(*token);
  });
  TestClient client(app);
  EXPECT_EQ(client.websocket("/ws").response().status, 403);
  EXPECT_EQ(client.websocket("/ws?token=t").receive_text(), "t");
}

TEST(WebSocketHandler, RefusesByClosing) {
  App app;
  int code = 0;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    co_await socket.close(1008);
    try {
      co_await socket.send_text("late");
    } catch (const WebSocketDisconnect& end) {
      code = end.code();
    }
  });
  TestClient client(app);
  EXPECT_EQ(client.websocket("/ws").response().status, 403);
  EXPECT_EQ(code, 1006);
}

TEST(WebSocketHandler, RefusesWithAnAnswerOfItsOwn) {
  App app;
  app.websocket("/ws")([](WebSocket&, Response& response) -> Task<void> {
    response.set_status(401);
    response.headers().set("www-authenticate", "Bearer");
    co_return;
  });
  TestClient client(app);
  const auto socket = client.websocket("/ws");
  EXPECT_EQ(socket.response().status, 401);
  EXPECT_EQ(socket.response().header("www-authenticate"), "Bearer");
}

TEST(WebSocketHandler, ThatNeverAnswersIsAnError) {
  App app;
  app.websocket("/ws")([](WebSocket&) -> Task<void> { co_return; });
  TestClient client(app);
  const auto socket = client.websocket("/ws");
  EXPECT_EQ(socket.response().status, 500);
  EXPECT_EQ(socket.response().body, "Internal Server Error");
}

TEST(WebSocketHandler, MustAcceptBeforeItSends) {
  App app;
  std::string what;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    try {
      co_await socket.send_text("early");
    } catch (const std::logic_error& error) {
      what = error.what();
    }
  });
  TestClient client(app);
  static_cast<void>(client.websocket("/ws"));
  EXPECT_THAT(what, HasSubstr("co_await socket.accept() first"));
}

TEST(WebSocketHandler, ChoosesASubprotocolAndSetsHeaders) {
  App app;
  app.websocket("/ws")([](WebSocket& socket, Response& response) -> Task<void> {
    response.headers().set("x-a", "1");
    response.set_cookie("c", "v");
    const std::string ours = "v2";
    // The result stays valid after the list is gone.
    const std::string_view chosen = socket.preferred_subprotocol({"v3", std::string(ours), "v1"});
    co_await socket.accept(chosen);
  });
  TestClient client(app);
  const auto socket = client.websocket("/ws", {}, {"v1", "v2"});
  EXPECT_EQ(socket.subprotocol(), "v2");
  EXPECT_EQ(socket.response().header("x-a"), "1");
  EXPECT_EQ(client.cookies().get("c"), "v");
  EXPECT_EQ(client.websocket("/ws").subprotocol(), "");
}

TEST(WebSocketHandler, CannotChooseASubprotocolThatWasNotOffered) {
  App app;
  app.websocket("/ws")([](WebSocket& socket) -> Task<void> { co_await socket.accept("v9"); });
  TestClient client(app);
  EXPECT_EQ(client.websocket("/ws", {}, {"v1"}).response().status, 403);
}

TEST(WebSocketHandler, ReceivesValidatedValues) {
  App app;
  app.websocket("/ws")([](WebSocketOf<Point>& socket) -> Task<void> {
    co_await socket.accept();
    for (;;) {
      std::string fault;
      try {
        const Point point = co_await socket.receive();
        co_await socket.send(point);
      } catch (const ValidationError& error) {
        fault = error.issues().front().msg;
      }
      if (!fault.empty()) co_await socket.send_text(fault);
    }
  });
  TestClient client(app);
  auto socket = client.websocket("/ws");
  socket.send_json({{"x", 1}, {"y", 2}});
  EXPECT_EQ(socket.receive_text(), R"({"x":1,"y":2})");
  socket.send_json({{"x", 1}, {"y", -2}});
  EXPECT_EQ(socket.receive_text(), "Input should be greater than or equal to 0");
  socket.send(Point{3, 4});
  EXPECT_EQ(socket.receive<Point>().x, 3);
}

/// Returns the code and the reason that close the connection if a handler throws after `accept`.
template <class Throw>
std::pair<int, std::string> closed_by(Throw raise) {
  App app;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    raise();
  });
  TestClient client(app);
  auto socket = client.websocket("/ws");
  try {
    static_cast<void>(socket.receive());
  } catch (const WebSocketDisconnect& end) {
    return {end.code(), end.reason()};
  }
  return {0, ""};
}

TEST(WebSocketHandler, ClosesAsItsExceptionSays) {
  using Closed = std::pair<int, std::string>;
  EXPECT_EQ(closed_by([] {}), Closed(1000, ""));
  EXPECT_EQ(closed_by([] { throw WebSocketError(4001, "bye"); }), Closed(4001, "bye"));
  const auto decode = [](std::string_view text) { static_cast<void>(decode_request_json<Point>(text, {})); };
  EXPECT_EQ(closed_by([&] { decode(R"({"x":1,"y":-1})"); }),
            Closed(1008, "y: Input should be greater than or equal to 0"));
  EXPECT_EQ(closed_by([&] { decode("{"); }).first, 1007);
  EXPECT_EQ(closed_by([] { static_cast<void>(decode_json<Point>(R"({"x":1,"y":-1})")); }), Closed(1011, ""));
  EXPECT_EQ(closed_by([] { throw HttpError(404, "No such room"); }), Closed(1008, "No such room"));
  EXPECT_EQ(closed_by([] { throw HttpError(503); }), Closed(1011, ""));
  EXPECT_EQ(closed_by([] { throw std::runtime_error("secret"); }), Closed(1011, ""));
  EXPECT_EQ(closed_by([] { throw HttpError(400, std::string(122, 'a') + "\xC3\xA9"); }).second, std::string(122, 'a'));
}

TEST(WebSocketHandler, ClosesOnMessagesOfTheWrongKind) {
  App app;
  app.websocket("/text")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    static_cast<void>(co_await socket.receive_text());
  });
  app.websocket("/json")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    static_cast<void>(co_await socket.receive_json());
  });
  TestClient client(app);
  auto text = client.websocket("/text");
  text.send_bytes("a");
  EXPECT_EQ(text.wait_for_close(), 1003);
  auto json = client.websocket("/json");
  json.send_text("{");
  EXPECT_EQ(json.wait_for_close(), 1007);
}

TEST(WebSocketHandler, LearnsOfTheClientsClose) {
  App app;
  std::string seen;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    try {
      for (;;) seen += co_await socket.receive_text();
    } catch (const WebSocketDisconnect& end) {
      seen += " " + std::to_string(end.code()) + end.reason();
    }
    EXPECT_FALSE(socket.is_open());
  });
  TestClient client(app);
  {
    auto socket = client.websocket("/ws");
    socket.send_text("a");
    socket.close(4000, "done");
  }
  EXPECT_EQ(seen, "a 4000done");
}

TEST(WebSocketHandler, ThatWaitsForSomethingElseIsCancelledOnceTheClientIsGone) {
  App app;
  bool is_cancelled = false;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    try {
      co_await timer.async_wait(boost::asio::use_awaitable);
    } catch (...) {
      is_cancelled = true;
      throw;
    }
  });
  TestClient client(app, {.wait_timeout = std::chrono::milliseconds(20)});
  static_cast<void>(client.websocket("/ws"));
  EXPECT_TRUE(is_cancelled);
}

TEST(WebSocketHandler, SendsFromAnotherThread) {
  App app;
  std::shared_ptr<http::WebSocketSender> sender;
  app.websocket("/ws")([&](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    sender = socket.sender();
    static_cast<void>(co_await socket.receive());
  });
  TestClient client(app);
  {
    auto socket = client.websocket("/ws");
    std::thread([&] {
      EXPECT_TRUE(sender->send(WebSocketMessage::Kind::text, std::make_shared<const std::string>("hello")));
    }).join();
    EXPECT_EQ(socket.receive_text(), "hello");
  }
  EXPECT_FALSE(sender->send(WebSocketMessage::Kind::text, std::make_shared<const std::string>("late")));
}

TEST(WebSocketError, RefusesWhatNoCloseFrameMayCarry) {
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    EXPECT_THROW(WebSocketError{code}, std::invalid_argument) << code;
  for (const int code : {1000, 1003, 1007, 1014, 3000, 4999}) EXPECT_NO_THROW(WebSocketError{code}) << code;
  EXPECT_NO_THROW(WebSocketError(1000, std::string(123, 'a')));
  EXPECT_THROW(WebSocketError(1000, std::string(124, 'a')), std::invalid_argument);
  EXPECT_THROW(WebSocketError(1000, "\xFF"), std::invalid_argument);
}

}  // namespace serval::web_socket_test
