// SPDX-License-Identifier: MIT
#include "stand_in.hpp"

#include <fcntl.h>

#include <serval/http/target.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>

#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

namespace serval::tool {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string stand_in_page(const std::string& title, const std::string& text) {
  return R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>)" +
         escaped(title) + R"(</title>
<style>
body { margin: 0; padding: 2rem; background: #141418; color: #eee; font: 14px/1.5 ui-monospace, monospace; }
h1 { color: #ff7b72; font-size: 18px; font-weight: normal; }
pre { white-space: pre-wrap; font: inherit; }
</style></head>
<body><h1>)" +
         escaped(title) + "</h1>\n<pre>" + escaped(text) + R"(</pre>
<script>
setInterval(async () => {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    const isStandIn = response.headers.get("serval-dev") === "stand-in";
    if (!isStandIn || (await response.text()) !== sessionStorage.getItem("serval-dev-page")) location.reload();
  } catch { }
}, 300);
fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" })
  .then((response) => response.text()).then((text) => sessionStorage.setItem("serval-dev-page", text));
</script></body></html>
)";
}

struct StandIn::State {
  /// Whatever the method and path, before the body is read.
  struct AnswersAll {
    State* state;
    std::optional<Response> before(const Request& request) const { return state->answer(request); }
  };

  std::mutex mutex;  // guards the texts
  std::string title, text;
  std::string host;
  App app{{.openapi_url = ""}};
  std::optional<Server> server;

  /// A page of another site can make a name of its own mean this machine.
  [[nodiscard]] bool is_asked_by_name(std::string_view authority) const {
    const auto parts = http::split_host(authority);
    if (!parts) return false;
    const std::string_view name = parts->host;
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]" || name == host || name == "[" + host + "]";
  }
  [[nodiscard]] Response answer(const Request& request) {
    const std::scoped_lock lock(mutex);
    const bool is_browser = request.header("accept").value_or("").find("text/html") != std::string_view::npos;
    const std::string shown = is_asked_by_name(request.host()) ? text : std::string();
    const json problem{{"title", title}, {"status", 503}, {"detail", shown}};
    Response response = is_browser ? Response(503, stand_in_page(title, shown), "text/html; charset=utf-8")
                                   : Response(503, problem.dump(), "application/problem+json");
    response.headers().set("cache-control", "no-store");
    response.headers().set("retry-after", "1");
    response.headers().set("serval-dev", "stand-in");
    return response;
  }
};

StandIn::StandIn(int listener, std::string host, std::string title, std::string text)
    : state_(std::make_unique<State>()) {
  state_->host = std::move(host);
  say(std::move(title), std::move(text));
  state_->app.use(State::AnswersAll{state_.get()});
  ServerOptions options;
  options.threads = 1;
  options.listeners = {{.descriptor = ::fcntl(listener, F_DUPFD_CLOEXEC, 0)}};
  state_->server.emplace(state_->app, options);
  state_->server->start();
}

StandIn::~StandIn() = default;

void StandIn::say(std::string title, std::string text) {
  const std::scoped_lock lock(state_->mutex);
  state_->title = std::move(title);
  state_->text = std::move(text);
}

}  // namespace serval::tool
