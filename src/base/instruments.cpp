// SPDX-License-Identifier: MIT
#include <serval/base/instruments.hpp>

#include <algorithm>
#include <array>
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

/// Compares label values without making strings.
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
    throw SetupError(which + ": the name must have only letters, digits, '_' and ':', and no digit first", where);
  for (auto label = options.labels.begin(); label != options.labels.end(); ++label) {
    if (!is_name(*label, false))
      throw SetupError(
          which + ": the label \"" + *label + "\" must have only letters, digits and '_', and no digit first", where);
    if (std::find(options.labels.begin(), label, *label) != label)
      throw SetupError(which + ": the label \"" + *label + "\" occurs twice; remove one of them", where);
  }
}

void check_counter(const InstrumentOptions& options, const SourceLocation& where) {
  if (options.name.ends_with("_total")) return;
  throw SetupError("the counter \"" + options.name + "\" must end in \"_total\"", where);
}

void check_histogram(const InstrumentOptions& options, const SourceLocation& where) {
  if (std::find(options.labels.begin(), options.labels.end(), "le") != options.labels.end())
    throw SetupError("the histogram \"" + options.name +
                         "\": the label \"le\" stands for the bounds of its buckets; use another name",
                     where);
  const std::vector<double>& bounds = options.buckets;
  const bool rises = std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>()) == bounds.end();
  if (rises && std::all_of(bounds.begin(), bounds.end(), [](double bound) { return std::isfinite(bound); })) return;
  throw SetupError("the histogram \"" + options.name + "\": the bounds of its buckets must be finite and rise", where);
}

}  // namespace

Histogram::Histogram(const InstrumentOptions& options)
    : bounds_(options.buckets), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {}

void Histogram::observe(double value) noexcept {
  if (std::isnan(value)) return;
  // A bound belongs to its bucket.
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
  mutable std::mutex mutex;  // guards the next two members
  std::map<std::vector<std::string>, T, ValuesLess> by_values;
  T* other = nullptr;  // in by_values; the shared series beyond InstrumentOptions::max_series, made when needed
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
                                " labels, but was given " + std::to_string(values.size()) + " values");
  }
  const std::scoped_lock lock(series_->mutex);
  const auto found = series_->by_values.find(values);
  if (found != series_->by_values.end()) return found->second;
  if (options_.max_series == 0 || options_.labels.empty() || series_->by_values.size() < options_.max_series)
    return series_->make({values.begin(), values.end()}, options_);
  series_->dropped.fetch_add(1, std::memory_order_relaxed);
  if (series_->other == nullptr)
    series_->other = &series_->make(std::vector<std::string>(values.size(), "other"), options_);
  return *series_->other;
}

template <class T>
std::uint64_t Family<T>::dropped() const noexcept {
  return series_->dropped.load(std::memory_order_relaxed);
}

template <class T>
void Family<T>::visit(
    const std::function<void(std::span<const std::string> label_values, const T& instrument)>& function) const {
  std::vector<const std::pair<const std::vector<std::string>, T>*> all;  // the elements do not move
  {
    const std::scoped_lock lock(series_->mutex);
    all.reserve(series_->by_values.size());
    for (const auto& each : series_->by_values) all.push_back(&each);
  }
  for (const auto* each : all) function(each->first, each->second);
}

template class Family<Counter>;
template class Family<Gauge>;
template class Family<Histogram>;

namespace {

/// Whether a histogram also uses this name.
[[nodiscard]] bool is_part_of(std::string_view name, std::string_view histogram) {
  if (!name.starts_with(histogram)) return false;
  name.remove_prefix(histogram.size());
  return name == "_bucket" || name == "_count" || name == "_sum";
}

/// Errors: SetupError if one family cannot have both options.
void check_same(const InstrumentOptions& there, const InstrumentOptions& wanted, bool is_histogram,
                const SourceLocation& where) {
  const char* differs = nullptr;
  if (there.labels != wanted.labels)
    differs = "labels";
  else if (there.max_series != wanted.max_series)
    differs = "max_series";
  else if (is_histogram && there.buckets != wanted.buckets)
    differs = "buckets";
  if (differs == nullptr) return;
  throw SetupError("the instrument \"" + wanted.name + "\" already exists with other " + differs +
                       "; declare it the same way, or give it another name",
                   where);
}

}  // namespace

struct Registry::Families {
  // Shared, so that `visit` can copy the list and release the lock.
  using Any = std::variant<std::shared_ptr<Family<Counter>>, std::shared_ptr<Family<Gauge>>,
                           std::shared_ptr<Family<Histogram>>>;
  mutable std::mutex mutex;  // guards all; a family is never removed
  std::vector<Any> all;

  static const char* kind_of(const Any& family) {
    constexpr std::array kinds{"counter", "gauge", "histogram"};  // as the alternatives
    return kinds[family.index()];
  }

  template <class T>
  Family<T>& family(InstrumentOptions options, const SourceLocation& where) {
    const std::scoped_lock lock(mutex);
    for (const Any& each : all) {
      const InstrumentOptions& other = std::visit(
          [](const auto& one) -> auto& { return one->options(); }, each);
      const auto* same = std::get_if<std::shared_ptr<Family<T>>>(&each);
      if (other.name == options.name && same != nullptr) {
        check_same(other, options, std::is_same_v<T, Histogram>, where);
        return **same;
      }
      const bool is_histogram = std::holds_alternative<std::shared_ptr<Family<Histogram>>>(each);
      if (other.name == options.name || (is_histogram && is_part_of(options.name, other.name)) ||
          (std::is_same_v<T, Histogram> && is_part_of(other.name, options.name))) {
        throw SetupError("the instrument \"" + options.name + "\" needs a name that the " + kind_of(each) + " \"" +
                             other.name + "\" already uses; give it another name",
                         where);
      }
    }
    auto made = std::make_shared<Family<T>>(std::move(options));
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
  check_histogram(options, where);
  return families_->family<Histogram>(std::move(options), where);
}

void Registry::visit(Visitor& visitor) const {
  std::vector<Families::Any> all;
  {
    const std::scoped_lock lock(families_->mutex);
    all = families_->all;
  }
  for (const Families::Any& each : all) {
    std::visit(
        [&]<class T>(const std::shared_ptr<Family<T>>& family) {
          family->visit([&](std::span<const std::string> label_values, const T& instrument) {
            visitor.visit(family->options(), label_values, instrument);
          });
        },
        each);
  }
}

}  // namespace serval::instruments
