// SPDX-License-Identifier: MIT
// A chat over WebSockets: rooms, validated messages, and a page to chat with at http://127.0.0.1:8000/?name=Ann.
//
//   $ ./scripts/run 20_websocket_chat
//
//   $ echo '{"text":"Hello"}' | websocat -n1 'ws://127.0.0.1:8000/chat/lobby?name=Ann'
//   {"from":"Ann","text":"Hello"}
//
//   $ echo '{"text":""}' | websocat -n1 'ws://127.0.0.1:8000/chat/kitchen?name=Ann'
//   closed: 1008 text: String should have at least 1 character
//
//   $ echo '{"text":"Hello"}' | websocat -n1 'ws://127.0.0.1:8000/chat/lobby?name='
//   refused: 403 Forbidden
#include <serval/serval.hpp>
#include <serval/websocket.hpp>

#include <string>

using namespace serval;

struct Said {
  Field<std::string, min_length(1), max_length(500)> text;
};
struct Line {
  std::string from;
  std::string text;
};

Task<void> chat(WebSocketOf<Said, Line>& socket, State<Hub> hub, Path<std::string, "room"> room,
                Query<std::string, "name", min_length(1), max_length(20)> name) {
  co_await socket.accept();
  const Hub::Member member = hub->join(socket, room);
  hub->broadcast(Line{name, "joined"}, room, &member);
  try {
    for (;;) {
      const Said said = co_await socket.receive();
      hub->broadcast(Line{name, said.text}, room);
    }
  } catch (const WebSocketDisconnect&) {
    hub->broadcast(Line{name, "left"}, room, &member);
  }
}

constexpr std::string_view page = R"(<!doctype html>
<title>Chat</title>
<link rel="icon" href="data:,">
<ul id="log"></ul>
<form id="say"><input id="text" autofocus autocomplete="off"><button>Say</button></form>
<script>
  const asked = new URLSearchParams(location.search);
  const name = encodeURIComponent(asked.get("name") ?? "Nobody");
  const room = encodeURIComponent(asked.get("room") ?? "lobby");
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/chat/${room}?name=${name}`);
  const show = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    document.getElementById("log").append(line);
  };
  socket.onopen = () => show("connected");
  socket.onmessage = (event) => { const { from, text } = JSON.parse(event.data); show(`${from}: ${text}`); };
  socket.onclose = (event) => show(`closed: ${event.code}`);
  document.getElementById("say").onsubmit = (event) => {
    event.preventDefault();
    socket.send(JSON.stringify({ text: document.getElementById("text").value }));
    event.target.reset();
  };
</script>
)";

int main(int argc, char** argv) {
  App app({.title = "Chat"});
  app.provide(Hub{});
  app.get("/")([] { return html(std::string(page)); });
  app.websocket<chat>("/chat/{room}");
  return app.run(argc, argv);
}
