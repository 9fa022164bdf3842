// SPDX-License-Identifier: MIT
// Functions that an application runs before the first request, while it serves, and after the last response.
//
//   $ ./scripts/run 33_lifecycle
//
//   $ curl -H 'content-type: application/json' -d '{"text":"hello"}' http://127.0.0.1:8000/messages
//   {"waiting":1}
//   $ curl 'http://127.0.0.1:8000/sent?at_least=2'
//   ["started","hello"]
//   $ curl 'http://127.0.0.1:8000/ticks?count=1'
//   data: 1
//
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include <boost/asio/steady_timer.hpp>

#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

using namespace serval;
using namespace std::chrono_literals;

/// Messages to send. Handlers and the service use it at the same time.
struct Outbox {
  std::mutex mutex;  // guards the next two members
  std::vector<std::string> waiting, sent;
};

struct Message {
  std::string text;
};

Task<void> pause(std::chrono::milliseconds time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

/// Runs as long as the server. If it throws, it starts again.
Task<void> relay(State<Outbox> outbox, Stopping stopping) {
  while (!stopping.is_requested()) {
    {
      const std::scoped_lock lock(outbox->mutex);
      for (std::string& message : outbox->waiting) outbox->sent.push_back(std::move(message));
      outbox->waiting.clear();
    }
    co_await pause(5ms);
  }
}

int main(int argc, char** argv) {
  App app;
  app.lifespan<Outbox>();  // created at the start, destroyed at the stop
  app.on_start([](State<Outbox> outbox) { outbox->sent.push_back("started"); });
  app.on_stop([](State<Outbox> outbox) { std::printf("%zu messages were sent\n", outbox->sent.size()); });
  app.service("relay", relay, {.restart = backoff(100ms, 10s), .drain = 5s});
  app.every(10min, [](State<Outbox> outbox) {
    const std::scoped_lock lock(outbox->mutex);
    outbox->sent.clear();
  });

  app.post("/messages")([](Message message, State<Outbox> outbox) {
    const std::scoped_lock lock(outbox->mutex);
    outbox->waiting.push_back(std::move(message.text));
    return json{{"waiting", outbox->waiting.size()}};
  });
  app.get("/sent")([](Query<int, "at_least", default_to(1)> count, State<Outbox> outbox) -> Task<json> {
    for (;; co_await pause(5ms)) {
      const std::scoped_lock lock(outbox->mutex);
      if (std::ssize(outbox->sent) >= count) co_return outbox->sent;
    }
  });
  app.get("/ticks")([](Query<int, "count"> count, EventSender<int>& events, Stopping stopping) -> Task<void> {
    for (int tick = 1; tick <= count && !stopping.is_requested(); ++tick) co_await events.send(tick);
  });
  return app.run(argc, argv);
}
