// SPDX-License-Identifier: MIT
// Your own type as an argument of handlers: the caller. It waits for a directory service, and guards the routes that
// take it.
//
//   $ ./scripts/run 34_own_arguments
//
//   $ curl http://127.0.0.1:8000/me -H 'X-Token: ann-token'
//   {"name":"ann"}
//   $ curl http://127.0.0.1:8000/me -H 'X-Token: nobody'
//   {"detail":"Unknown token"}
//   $ curl -X POST http://127.0.0.1:8000/notes -H 'X-Token: nobody' -d 'no JSON'
//   {"detail":"Unknown token"}
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <boost/asio/post.hpp>

#include <map>
#include <string>

using namespace serval;

/// A placeholder for a service on the network.
class Directory {
 public:
  Task<std::string> name_of(const std::string& token) const {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    const auto found = names_.find(token);
    co_return found == names_.end() ? "" : found->second;
  }

 private:
  std::map<std::string, std::string> names_{{"ann-token", "ann"}};
};

struct Principal {
  std::string name;
};

template <>
struct serval::Argument<Principal> {
  static Task<Principal> from(Header<std::string, "x-token"> token, State<Directory> directory) {
    Principal found;
    found.name = co_await directory->name_of(token);
    if (found.name.empty()) throw HttpError(401, "Unknown token", {{"www-authenticate", "Token"}});
    co_return found;
  }
  static openapi::SecurityRequirement security() {
    return {.scheme = "Token", .definition = {{"type", "apiKey"}, {"in", "header"}, {"name", "x-token"}}};
  }
};

struct Note {
  std::string text;
};

int main(int argc, char** argv) {
  App app;
  app.provide(Directory());
  app.get("/me")([](const Principal& me) { return json{{"name", me.name}}; });
  // A user who may not write is refused before the body is read.
  app.post("/notes")([](const Principal& me, Note note) { return json{{"by", me.name}, {"text", note.text}}; });
  return app.run(argc, argv);
}
