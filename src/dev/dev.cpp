// SPDX-License-Identifier: MIT
#include <serval/dev/dev_pages.hpp>

#include <fcntl.h>

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

#include <serval/app/app.hpp>
#include <serval/app/run_extension.hpp>
#include <serval/base/task.hpp>
#include <serval/handler/stopping.hpp>
#include <serval/http/http_error.hpp>
#include <serval/params/stream.hpp>

#include "base/environment.hpp"
#include "dev/channel.hpp"
#include "dev/pages.hpp"

namespace serval::detail {

namespace {

/// Null: `serval dev` does not run this program.
std::shared_ptr<DevChannel>& channel() {
  static std::shared_ptr<DevChannel> one;
  return one;
}

struct DevEvent {
  std::string generation;
  std::string error;  // empty: none
};

/// Sends the state now and whenever it changes.
Task<void> follow(std::shared_ptr<DevChannel> channel, EventSender<DevEvent>& events, Stopping stopping) {
  constexpr std::chrono::milliseconds interval{50};
  DevChannel::State state = channel->state();
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (bool is_new = true; !stopping.is_requested();) {
    if (is_new) {
      const DevEvent event{.generation = channel->setting().generation, .error = state.error};
      co_await events.send(event);
    }
    timer.expires_after(interval);
    co_await timer.async_wait(boost::asio::use_awaitable);
    const std::uint64_t seen = state.version;
    state = channel->state();
    is_new = state.version != seen;
  }
}

void require_own_page(const Request& request) {
  if (!is_own_page(request, channel()->setting())) throw HttpError(404);
}

void add_pages(App& app) {
  const std::shared_ptr<DevChannel> state = channel();
  app.use(DevPages(state));
  const std::string path = "/__serval/dev/" + state->setting().token;
  const RouteOptions options{.include_in_schema = false, .dependencies = {depends<require_own_page>}};
  app.get(path, options)(
      [state](EventSender<DevEvent>& events, Stopping stopping) { return follow(state, events, std::move(stopping)); });
  app.get(path + "/client.js", options)([] {
    Response script(200, std::string(dev_script), "text/javascript");
    script.headers().set("cache-control", "no-store");
    return script;
  });
}

}  // namespace

bool serve_dev_pages() {
  constexpr const char* variable = "SERVAL_DEV";
  const std::optional<std::string> text = environment(variable);
  if (!text) return true;
  std::optional<DevSetting> setting = DevSetting::read(*text);
  ::unsetenv(variable);  // NOLINT(concurrency-mt-unsafe): static objects are made before there are threads
  // The program may run without the tool that has set the variable.
  if (!setting || ::fcntl(setting->socket, F_SETFD, FD_CLOEXEC) != 0) return true;
  channel() = std::make_shared<DevChannel>(*std::move(setting));
  add_run_extension(&add_pages);
  return true;
}

}  // namespace serval::detail
