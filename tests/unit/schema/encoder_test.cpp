// SPDX-License-Identifier: MIT
#include "schema/encoder.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/secret.hpp>

namespace encoder_test {

using namespace serval;

enum class Level { low, high };
struct Inner {
  std::optional<int> a;
  Default<int> b = 1;
};
struct Outer {
  int required;
  std::optional<std::string> text;
  Nullable<int> nullable;
  Default<std::optional<int>> maybe;
  Default<std::string> name = "x";
  std::vector<Inner> inners;
};
struct Nested {
  std::string text;
  std::vector<Nested> children;
};

template <class T>
std::string text_of(const T& value) {
  std::string out;
  detail::encode_text(out, detail::type_of<T>, &value);
  return out;
}

const Outer sample{.required = 1, .text = {}, .nullable = {}, .maybe = {}, .name = "x", .inners = {Inner{}}};

TEST(Encode, WritesScalars) {
  EXPECT_EQ(encode_json(true), "true");
  EXPECT_EQ(encode_json(-42), "-42");
  EXPECT_EQ(encode_json(std::string("a\"\\\n\x01\x7F\xC3\xA4")), "\"a\\\"\\\\\\n\\u0001\x7F\xC3\xA4\"");
  EXPECT_EQ(encode_json(std::string_view("view")), R"("view")");
  EXPECT_EQ(encode_json(Level::high), R"("high")");
  EXPECT_EQ((encode_json(Literal<"a", "b">("b"))), R"("b")");
}

TEST(Encode, WritesTheExtremesOf64Bits) {
  EXPECT_EQ(encode_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(encode_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(Encode, WritesFloatsWithPointOrExponent) {
  EXPECT_EQ(encode_json(1.0), "1.0");
  EXPECT_EQ(encode_json(0.1F), "0.1");
  EXPECT_EQ(encode_json(1e16), "1e+16");
  EXPECT_EQ(encode_json(1e-7), "1e-7");
  EXPECT_EQ(encode_json(-0.0), "-0.0");
}

TEST(Encode, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(encode_json(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(encode_json(-std::numeric_limits<float>::infinity()), "null");
}

TEST(Encode, ReplacesInvalidUtf8) { EXPECT_EQ(encode_json(std::string("a\xFF")), "\"a\xEF\xBF\xBD\""); }

TEST(Encode, WritesDatesAndDurations) {
  using namespace std::chrono_literals;
  EXPECT_EQ(encode_json(std::chrono::sys_seconds(86400s)), R"("1970-01-02T00:00:00Z")");
  EXPECT_EQ(
      encode_json(std::chrono::year_month_day{std::chrono::year{2020}, std::chrono::month{2}, std::chrono::day{29}}),
      R"("2020-02-29")");
  EXPECT_EQ(encode_json(90min), R"("PT1H30M")");
  EXPECT_EQ(encode_json(Uuid()), R"("00000000-0000-0000-0000-000000000000")");
}

TEST(Encode, WritesContainers) {
  EXPECT_EQ(encode_json(std::vector<int>{}), "[]");
  EXPECT_EQ(encode_json(std::vector<bool>{true, false}), "[true,false]");
  EXPECT_EQ((encode_json(std::array<int, 2>{1, 2})), "[1,2]");
  EXPECT_EQ((encode_json(std::tuple<int, std::string>{1, "a"})), R"([1,"a"])");
  EXPECT_EQ((encode_json(std::pair<int, bool>{1, true})), "[1,true]");
  EXPECT_EQ((encode_json(std::tuple<>{})), "[]");
  EXPECT_EQ((encode_json(std::map<std::string, int>{})), "{}");
  EXPECT_EQ((encode_json(std::map<std::string, int>{{"a\"", 1}, {"b", 2}})), R"({"a\"":1,"b":2})");
}

TEST(Encode, WritesKeysAsTexts) {
  EXPECT_EQ((encode_json(std::map<int, int>{{-1, 1}})), R"({"-1":1})");
  EXPECT_EQ((encode_json(std::map<Level, int>{{Level::high, 1}})), R"({"high":1})");
  EXPECT_EQ((encode_json(std::unordered_map<Uuid, int>{{Uuid(), 1}})), R"({"00000000-0000-0000-0000-000000000000":1})");
}

TEST(Encode, WritesWhatAVariantHolds) {
  using Any = std::variant<int, std::string, Inner>;
  EXPECT_EQ(encode_json(Any(1)), "1");
  EXPECT_EQ(encode_json(Any("a")), R"("a")");
  EXPECT_EQ(encode_json(Any(Inner{})), R"({"a":null,"b":1})");
}

struct Thrower {
  std::string value;
  Thrower() = default;
  Thrower(const Thrower&) = default;
  Thrower& operator=(const Thrower&) = default;
  explicit Thrower(int) { throw std::runtime_error("never made"); }
};
void to_json(json& out, const Thrower& thrower) { out = thrower.value; }

TEST(Encode, ThrowsForAVariantWithoutValue) {
  std::variant<int, Thrower> variant;
  EXPECT_THROW(variant.emplace<1>(1), std::runtime_error);
  EXPECT_THROW(static_cast<void>(encode_json(variant)), std::bad_variant_access);
}

TEST(Encode, WritesModelsAndNull) {
  EXPECT_EQ(encode_json(sample),
            R"({"required":1,"text":null,"nullable":null,"maybe":null,"name":"x","inners":[{"a":null,"b":1}]})");
}

TEST(Encode, WritesJsonAsItIs) {
  EXPECT_EQ(encode_json(json{{"b", 1}, {"a", 2}}), R"({"b":1,"a":2})");
  EXPECT_EQ(encode_json(std::optional<json>(json::array())), "[]");
}

TEST(Encode, GoesDeep) {
  Nested root{"0", {}};
  for (int i = 0; i < 1000; ++i) {
    Nested next{"n", {}};
    next.children.push_back(std::move(root));
    root = std::move(next);
  }
  EXPECT_EQ(encode_json(root).size(), std::string(R"({"text":"n","children":[]})").size() * 1001);
}

TEST(ExcludeNone, LeavesOutEveryNull) {
  EXPECT_EQ(encode_json(sample, {.exclude_none = true}), R"({"required":1,"name":"x","inners":[{"b":1}]})");
}

TEST(ExcludeUnset, LeavesOutWhatWasNeitherGivenNorAssigned) {
  Outer value = sample;
  EXPECT_EQ(encode_json(value, {.exclude_unset = true}), R"({"required":1,"nullable":null,"inners":[{}]})");
  value.name = "x";
  value.inners[0].b = 1;
  EXPECT_EQ(encode_json(value, {.exclude_unset = true}),
            R"({"required":1,"nullable":null,"name":"x","inners":[{"b":1}]})");
}

TEST(ExcludeUnset, KeepsWhatDiffersFromItsDefault) {
  EXPECT_EQ(encode_json(Inner{.a = {}, .b = 2}, {.exclude_unset = true}), R"({"b":2})");
  Outer value = sample;
  value.name += "y";  // changed in place, not assigned
  EXPECT_EQ(encode_json(value, {.exclude_unset = true}), R"({"required":1,"nullable":null,"name":"xy","inners":[{}]})");
}

struct Credentials {
  Default<Secret<std::string>> password = Secret<std::string>("none");
  Default<std::chrono::sys_seconds> until = std::chrono::sys_seconds::max();
};

TEST(ExcludeUnset, ComparesWhatIsNotShown) {
  EXPECT_EQ(encode_json(Credentials{}, {.exclude_unset = true}), "{}");
  EXPECT_EQ(encode_json(Credentials{Secret<std::string>("x")}, {.exclude_unset = true}),
            R"({"password":"**********"})");
  Credentials account;
  account.until.value() = std::chrono::sys_seconds();  // not assigned
  EXPECT_EQ(encode_json(account, {.exclude_unset = true}), R"({"until":"1970-01-01T00:00:00Z"})");
}

struct TokenHolder {
  Secret<> token;
};
struct CustomToken {
  std::string text;
};
struct HidesDeep {
  Default<TokenHolder> model;
  Default<std::optional<Secret<>>> optional = std::optional<Secret<>>(Secret<>());
  Default<std::vector<TokenHolder>> list = std::vector<TokenHolder>{TokenHolder{}};
  Default<std::map<std::string, Secret<>>> map = std::map<std::string, Secret<>>{{"k", Secret<>()}};
  Default<std::tuple<int, Secret<>>> tuple;
  Default<std::variant<int, TokenHolder>> variant = TokenHolder{};
  Default<CustomToken> custom;
};

}  // namespace encoder_test

template <>
struct serval::Convert<encoder_test::CustomToken> {
  static serval::Secret<> to_wire(const encoder_test::CustomToken& token) { return serval::Secret<>(token.text); }
  static encoder_test::CustomToken from_wire(const serval::Secret<>& wire) { return {wire.reveal()}; }
};

namespace encoder_test {

TEST(ExcludeUnset, ComparesWhatIsNotShownAtEveryDepth) {
  HidesDeep value;
  EXPECT_EQ(encode_json(HidesDeep{}, {.exclude_unset = true}), "{}");
  EXPECT_EQ(encode_json(HidesDeep{}, {.exclude_defaults = true}), "{}");
  const Secret<> other("other");
  value.model.value().token = other;
  value.optional.value() = other;
  value.list.value()[0].token = other;
  value.map.value()["k"] = other;
  std::get<1>(value.tuple.value()) = other;
  value.variant.value() = TokenHolder{other};
  value.custom.value().text = "other";
  const std::string shown =
      R"({"model":{"token":"**********"},"optional":"**********","list":[{"token":"**********"}],)"
      R"("map":{"k":"**********"},"tuple":[0,"**********"],"variant":{"token":"**********"},"custom":"**********"})";
  EXPECT_EQ(encode_json(value, {.exclude_unset = true}), shown);
  EXPECT_EQ(encode_json(value, {.exclude_defaults = true}), shown);
}

TEST(ExcludeUnset, KeepsANullThatCameOrWasAssigned) {
  struct Patch {
    Default<std::optional<int>> note = 5;
    Default<std::optional<int>> other;
  };
  const schema::EncodeOptions unset{.exclude_unset = true};
  EXPECT_EQ(encode_json(decode_json<Patch>(R"({"note":null,"other":null})"), unset), R"({"note":null,"other":null})");
  EXPECT_EQ(encode_json(decode_json<Patch>("{}"), unset), "{}");
  Patch patch;
  patch.other = std::nullopt;
  EXPECT_EQ(encode_json(patch, unset), R"({"other":null})");
  patch.note = std::nullopt;
  EXPECT_EQ(encode_json(patch, {.exclude_defaults = true}), R"({"note":null})");
  EXPECT_EQ(encode_json(patch, {.exclude_none = true, .exclude_unset = true}), "{}");
}

TEST(ExcludeUnset, KeepsWhatCameWithTheInput) {
  const auto value = decode_json<Inner>(R"({"b":1})");
  EXPECT_EQ(encode_json(value, {.exclude_unset = true}), R"({"b":1})");
}

TEST(ExcludeDefaults, LeavesOutWhatEqualsItsInitialiser) {
  Outer value = sample;
  value.name = "x";
  EXPECT_EQ(encode_json(value, {.exclude_defaults = true}), R"({"required":1,"nullable":null,"inners":[{}]})");
  value.name = "y";
  EXPECT_EQ(encode_json(value, {.exclude_defaults = true}),
            R"({"required":1,"nullable":null,"name":"y","inners":[{}]})");
}

TEST(EncodeText, HasWordsForNumbersThatAreNone) {
  EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(text_of(-std::numeric_limits<float>::infinity()), "-inf");
  EXPECT_EQ(text_of(std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(EncodeText, HasNoQuotes) {
  EXPECT_EQ(text_of(std::string("a\"b")), "a\"b");
  EXPECT_EQ(text_of(Level::high), "high");
  EXPECT_EQ((text_of(Literal<7>())), "7");
  EXPECT_EQ(text_of(1.5), "1.5");
  EXPECT_EQ(text_of(std::chrono::hours(1)), "PT1H");
}

TEST(LoadInteger, KeepsTheSignOfEveryWidth) {
  const auto load = []<class T>(T value) { return detail::load_integer(detail::type_of<T>, &value); };
  EXPECT_EQ(load(std::int8_t{-2}), -2);
  EXPECT_EQ(load(std::int16_t{-2}), -2);
  EXPECT_EQ(load(std::int32_t{-2}), -2);
  EXPECT_EQ(load(std::int64_t{-2}), -2);
  EXPECT_EQ(load(std::uint8_t{254}), 254);
  EXPECT_EQ(load(std::uint16_t{65534}), 65534);
  EXPECT_EQ(load(std::uint32_t{4294967294}), 4294967294);
}

}  // namespace encoder_test
