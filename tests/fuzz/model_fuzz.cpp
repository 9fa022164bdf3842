// SPDX-License-Identifier: MIT
// Decodes JSON into a model with every kind of member. It is rejected with issues that can be written as a response, or
// the model can be written and decoded again, and the second text is the same.
#include <serval/schema/codec.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <serval/json/json.hpp>

namespace shop {

using namespace serval;

enum class Color { red, green, blue };

struct Cat {
  Literal<"cat"> kind;
  std::int8_t lives;
};
struct Dog {
  Literal<"dog", "wolf"> kind;
  Field<std::string, min_length(1), max_length(8), pattern("^[a-z]+$")> name;
};
struct Node {
  std::uint64_t id;
  Default<std::vector<Node>> children;
};
struct Base {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  Field<double, gt(0), multiple_of(0.5)> price;
  std::optional<bool> sold;

  static void check(const Base& base, schema::Errors& errors) {
    if (base.price > 100) errors.add("price", "too much");
  }
};
class Account {
 public:
  static constexpr auto describe() {
    return schema::members(schema::member("owner", &Account::owner_, max_length(5)),
                           schema::member("cents", &Account::cents_, ge(0)));
  }

 private:
  std::string owner_;
  long cents_ = 0;
};
struct Model {
  Extends<Base> base;
  Default<Color> color = Color::green;
  Default<Field<std::variant<Cat, Dog>, discriminator("kind")>> pet;
  Default<std::variant<int, std::string, std::vector<double>, Node, Account>> any;
  std::optional<Node> tree;
  std::optional<std::map<std::int32_t, std::set<std::string>>> sets;
  std::optional<std::tuple<int, std::optional<float>, std::array<bool, 2>>> tuple;
  std::optional<DateTime> moment;
  std::optional<std::chrono::year_month_day> date;
  std::optional<TimeOfDay> time;
  std::optional<std::chrono::milliseconds> duration;
  std::optional<Uuid> uuid;
  std::optional<Account> account;
  std::optional<Field<std::int16_t, strict, le(100)>> exact;
  std::optional<Partial<Dog>> patch;
  std::optional<json> rest;
};

}  // namespace shop

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_issues(const std::vector<serval::schema::Issue>& issues) {
  require(!issues.empty());
  for (const serval::schema::Issue& issue : issues) {
    require(!issue.type.empty() && !issue.msg.empty());
    require(!issue.input.empty());
  }
  const std::string answer = serval::schema::to_json_text(issues);
  require(serval::schema::parse_json(answer)["detail"].size() == issues.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto model = serval::decode_json<shop::Model>(text);
    const std::string written = serval::encode_json(model, {.exclude_none = true});
    // Infinity is written as null, which cannot be decoded again.
    if (written.find("null") != std::string::npos) return 0;
    require(serval::encode_json(serval::decode_json<shop::Model>(written), {.exclude_none = true}) == written);
  } catch (const serval::DecodeError& error) {
    check_issues(error.issues());
  }
  return 0;
}
