// SPDX-License-Identifier: MIT
// Bodies of any size that are read as they arrive, piece by piece. A slow handler slows down the client (backpressure).
//
//   $ ./scripts/run 25_streamed_upload
//
//   $ curl -X PUT --data-binary 'one two' -H 'content-type: text/plain' http://127.0.0.1:8000/files/notes.txt
//   {"name":"notes.txt","bytes":7,"hash":"108ab07fb9e724e1"}
//   $ curl -X PUT --data-binary 'one two' 'http://127.0.0.1:8000/files/notes.txt?hash=00'
//   {"detail":"The hash is 108ab07fb9e724e1"}
//   $ curl -H 'transfer-encoding: chunked' --data-binary 'hello' http://127.0.0.1:8000/upper
//   HELLO
//   $ curl -H 'transfer-encoding: chunked' --data-binary 'hello, hello' http://127.0.0.1:8000/upper
//   {"detail":"Request body too large"}
#include <serval/serval.hpp>
#include <serval/stream.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

using namespace serval;

/// FNV-1a, of 64 bits.
class Hash {
 public:
  void update(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  std::string digest() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value_));
    return text;
  }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

struct Stored {
  std::string name;
  std::uint64_t bytes;
  std::string hash;
};

Task<Stored> store_file(BodyStream& body, Path<std::string, "name"> name,
                        Query<std::optional<std::string>, "hash"> sent) {
  Hash hash;
  std::uint64_t bytes = 0;
  while (const auto piece = co_await body.next()) {
    hash.update(*piece);
    bytes += piece->size();
  }
  if (sent && *sent != hash.digest()) throw HttpError(422, "The hash is " + hash.digest());
  co_return Stored{name, bytes, hash.digest()};
}

int main(int argc, char** argv) {
  App app({.title = "Uploads"});

  // Without `max_body_bytes` a body may have 1 MiB; 0: no limit.
  app.put<store_file>("/files/{name}", {.max_body_bytes = 0});

  // The handler sends the response while it reads the body.
  app.post("/upper", {.max_body_bytes = 10})([](BodyStream& body, StreamWriter& out) -> Task<void> {
    while (const auto piece = co_await body.next()) {
      std::string text(*piece);
      for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      co_await out.write(std::move(text));
    }
  });
  return app.run(argc, argv);
}
