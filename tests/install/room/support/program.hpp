// SPDX-License-Identifier: MIT
// A program with the room installed, and functions for its tests.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <serval/instruments.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "../quota/caller.hpp"
#include "../quota/install.hpp"
#include "fake_service.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/waiting.hpp"

namespace quota_test {

using serval::testing::RawClient;

/// The reports are an hour apart, so that a test sees only those that it causes. Each loop has one connection.
[[nodiscard]] inline quota::Options test_options(const FakeService& service) {
  quota::Options options;
  options.port = service.port();
  options.connections = 1;
  options.wait = std::chrono::seconds(10);
  options.answer = std::chrono::seconds(10);
  options.report = std::chrono::hours(1);
  return options;
}

/// The service, and an application with routes that take a caller and a route that does not.
struct Program {
  explicit Program(const std::function<void(quota::Options&)>& set_up = {}) {
    quota::Options options = test_options(service);
    if (set_up) set_up(options);
    quota::install(app, options);
    app.get("/me")([](const quota::Caller& caller) { return caller.name; });
    app.get("/hurried",
            {.deadline = std::chrono::milliseconds(20)})([](const quota::Caller& caller) { return caller.name; });
    app.post("/notes")([](const quota::Caller& caller, serval::json note) { return caller.name + ": " + note.dump(); });
    app.get("/open")([] { return "for all"; });
  }

  /// Returns the value of an instrument, or 0 if there is none. `label`: the value of its first label, if it has
  /// labels.
  [[nodiscard]] double value(std::string_view name, std::string_view label = {}) const {
    struct Find : serval::instruments::Visitor {
      std::string_view name, label;
      double found = 0;
      void look(const serval::InstrumentOptions& family, std::span<const std::string> values, double value) {
        if (family.name == name && (values.empty() || values[0] == label)) found += value;
      }
      void visit(const serval::InstrumentOptions& family, std::span<const std::string> values,
                 const serval::instruments::Counter& counter) override {
        look(family, values, static_cast<double>(counter.value()));
      }
      void visit(const serval::InstrumentOptions& family, std::span<const std::string> values,
                 const serval::instruments::Gauge& gauge) override {
        look(family, values, gauge.value());
      }
      void visit(const serval::InstrumentOptions& family, std::span<const std::string> values,
                 const serval::instruments::Histogram& histogram) override {
        for (const std::uint64_t count : histogram.counts()) look(family, values, static_cast<double>(count));
      }
    } find;
    find.name = name;
    find.label = label;
    app.instruments().visit(find);
    return find.found;
  }

  FakeService service;
  serval::App app;
};

/// Returns a GET request with this key, or without one if it is empty.
[[nodiscard]] inline std::string get(const std::string& path, const std::string& key = {}) {
  return "GET " + path + " HTTP/1.1\r\nhost: a\r\n" + (key.empty() ? "" : "x-api-key: " + key + "\r\n") + "\r\n";
}

/// A program on a server of two threads.
struct Served : Program {
  explicit Served(const std::function<void(quota::Options&)>& set_up = {}) : Program(set_up) { server.start(); }

  static serval::ServerOptions server_options() {
    serval::ServerOptions options;
    options.port = 0;
    options.threads = 2;
    options.stall_threshold = std::chrono::milliseconds(0);
    options.stop_grace = std::chrono::milliseconds(0);
    options.stop_deadline = std::chrono::seconds(10);
    return options;
  }
  [[nodiscard]] RawClient connect() const { return RawClient(server.port()); }
  /// Sends a request with Ada's key and resets the connection while the room waits for the service, which holds back
  /// the rest of her quota from here on.
  void come_and_go() {
    service.hold("LEFT ada");
    RawClient client = connect();
    client.send(get("/me", "ada"));
    EXPECT_TRUE(serval::testing::eventually([this] { return service.held() == 1; }));
    client.reset();
  }

  serval::Server server{app, server_options()};
};

}  // namespace quota_test
