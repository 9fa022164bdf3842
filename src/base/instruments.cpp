// SPDX-License-Identifier: MIT
#include <serval/base/instruments.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/base/error.hpp>

#include "base/ascii.hpp"

namespace serval::instruments {

namespace {

/// Compares label values without making strings of them.
struct ValuesLess {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](std::string_view left, std::string_view right) { return left < right; });
  }
};

[[nodiscard]] bool is_name(std::string_view name, bool may_have_colon) {
  const auto fits = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || detail::is_digit(c) || c == '_' ||
           (may_have_colon && c == ':');
  };
  return !name.empty() && !detail::is_digit(name.front()) && std::all_of(name.begin(), name.end(), fits);
}

void check(const InstrumentOptions& options, const SourceLocation& where) {
  const std::string which = "the instrument \"" + options.name + "\"";
  if (!is_name(options.name, true))
    throw SetupError(which + ": a name has letters, digits, '_' and ':', no digit first", where);
  for (const std::string& label : options.labels) {
    if (!is_name(label, false))
      throw SetupError(which + ": the label \"" + label + "\" must have letters, digits and '_', no digit first",
                       where);
  }
}

void check_counter(const InstrumentOptions& options, const SourceLocation& where) {
  if (options.name.ends_with("_total")) return;
  throw SetupError("the counter \"" + options.name + "\" must end in \"_total\"", where);
}

void check_buckets(const InstrumentOptions& options, const SourceLocation& where) {
  const std::vector<double>& bounds = options.buckets;
  const bool rises = std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>()) == bounds.end();
  if (rises && std::all_of(bounds.begin(), bounds.end(), [](double bound) { return std::isfinite(bound); })) return;
  throw SetupError("the histogram \"" + options.name + "\": the bounds of its buckets must be finite and rise", where);
}

}  // namespace

Histogram::Histogram(const InstrumentOptions& options)
    : bounds_(options.buckets), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {}

void Histogram::observe(double value) noexcept {
  // A bound belongs to its bucket. NaN is less than none.
  const auto bound = std::find_if(bounds_.begin(), bounds_.end(), [value](double each) { return value <= each; });
  counts_[static_cast<std::size_t>(bound - bounds_.begin())].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::counts() const {
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i <= bounds_.size(); ++i) counts.push_back(counts_[i].load(std::memory_order_relaxed));
  return counts;
}

template <class T>
struct Family<T>::Series {
  mutable std::mutex mutex;  // guards by_values
  std::map<std::vector<std::string>, T, ValuesLess> by_values;
  std::atomic<std::uint64_t> dropped{0};

  T& make(std::vector<std::string> values, const InstrumentOptions& options) {
    return by_values.try_emplace(std::move(values), options).first->second;
  }
};

template <class T>
Family<T>::Family(InstrumentOptions options) : options_(std::move(options)), series_(std::make_unique<Series>()) {}
template <class T>
Family<T>::~Family() = default;

template <class T>
T& Family<T>::with(std::span<const std::string_view> values) {
  if (values.size() != options_.labels.size()) {
    throw std::invalid_argument("the instrument " + options_.name + " has " + std::to_string(options_.labels.size()) +
                                " labels, but is asked for by " + std::to_string(values.size()) + " values");
  }
  const std::scoped_lock lock(series_->mutex);
  const auto found = series_->by_values.find(values);
  if (found != series_->by_values.end()) return found->second;
  if (options_.max_series == 0 || options_.labels.empty() || series_->by_values.size() < options_.max_series)
    return series_->make({values.begin(), values.end()}, options_);
  series_->dropped.fetch_add(1, std::memory_order_relaxed);
  return series_->make(std::vector<std::string>(values.size(), "other"), options_);
}

template <class T>
std::uint64_t Family<T>::dropped() const noexcept {
  return series_->dropped.load(std::memory_order_relaxed);
}

template <class T>
void Family<T>::visit(void* context,
                      void (*see)(void* context, std::span<const std::string> values, const T& instrument)) const {
  const std::scoped_lock lock(series_->mutex);
  for (const auto& [values, instrument] : series_->by_values) see(context, values, instrument);
}

template class Family<Counter>;
template class Family<Gauge>;
template class Family<Histogram>;

struct Registry::Families {
  using Any = std::variant<std::unique_ptr<Family<Counter>>, std::unique_ptr<Family<Gauge>>,
                           std::unique_ptr<Family<Histogram>>>;
  mutable std::mutex mutex;  // guards all
  std::vector<Any> all;

  template <class T>
  Family<T>& family(InstrumentOptions options, const SourceLocation& where) {
    const std::scoped_lock lock(mutex);
    for (const Any& each : all) {
      const InstrumentOptions& other = std::visit(
          [](const auto& one) -> auto& { return one->options(); }, each);
      if (other.name != options.name) continue;
      const auto* same = std::get_if<std::unique_ptr<Family<T>>>(&each);
      if (same != nullptr && other.labels == options.labels) return **same;
      throw SetupError("the instrument \"" + options.name + "\" is there already, of another kind or with other labels",
                       where);
    }
    auto made = std::make_unique<Family<T>>(std::move(options));
    Family<T>& family = *made;
    all.emplace_back(std::move(made));
    return family;
  }
};

Registry::Registry() : families_(std::make_unique<Families>()) {}
Registry::~Registry() = default;

Family<Counter>& Registry::counter(InstrumentOptions options, SourceLocation where) {
  check(options, where);
  check_counter(options, where);
  return families_->family<Counter>(std::move(options), where);
}

Family<Gauge>& Registry::gauge(InstrumentOptions options, SourceLocation where) {
  check(options, where);
  return families_->family<Gauge>(std::move(options), where);
}

Family<Histogram>& Registry::histogram(InstrumentOptions options, SourceLocation where) {
  check(options, where);
  check_buckets(options, where);
  return families_->family<Histogram>(std::move(options), where);
}

void Registry::visit(Visitor& visitor) const {
  const std::scoped_lock lock(families_->mutex);
  for (const Families::Any& each : families_->all) {
    std::visit(
        [&]<class T>(const std::unique_ptr<Family<T>>& family) {
          struct Shown {
            Visitor& visitor;
            const InstrumentOptions& options;
          } shown{visitor, family->options()};
          family->visit(&shown, [](void* context, std::span<const std::string> values, const T& instrument) {
            const Shown& to = *static_cast<Shown*>(context);
            to.visitor.see(to.options, values, instrument);
          });
        },
        each);
  }
}

}  // namespace serval::instruments
