// SPDX-License-Identifier: MIT
// WebSocket recipes: one handler answers a bad message with its errors and continues, although an uncaught exception
// would close the WebSocket; another one receives and sends at the same time.
//
//   $ ./scripts/run 27_websocket_recipes
//
//   $ echo '{"numbers":[1,2,4]}' | websocat -n1 ws://127.0.0.1:8000/sums
//   {"sum":7}
//
//   $ echo '{"numbers":7}' | websocat -n1 ws://127.0.0.1:8000/sums
//   {"detail":[{"type":"list_type","loc":["numbers"],"msg":"Input should be a valid list","input":7}]}
//
//   $ echo 'Hello' | websocat -n1 ws://127.0.0.1:8000/ticks
//   You said Hello
#include <serval/serval.hpp>
#include <serval/websocket.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <numeric>
#include <string>
#include <vector>

using namespace serval;
using namespace boost::asio::experimental::awaitable_operators;

struct Numbers {
  std::vector<int> numbers;
};

Task<void> sums(WebSocketOf<Numbers, json>& socket) {
  co_await socket.accept();
  for (;;) {
    std::string answer;
    try {
      const Numbers sent = co_await socket.receive();
      answer = json{{"sum", std::accumulate(sent.numbers.begin(), sent.numbers.end(), 0)}}.dump();
    } catch (const ValidationError& error) {
      answer = schema::to_json_text(error.issues());  // sent below: C++ has no co_await in a catch block
    }
    co_await socket.send_text(answer);
  }
}

Task<void> answer(WebSocket& socket) {
  for (;;) {
    const std::string text = co_await socket.receive_text();
    co_await socket.send_text("You said " + text);
  }
}

Task<void> tick(WebSocket& socket) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_await socket.send_text("tick");
  }
}

Task<void> ticks(WebSocket& socket) {
  co_await socket.accept();
  co_await (answer(socket) && tick(socket));
}

int main(int argc, char** argv) {
  App app({.title = "Recipes"});
  app.websocket<sums>("/sums");
  app.websocket<ticks>("/ticks");
  return app.run(argc, argv);
}
