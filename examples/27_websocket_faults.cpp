// SPDX-License-Identifier: MIT
// A WebSocket that answers a bad message with its faults and goes on; where a handler lets the exception pass, the
// WebSocket is closed.
//
//   $ ./scripts/run 27_websocket_faults
//
//   $ echo '{"numbers":[1,2,4]}' | websocat -n1 ws://127.0.0.1:8000/sums
//   {"sum":7}
//
//   $ echo '{"numbers":[]}' | websocat -n1 ws://127.0.0.1:8000/sums
//   {"detail":[
//     {"type":"too_short","loc":["numbers"],"msg":"List should have at least 1 item after validation, not 0","input":[],
//     "ctx":{"field_type":"List","min_length":1,"actual_length":0}}]}
#include <serval/serval.hpp>
#include <serval/websocket.hpp>

#include <numeric>
#include <string>
#include <vector>

using namespace serval;

struct Numbers {
  Field<std::vector<int>, min_length(1)> numbers;
};

Task<void> sums(WebSocketOf<Numbers, json>& socket) {
  co_await socket.accept();
  for (;;) {
    std::string answer;
    try {
      const Numbers sent = co_await socket.receive();
      answer = json{{"sum", std::accumulate(sent.numbers.begin(), sent.numbers.end(), 0)}}.dump();
    } catch (const ValidationError& error) {
      answer = to_json_text(error.issues());  // sent below: C++ knows no co_await within a catch
    }
    co_await socket.send_text(answer);
  }
}

int main(int argc, char** argv) {
  App app({.title = "Sums"});
  app.websocket<sums>("/sums");
  return app.run(argc, argv);
}
