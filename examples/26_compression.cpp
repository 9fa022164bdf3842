// SPDX-License-Identifier: MIT
// Compressed responses for clients that accept them: whole and streamed ones.
//
//   $ ./scripts/run 26_compression
//
//   $ curl -o /dev/null -w '%header{content-encoding}\n' -H accept-encoding:gzip http://127.0.0.1:8000/numbers
//   gzip
//   $ curl -o /dev/null -w '%header{content-length} %header{vary}\n' http://127.0.0.1:8000/numbers
//   3891 Accept-Encoding
//   $ curl --compressed http://127.0.0.1:8000/lines
//   {"n":0}
//   {"n":1}
//   $ curl -o /dev/null -w '%header{content-encoding}\n' -H accept-encoding:gzip http://127.0.0.1:8000/lines
//   gzip
//   $ curl -o /dev/null -w '%header{content-length}\n' -H accept-encoding:gzip http://127.0.0.1:8000/token
//   1000
#include <serval/compression.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>

#include <numeric>
#include <string>
#include <vector>

using namespace serval;

struct Line {
  int n;
};

int main(int argc, char** argv) {
  App app;
  app.use(Compression({.minimum_size = 1000}));

  app.get("/numbers")([] {
    std::vector<int> numbers(1000);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
  });

  // Each line reaches the client when it is sent.
  app.get("/lines")([](JsonLines<Line>& lines) -> Task<void> {
    for (int n = 0; n < 2; ++n) co_await lines.send({n});
  });

  // The length of a response with a secret and a client's text must not reveal the secret.
  app.get("/token", {.compress = false})([] { return plain_text(std::string(1000, 't')); });
  return app.run(argc, argv);
}
