// SPDX-License-Identifier: MIT
#include "middleware/rate_policy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <serval/base/error.hpp>

#include "base/ascii.hpp"
#include "middleware/by_owner.hpp"

namespace serval::detail {

namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr seconds longest_window = std::chrono::hours(24 * 366);

struct RateStandings {
  ByOwner<RateLimitResult> results;
};

/// JSON that is already text, for `HttpError`.
struct WrittenJson {
  enum class error_handler_t { replace };
  const std::string& text;
  [[nodiscard]] std::string dump(int, char, bool, error_handler_t) const { return text; }
};

constexpr std::size_t longest_name = 64;

/// A text of limited length on the stack, since every response has one.
class FieldText {
 public:
  FieldText& add(std::string_view text) noexcept {
    text.copy(bytes_.data() + size_, text.size());
    size_ += text.size();
    return *this;
  }
  FieldText& add(std::int64_t number) noexcept {
    char* const end = std::to_chars(bytes_.data() + size_, bytes_.data() + bytes_.size(), number).ptr;
    size_ = static_cast<std::size_t>(end - bytes_.data());
    return *this;
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, longest_name + 64> bytes_{};  // the name, two numbers of 20 digits, and eight signs
  std::size_t size_ = 0;
};

bool is_policy_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), [](char character) {
    return is_alphanumeric(character) || character == '_' || character == '-';
  });
}

void check_rate(const RateLimitOptions& options, std::string_view who) {
  const std::string text(who);
  if (options.limit == 0) throw SetupError(text + " needs a limit: " + text + "({.limit = 100, .window = 60s})", {});
  if (options.window < seconds(1) || options.window > longest_window) {
    throw SetupError(text + ": window is " + std::to_string(options.window.count()) + " s; it must be 1 s to 366 days",
                     {});
  }
  if (nanoseconds(options.window).count() < options.limit)
    throw SetupError(text + ": limit is " + std::to_string(options.limit) + ", more than one in a nanosecond", {});
  // In floating point: the product may have more than 64 bits.
  const double refill = static_cast<double>(options.window.count()) / options.limit * options.burst;
  if (refill > static_cast<double>(longest_window.count()))
    throw SetupError(
        text + ": burst is " + std::to_string(options.burst) + ", which takes more than 366 days to return", {});
  if (options.max_keys == 0) throw SetupError(text + ": max_keys must be 1 or more", {});
  if (!is_policy_name(options.name)) {
    throw SetupError(text + ": the name '" + options.name + "' must consist of 1 to 64 letters, digits, '_' and '-'",
                     {});
  }
}

seconds rounded_up(nanoseconds time) { return std::chrono::ceil<seconds>(time); }

}  // namespace

RatePolicy::RatePolicy(const RateLimitOptions& options, std::string_view who) {
  check_rate(options, who);
  name_ = options.name;
  burst_ = options.burst == 0 ? options.limit : options.burst;
  interval_ = nanoseconds(options.window) / options.limit;
  tolerance_ = interval_ * (burst_ - 1);
  policy_field_ =
      '"' + name_ + "\";q=" + std::to_string(options.limit) + ";w=" + std::to_string(options.window.count());
  problem_ = R"({"type":"https://iana.org/assignments/http-problem-types#quota-exceeded",)"
             R"("title":"Too many requests","violated-policies":[")" +
             name_ + R"("]})";
  if (options.legacy) legacy_limit_ = std::to_string(options.limit);
}

RatePolicy::Decision RatePolicy::decide(Nanoseconds due, Nanoseconds now) const noexcept {
  const Nanoseconds base = std::max(due, now);
  if (base - now > tolerance_)
    return {due, {.is_allowed = false, .remaining = 0, .wait = rounded_up(base - now - tolerance_)}};
  const Nanoseconds next = base + interval_;
  const Nanoseconds used = next - now;  // at most longest()
  const std::int64_t remaining = (longest() - used) / interval_;
  const Nanoseconds wait = used - interval_ * (burst_ - remaining - 1);
  return {next, {.is_allowed = true, .remaining = static_cast<std::uint32_t>(remaining), .wait = rounded_up(wait)}};
}

void RatePolicy::describe(const RateLimitResult& result, http::Headers& fields) const {
  if (!result.is_known) return;
  fields.add("ratelimit-policy", policy_field_);
  fields.add(
      "ratelimit",
      FieldText().add("\"").add(name_).add("\";r=").add(result.remaining).add(";t=").add(result.wait.count()).view());
  if (legacy_limit_.empty() || fields.contains("x-ratelimit-limit")) return;
  fields.set("x-ratelimit-limit", legacy_limit_);
  fields.set("x-ratelimit-remaining", std::to_string(result.remaining));
  fields.set("x-ratelimit-reset", std::to_string(result.wait.count()));
}

HttpError RatePolicy::refusal(const RateLimitResult& result) const { return refusal_with({}, result); }

HttpError RatePolicy::described_refusal(const RateLimitResult& result) const {
  http::Headers fields;
  describe(result, fields);
  return refusal_with(std::move(fields), result);
}

HttpError RatePolicy::refusal_with(http::Headers fields, const RateLimitResult& result) const {
  fields.add("retry-after", std::to_string(result.wait.count()));
  return {429, WrittenJson{problem_}, std::move(fields)};
}

void RatePolicy::note(const RateLimitResult& result, Request& request) const {
  request.state<RateStandings>().results.set(this, result);
}

void RatePolicy::describe_noted(const Request& request, http::Headers& fields) const {
  const auto* standings = request.find_state<RateStandings>();
  if (standings == nullptr) return;
  if (const RateLimitResult* result = standings->results.find(this)) describe(*result, fields);
}

}  // namespace serval::detail
