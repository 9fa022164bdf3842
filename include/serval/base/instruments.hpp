// SPDX-License-Identifier: MIT
// Counters, gauges and histograms: metrics of the program and of the library's rooms, read through a `Visitor`.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/base/source_location.hpp>

namespace serval {

/// The declaration of an instrument: `{.name = "orders_total", .help = "Orders taken", .labels = {"kind"}}`.
struct InstrumentOptions {
  /// Letters, digits, '_' and ':', not beginning with a digit. The name of a counter ends in "_total". A histogram also
  /// reserves its name with "_bucket", "_count" and "_sum".
  std::string name;
  /// A sentence that says what it counts. Default: none.
  std::string help{};
  /// "seconds", "bytes". Default: none.
  std::string unit{};
  /// The names of its labels, each once: letters, digits and '_', not beginning with a digit. A histogram must not have
  /// a label "le", which holds the bounds of its buckets. Default: none.
  std::vector<std::string> labels{};
  /// The upper bounds of a histogram's buckets, in rising order; a bucket for all greater values follows them. Default:
  /// 5 ms to 10 s, the bounds of OpenTelemetry for requests. Only histograms use it.
  std::vector<double> buckets{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};
  /// The largest number of sets of label values; all further sets share one series, whose labels are all "other", so
  /// that clients cannot fill the memory. Default 1000; 0: no limit.
  std::size_t max_series = 1'000;
};

namespace instruments {

/// A number that only grows. Thread safety: all of it. `add` is one relaxed atomic addition.
class Counter {
 public:
  explicit Counter(const InstrumentOptions& /*options*/) noexcept {}
  void add(std::uint64_t count = 1) noexcept { value_.fetch_add(count, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// A number that can go up and down. Thread safety: all of it.
class Gauge {
 public:
  explicit Gauge(const InstrumentOptions& /*options*/) noexcept {}
  void set(double value) noexcept { value_.store(value, std::memory_order_relaxed); }
  /// May be negative.
  void add(double amount) noexcept { value_.fetch_add(amount, std::memory_order_relaxed); }
  [[nodiscard]] double value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

/// Counts values by their size: how many fell into each bucket, and their sum. Thread safety: all of it.
class Histogram {
 public:
  explicit Histogram(const InstrumentOptions& options);
  /// Counts a value. NaN is ignored, since a sum could not recover from it.
  void observe(double value) noexcept;
  /// The upper bounds of its buckets, except the last, which has none.
  [[nodiscard]] std::span<const double> bounds() const noexcept { return bounds_; }
  /// The number of values in each bucket (not cumulative); there is one more bucket than there are bounds.
  [[nodiscard]] std::vector<std::uint64_t> counts() const;
  /// The sum of all values.
  [[nodiscard]] double sum() const noexcept { return sum_.load(std::memory_order_relaxed); }

 private:
  const std::vector<double> bounds_;
  const std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;  // bounds_.size() + 1
  std::atomic<double> sum_{0};
};

/// The instruments of one name, one for each set of label values: `requests.with({"GET", "200"}).add();`. `T` is
/// `Counter`, `Gauge` or `Histogram`. Thread safety: all of it.
template <class T>
class Family {
 public:
  explicit Family(InstrumentOptions options);
  ~Family();
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;

  [[nodiscard]] const InstrumentOptions& options() const noexcept { return options_; }
  /// The instrument of these values, one for each label, in the order of `InstrumentOptions::labels`. It takes a lock
  /// and searches: keep the reference in hot code. Errors: `std::invalid_argument` for a wrong number of values.
  /// Lifetime: the registry's.
  [[nodiscard]] T& with(std::span<const std::string_view> values);
  [[nodiscard]] T& with(std::initializer_list<std::string_view> values) {
    return with(std::span<const std::string_view>(values.begin(), values.size()));
  }
  /// The only instrument of a family without labels. Errors: as above.
  [[nodiscard]] T& get() { return with({}); }
  /// The number of calls of `with` for values beyond `InstrumentOptions::max_series`.
  [[nodiscard]] std::uint64_t dropped() const noexcept;

  /// Calls `function` for each set of label values, in their order. It holds no lock during the calls: `function` may
  /// take long and may use the family; sets that are added meanwhile are not visited.
  void visit(const std::function<void(std::span<const std::string> label_values, const T& instrument)>& function) const;

 private:
  struct Series;
  const InstrumentOptions options_;
  const std::unique_ptr<Series> series_;
};

/// Receives the contents of a registry; derive from it.
class Visitor {
 public:
  virtual ~Visitor() = default;
  virtual void visit(const InstrumentOptions& family, std::span<const std::string> label_values,
                     const Counter& counter) = 0;
  virtual void visit(const InstrumentOptions& family, std::span<const std::string> label_values,
                     const Gauge& gauge) = 0;
  virtual void visit(const InstrumentOptions& family, std::span<const std::string> label_values,
                     const Histogram& histogram) = 0;
};

/// All instruments of an application: `app.instruments().counter({.name = "orders_total"}).get().add();`.
/// Thread safety: all of it. Lifetime: the returned references are valid as long as the registry.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// Creates a family, or returns the existing one of that name if it has the same kind, labels, `max_series` and, for
  /// a histogram, buckets, so that two parts of a program may share one. Errors: SetupError for a name, a label or
  /// buckets that break the rules of `InstrumentOptions`, for a name whose family differs in one of these, and for a
  /// name that another family reserves.
  Family<Counter>& counter(InstrumentOptions options, SourceLocation where = SourceLocation::current());
  Family<Gauge>& gauge(InstrumentOptions options, SourceLocation where = SourceLocation::current());
  Family<Histogram>& histogram(InstrumentOptions options, SourceLocation where = SourceLocation::current());

  /// Passes all instruments to the visitor, families in the order of their creation. It holds no lock during the calls:
  /// the visitor may take long and may use the registry; instruments that are added meanwhile may be missing.
  void visit(Visitor& visitor) const;

 private:
  struct Families;
  const std::unique_ptr<Families> families_;
};

}  // namespace instruments

}  // namespace serval
