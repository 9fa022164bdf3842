// SPDX-License-Identifier: MIT
// Server-sent events: a browser's EventSource gets each event as it happens, and reconnects with the id of the last
// one.
//
//   $ ./scripts/run 19_server_sent_events
//
//   $ curl -N 'http://127.0.0.1:8000/countdown?from=1'
//   event: tick
//   data: {"left":1}
//   id: 1
//
//   event: tick
//   data: {"left":0}
//   id: 0
//
//   data: lift-off
//
//   $ curl -N -H 'Last-Event-ID: 1' 'http://127.0.0.1:8000/countdown?from=3'
//   event: tick
//   data: {"left":0}
//   id: 0
//
//   data: lift-off
//
//   $ curl -N -H 'Last-Event-ID: 2147483647' 'http://127.0.0.1:8000/countdown?from=0'
//   event: tick
//   data: {"left":0}
//   id: 0
//
//   data: lift-off
#include <serval/serval.hpp>
#include <serval/stream.hpp>

#include <boost/asio/steady_timer.hpp>

#include <charconv>
#include <chrono>
#include <string>

using namespace serval;

struct Tick {
  int left;
};

constexpr std::string_view page = R"(<!doctype html>
<title>Countdown</title>
<pre id="log"></pre>
<script>
  const source = new EventSource("/countdown?from=5");
  const show = (text) => { document.getElementById("log").textContent += text + "\n"; };
  source.addEventListener("tick", (event) => show(JSON.parse(event.data).left));
  source.onmessage = (event) => { show(event.data); source.close(); };
</script>
)";

Task<void> countdown(EventSender<Tick>& events, Query<int, "from", ge(0), le(60)> from) {
  int left = from;
  // A client that reconnects continues where it was. It may send anything, so only a possible id is used.
  const std::string_view last = events.last_event_id();
  int seen = -1;
  std::from_chars(last.data(), last.data() + last.size(), seen);
  if (seen >= 0 && seen <= from) left = seen - 1;

  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (; left >= 0; --left) {
    co_await events.send({left}, "tick", std::to_string(left));
    timer.expires_after(std::chrono::milliseconds(100));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  co_await events.send_text("lift-off");
}

int main(int argc, char** argv) {
  App app({.title = "Countdown"});
  app.get("/")([] { return html(std::string(page)); });
  app.get<countdown>("/countdown");
  return app.run(argc, argv);
}
