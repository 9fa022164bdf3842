// SPDX-License-Identifier: MIT
// error: serval: this type has no JSON form, so it cannot become a json
#include <serval/serval.hpp>

class Session {
 public:
  explicit Session(int id) : id_(id) {}

 private:
  int id_ = 0;
};

void declare(serval::App& app) {
  app.get("/session")([] { return serval::json{{"session", Session(3)}}; });
}
