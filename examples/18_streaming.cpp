// SPDX-License-Identifier: MIT
// Responses that are sent while they are produced: JSON lines, and any bytes. A slow client slows down the handler
// (backpressure).
//
//   $ ./scripts/run 18_streaming
//
//   $ curl 'http://127.0.0.1:8000/squares?count=3'
//   {"number":1,"square":1}
//   {"number":2,"square":4}
//   {"number":3,"square":9}
//   $ curl 'http://127.0.0.1:8000/squares?count=0'
//   {"detail":[{"type":"greater_than","loc":["query","count"],"msg":"Input should be greater than 0",
//     "input":"0","ctx":{"gt":0}}]}
//   $ curl http://127.0.0.1:8000/table.csv
//   number,square
//   1,1
//   2,4
//   $ curl -I http://127.0.0.1:8000/table.csv
//   HTTP/1.1 200 OK
//   date: ...
//   server: serval
//   content-type: text/csv; charset=utf-8
//   transfer-encoding: chunked
#include <serval/serval.hpp>
#include <serval/stream.hpp>

#include <string>

using namespace serval;

struct Square {
  int number;
  long square;
};

int main(int argc, char** argv) {
  App app({.title = "Squares"});

  app.get("/squares")([](JsonLines<Square>& lines, Query<int, "count", gt(0)> count) -> Task<void> {
    for (int n = 1; n <= count; ++n) co_await lines.send({n, static_cast<long>(n) * n});
  });

  // Status and header fields may be set until the first write.
  app.get("/table.csv", {.response_media_type = "text/csv"})([](StreamWriter& out, Response& response) -> Task<void> {
    response.set_content_type("text/csv");
    co_await out.write("number,square\n");
    for (int n = 1; n <= 2; ++n) co_await out.write(std::to_string(n) + "," + std::to_string(n * n) + "\n");
  });
  return app.run(argc, argv);
}
