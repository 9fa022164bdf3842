// SPDX-License-Identifier: MIT
// An application behind a proxy that speaks https with the clients and serves it under a prefix. The folder
// behind_a_proxy has the configuration of nginx and HAProxy; here curl plays the proxy.
//
//   $ ./scripts/run 38_behind_a_proxy
//
//   $ curl http://127.0.0.1:8000/where -H 'X-Forwarded-Proto: https' -H 'X-Forwarded-For: 6.6.6.6, 203.0.113.7'
//   {"client":"203.0.113.7","url":"https://127.0.0.1:8000/where","request_id":"..."}
//
//   $ curl http://127.0.0.1:8000/where -H 'X-Forwarded-Proto: https' -H 'X-Forwarded-Prefix: /api' -H 'X-Request-Id: 7'
//   {"client":"127.0.0.1","url":"https://127.0.0.1:8000/api/where","request_id":"7"}
//
//   $ curl -w '%{redirect_url}' http://127.0.0.1:8000/where
//   https://127.0.0.1:8000/where
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/websocket.hpp>

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <string>

using namespace serval;

struct Where {
  std::string client, url, request_id;
};

Where where(const Request& request) {
  return {request.client().host, request.url(), std::string(request.request_id())};
}

struct Tick {
  int count;
};

Task<void> ticks(EventSender<Tick>& events) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (int count = 0; count < 1000; ++count) {
    co_await events.send({count});
    timer.expires_after(std::chrono::milliseconds(100));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

Task<std::uint64_t> upload(BodyStream& body) {
  std::uint64_t bytes = 0;
  while (const auto piece = co_await body.next()) bytes += piece->size();
  co_return bytes;
}

Task<void> echo(WebSocket& socket, const Request& request) {
  co_await socket.accept();
  for (;;) {
    const std::string text = co_await socket.receive_text();
    co_await socket.send_text(text + " from " + request.client().host);
  }
}

int main(int argc, char** argv) {
  App app({.title = "Behind a proxy"});
  app.use(ForwardedHeaders({.trusted = {"127.0.0.1"}, .prefix = true}));
  app.use(RequestId({.trusted = {"127.0.0.1"}}));
  app.use(AccessLog({.format = AccessLogFormat::json_lines}));
  app.use(HttpsRedirect());
  app.use(SecurityHeaders());  // sends strict-transport-security, too

  app.get<where>("/where");
  app.get<ticks>("/ticks");
  app.post<upload>("/upload", {.max_body_bytes = 0});
  app.websocket<echo>("/echo");
  return app.run(argc, argv);
}
