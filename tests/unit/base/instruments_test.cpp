// SPDX-License-Identifier: MIT
#include <serval/base/instruments.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/base/error.hpp>

namespace serval::instruments_test {

using instruments::Registry;
using ::testing::ElementsAre;

/// Records what it visits.
struct Lines : instruments::Visitor {
  std::vector<std::string> lines;
  void visit(const InstrumentOptions& family, std::span<const std::string> values,
             const instruments::Counter& counter) override {
    add(family, values, std::to_string(counter.value()));
  }
  void visit(const InstrumentOptions& family, std::span<const std::string> values,
             const instruments::Gauge& gauge) override {
    add(family, values, std::to_string(std::lround(gauge.value())));
  }
  void visit(const InstrumentOptions& family, std::span<const std::string> values,
             const instruments::Histogram& histogram) override {
    std::string text;
    for (const auto count : histogram.counts()) text += std::to_string(count) + " ";
    add(family, values, text + std::to_string(std::lround(histogram.sum())));
  }
  void add(const InstrumentOptions& family, std::span<const std::string> values, const std::string& value) {
    std::string line = family.name;
    for (const std::string& each : values) line += " " + each;
    lines.push_back(line + ": " + value);
  }
};

TEST(Instruments, AreShownInTheOrderOfTheirMaking) {
  Registry registry;
  auto& requests = registry.counter({.name = "requests_total", .help = "Requests", .labels = {"method", "status"}});
  registry.gauge({.name = "depth"}).get().set(3);
  auto& sizes = registry.histogram({.name = "size", .unit = "bytes", .buckets = {10, 100}}).get();
  requests.with({"POST", "201"}).add(2);
  requests.with({"GET", "200"}).add();
  registry.gauge({.name = "depth"}).get().add(-1);
  for (const double size : {1.0, 10.0, 11.0, 1000.0}) sizes.observe(size);
  Lines seen;
  registry.visit(seen);
  EXPECT_THAT(seen.lines,
              ElementsAre("requests_total GET 200: 1", "requests_total POST 201: 2", "depth: 2", "size: 2 1 1 1022"));
}

TEST(Instruments, KeepNoMoreSeriesThanTheyMay) {
  Registry registry;
  auto& paths = registry.counter({.name = "paths_total", .labels = {"path", "kind"}, .max_series = 2});
  for (int i = 0; i < 1000; ++i) paths.with({"/" + std::to_string(i), "x"}).add();
  paths.with({"/1", "x"}).add();
  EXPECT_EQ(paths.dropped(), 998U);
  Lines seen;
  registry.visit(seen);
  EXPECT_THAT(seen.lines, ElementsAre("paths_total /0 x: 1", "paths_total /1 x: 2", "paths_total other other: 998"));
}

TEST(Instruments, OfTheSameNameAreTheSame) {
  Registry registry;
  auto& first = registry.counter({.name = "a_total", .labels = {"kind"}});
  EXPECT_EQ(&first, &registry.counter({.name = "a_total", .labels = {"kind"}}));
  EXPECT_THROW(registry.counter({.name = "a_total"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "a_total", .labels = {"kind"}}), SetupError);
}

TEST(Instruments, OfTheSameNameHaveTheSameBounds) {
  Registry registry;
  auto& sizes = registry.histogram({.name = "size", .buckets = {1, 2}});
  EXPECT_EQ(&sizes, &registry.histogram({.name = "size", .buckets = {1, 2}}));
  EXPECT_THROW(registry.histogram({.name = "size", .buckets = {1, 3}}), SetupError);
  EXPECT_THROW(registry.histogram({.name = "size", .buckets = {1, 2}, .max_series = 5}), SetupError);
}

TEST(Instruments, MayNotHaveANameThatAHistogramTakes) {
  Registry registry;
  registry.histogram({.name = "size"});
  EXPECT_THROW(registry.gauge({.name = "size_count"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "size_sum"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "size_bucket"}), SetupError);
  registry.gauge({.name = "size_counts"});
  registry.gauge({.name = "depth_sum"});
  EXPECT_THROW(registry.histogram({.name = "depth"}), SetupError);
}

TEST(Instruments, RefuseNamesThatCannotBeShown) {
  Registry registry;
  EXPECT_THROW(registry.gauge({.name = ""}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "9lives"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "a-b"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "a", .labels = {"b:c"}}), SetupError);
  EXPECT_THROW(registry.counter({.name = "orders"}), SetupError);
  EXPECT_THROW(registry.gauge({.name = "a", .labels = {"b", "c", "b"}}), SetupError);
  EXPECT_THROW(registry.histogram({.name = "h", .labels = {"le"}}), SetupError);
  EXPECT_THROW(registry.histogram({.name = "h", .buckets = {1, 1}}), SetupError);
  EXPECT_THROW(registry.histogram({.name = "h", .buckets = {INFINITY}}), SetupError);
}

TEST(Instruments, RefuseAnotherNumberOfLabels) {
  Registry registry;
  auto& family = registry.counter({.name = "a_total", .labels = {"kind"}});
  EXPECT_THROW((void)family.get(), std::invalid_argument);
  EXPECT_THROW((void)family.with({"a", "b"}), std::invalid_argument);
}

TEST(Instruments, CountWhatSeveralThreadsAdd) {
  Registry registry;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&registry, i] {
      auto& family = registry.counter({.name = "a_total", .labels = {"thread"}});
      for (int n = 0; n < 1000; ++n) {
        family.with({"all"}).add();
        family.with({std::to_string(i)}).add();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(registry.counter({.name = "a_total", .labels = {"thread"}}).with({"all"}).value(), 4000U);
}

TEST(Instruments, AreVisitedWithoutALock) {
  Registry registry;
  auto& family = registry.gauge({.name = "a", .labels = {"kind"}});
  family.with({"x"}).set(1);
  int visits = 0;
  family.visit([&](std::span<const std::string>, const instruments::Gauge&) {
    ++visits;
    family.with({"y"}).set(2);
    registry.gauge({.name = "b"}).get().set(3);
  });
  EXPECT_EQ(visits, 1);
  Lines seen;
  registry.visit(seen);
  EXPECT_THAT(seen.lines, ElementsAre("a x: 1", "a y: 2", "b: 3"));
}

TEST(Instruments, MayBeUsedByTheirVisitor) {
  struct Counting final : Lines {
    using Lines::visit;
    explicit Counting(Registry& its_registry) : registry(its_registry) {}
    void visit(const InstrumentOptions& family, std::span<const std::string> label_values,
               const instruments::Gauge& gauge) override {
      registry.counter({.name = "visits_total"}).get().add();
      Lines::visit(family, label_values, gauge);
    }
    Registry& registry;
  };
  Registry registry;
  registry.gauge({.name = "a"}).get().set(1);
  Counting seen(registry);
  registry.visit(seen);
  EXPECT_THAT(seen.lines, ElementsAre("a: 1"));
  EXPECT_EQ(registry.counter({.name = "visits_total"}).get().value(), 1U);
}

TEST(Histogram, IgnoresWhatIsNoNumber) {
  Registry registry;
  auto& histogram = registry.histogram({.name = "h", .buckets = {1}}).get();
  histogram.observe(std::nan(""));
  histogram.observe(0.5);
  EXPECT_THAT(histogram.counts(), ElementsAre(1U, 0U));
  EXPECT_EQ(histogram.sum(), 0.5);
}

}  // namespace serval::instruments_test
