// SPDX-License-Identifier: MIT
// The server for measuring large bodies and many streams: POST /hash reads a body of any size and returns its hash, GET
// /file sends the file that $BENCH_FILE names, and POST /publish sends its body as an event to the clients of GET
// /events. It requires one thread.
#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdlib>
#include <optional>
#include <string>

#include "stream_hash.hpp"

using namespace serval;

namespace {

Task<std::string> hash(BodyStream& body) {
  bench::StreamHash hash;
  while (const auto piece = co_await body.next()) hash.update(*piece);
  co_return std::to_string(hash.digest());
}

/// Holds one event at a time for all waiting streams. A stream that does not wait when an event is posted is not open
/// yet.
struct Board {
  std::optional<boost::asio::steady_timer> posted;  // never expires; cancelled by every event
  std::string text;
  unsigned count = 0;
};

Task<void> follow(EventSender<>& events, State<Board> board) {
  if (!board->posted) {
    board->posted.emplace(co_await boost::asio::this_coro::executor);
    board->posted->expires_at(boost::asio::steady_timer::time_point::max());
  }
  unsigned seen = board->count;
  co_await events.send_text("open");
  for (;;) {
    boost::system::error_code ignored;
    co_await board->posted->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    for (; seen != board->count; ++seen) co_await events.send_text(board->text);
  }
}

std::size_t publish(State<Board> board, const Request& request) {
  board->text = request.body();
  ++board->count;
  return board->posted ? board->posted->cancel() : 0;
}

}  // namespace

int main(int argc, char** argv) {
  App app;
  app.provide(Board{});
  app.post<hash>("/hash", {.max_body_bytes = 0});
  const char* const file = std::getenv("BENCH_FILE");
  app.get("/file")([path = std::string(file != nullptr ? file : "")] { return FileResponse(path); });
  app.get<follow>("/events");
  app.post<publish>("/publish");
  return app.run(argc, argv);
}
