// SPDX-License-Identifier: MIT
#include "install.hpp"

#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>

#include <serval/per_loop.hpp>
#include <serval/task.hpp>

#include "caller.hpp"
#include "client.hpp"
#include "exhausted.hpp"
#include "gate.hpp"
#include "usage.hpp"
#include "within.hpp"

namespace quota {

using namespace serval;
using namespace std::chrono_literals;

namespace {

using Clients = PerLoop<Client>;

/// What the service has stated at the start, and the name of this program in reports.
struct Greeting {
  std::string service;
  std::string program = Uuid::random().to_string();  // the name of this run of the program in reports
};

Task<void> greet(State<Clients> clients, State<Greeting> greeting) {
  const std::shared_ptr<Client> client = clients->share(co_await boost::asio::this_coro::executor);
  greeting->service = co_await client->greet();
  if (greeting->service != "QUOTA 1") throw std::runtime_error("not a quota service: " + greeting->service);
}

Task<void> report_all(Client& client, Usage& usage, const std::string& program) {
  for (const Usage::Total& total : usage.unreported()) {
    co_await client.report(program, total.key, total.requests);
    usage.note_reported(total);
  }
}

/// Reports at intervals, and once more when the application stops. `report_rest` reports requests that end after that.
Task<void> report_usage(State<Clients> clients, State<Usage> usage, State<Greeting> greeting, State<Options> options,
                        State<Instruments> instruments, Stopping stopping) {
  const std::shared_ptr<Client> client = clients->share(co_await boost::asio::this_coro::executor);
  while (!stopping.is_requested()) {
    co_await within(options->report, stopping.wait());
    co_await report_all(*client, *usage, greeting->program);
  }
  instruments->stops.add();
}

/// Runs after the last response.
Task<void> report_rest(State<Clients> clients, State<Usage> usage, State<Greeting> greeting) {
  const std::shared_ptr<Client> client = clients->share(co_await boost::asio::this_coro::executor);
  co_await report_all(*client, *usage, greeting->program);
}

Task<void> check(State<Clients> clients) {
  const std::shared_ptr<Client> client = clients->share(co_await boost::asio::this_coro::executor);
  co_await client->greet();
}

Report report(State<Greeting> greeting, State<Usage> usage, State<Instruments> instruments) {
  return {greeting->service, usage->waiting(), instruments->counts()};
}

}  // namespace

void install(App& app, const Options& options) {
  const Instruments& instruments = app.provide(Instruments(app.instruments()));
  Usage& usage = app.provide(std::make_shared<Usage>());
  const Exhausted& exhausted = app.provide(std::make_shared<Exhausted>());
  app.provide(options);
  app.provide(Clients([options, &instruments](const boost::asio::any_io_executor& loop) {
    return Client(loop, options, instruments);
  }));
  app.lifespan<Greeting>();

  app.use(Gate(exhausted, usage, instruments));
  app.on_start(greet);
  app.on_stop(report_rest);
  app.service("quota usage", report_usage, {.restart = backoff(100ms, 5s), .drain = 2s});
  app.ready("quota", check);

  Router router({.prefix = options.prefix, .tags = {"quota"}});
  router.get<report>("/quota", {.summary = "Requests of each route"});
  app.include(router);
}

}  // namespace quota
