// SPDX-License-Identifier: MIT
// The server for measuring thousands of open WebSockets. It sends each message that arrives to all of them.
#include <serval/base/task.hpp>
#include <serval/handler/service.hpp>
#include <serval/handler/web_socket_channel.hpp>
#include <serval/server/server.hpp>

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace {

using serval::http::WebSocketSender;

class Broadcast final : public serval::http::Service {
 public:
  serval::http::Admission admit(serval::http::Exchange&) const noexcept override { return {}; }
  serval::http::Pending serve(serval::http::Exchange& exchange) const noexcept override {
    if (exchange.web_socket == nullptr) return {};
    return serval::http::Pending(talk(*exchange.web_socket));
  }
  void refuse(serval::http::Exchange& exchange, int status, std::string_view) const noexcept override {
    exchange.response.set_status(status);
  }
  serval::http::Pending finish(serval::http::Exchange&, const serval::Finished&) const noexcept override { return {}; }

 private:
  serval::Task<void> talk(serval::http::WebSocketChannel& channel) const {
    const serval::http::WebSocketAccept accept;
    co_await channel.accept(accept);
    {
      const std::scoped_lock lock(mutex_);
      senders_.push_back(channel.sender());
    }
    try {
      for (;;) {
        serval::WebSocketMessage message = co_await channel.receive();
        const auto shared = std::make_shared<const std::string>(std::move(message.data));
        const std::scoped_lock lock(mutex_);
        for (const auto& sender : senders_) sender->send(message.kind, shared);
      }
    } catch (const serval::WebSocketDisconnect&) {
    }
  }

  mutable std::mutex mutex_;
  mutable std::vector<std::shared_ptr<WebSocketSender>> senders_;
};

}  // namespace

int main() {
  const Broadcast service;
  serval::ServerOptions options;
  options.port = 0;
  options.threads = 1;
  serval::Server server(service, std::move(options));
  server.start();
  std::printf("http://127.0.0.1:%u\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  server.join();
}
