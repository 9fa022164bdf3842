// SPDX-License-Identifier: MIT
// The hello world under six built-in middlewares that a public API uses; at /dependencies also with three nested
// dependencies.
#include <chrono>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>

namespace {

int page_size(const serval::Request& request) { return request.headers().contains("x-page-size") ? 10 : 20; }

int first_row(serval::Depends<page_size> size) { return *size * 2; }

int row_count(serval::Depends<first_row> first, serval::Depends<page_size> size) { return *first + *size; }

}  // namespace

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  serval::App app;
  app.use(serval::RequestId());
  app.use(serval::ForwardedHeaders({.trusted = {"127.0.0.1"}}));
  app.use(serval::TrustedHosts({"127.0.0.1"}));
  app.use(serval::SecurityHeaders());
  app.use(serval::Cors({.allow_origins = {"https://shop.example"}}));
  app.use(serval::RateLimit({.limit = 1'000'000'000, .window = 60s}));
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  app.get("/dependencies")([](serval::Depends<row_count> count) {
    return serval::json{{"message", *count == 60 ? "Hello World" : "Hello"}};
  });
  return app.run(argc, argv);
}
