// SPDX-License-Identifier: MIT
#include <serval/schema/enumeration.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

namespace paint {
enum class Color { red, green, blue };
enum class Sparse : std::uint8_t { low = 3, high = 63 };
enum class Negative { below = -2, zero = 0, above = 2 };
enum class Code { ok = 200, not_found = 404 };
enum class Wire { first_class, second_class };
enum Plain { plain_a, plain_b };
enum class Switch : bool { off, on };
}  // namespace paint

template <>
inline constexpr serval::EnumRange serval::enum_range<paint::Negative> = {-5, 5};
template <>
inline constexpr serval::EnumRange serval::enum_range<paint::Code> = {200, 455};
template <>
inline constexpr std::array serval::enum_names<paint::Wire> = {serval::EnumName{paint::Wire::first_class, "1st"},
                                                               serval::EnumName{paint::Wire::second_class, "it's"}};

namespace enumeration_test {

enum class Hidden { one, two2 };

template <class E>
std::vector<std::pair<std::int64_t, std::string>> entries() {
  std::vector<std::pair<std::int64_t, std::string>> all;
  for (const auto& entry : serval::detail::enumerators<E>) all.emplace_back(entry.value, entry.name);
  return all;
}

using Entries = std::vector<std::pair<std::int64_t, std::string>>;

template <class T>
std::string faults_of(std::string_view text) {
  try {
    static_cast<void>(serval::decode_json<T>(text));
  } catch (const serval::DecodeError& error) {
    return serval::schema::to_json_text(error.issues());
  }
  return "none";
}

TEST(Enumeration, ReadsNamesFromTheCompiler) {
  EXPECT_EQ(entries<paint::Color>(), (Entries{{0, "red"}, {1, "green"}, {2, "blue"}}));
}

TEST(Enumeration, FindsValuesWithGaps) { EXPECT_EQ(entries<paint::Sparse>(), (Entries{{3, "low"}, {63, "high"}})); }

TEST(Enumeration, ReadsTypesWithoutExternalName) { EXPECT_EQ(entries<Hidden>(), (Entries{{0, "one"}, {1, "two2"}})); }

TEST(Enumeration, ReadsUnscopedEnumerationsWithoutUnderlyingType) {
  EXPECT_EQ(entries<paint::Plain>(), (Entries{{0, "plain_a"}, {1, "plain_b"}}));
}

TEST(Enumeration, ReadsTwoValuedTypes) { EXPECT_EQ(entries<paint::Switch>(), (Entries{{0, "off"}, {1, "on"}})); }

TEST(EnumRange, MovesTheSearch) {
  EXPECT_EQ(entries<paint::Negative>(), (Entries{{-2, "below"}, {0, "zero"}, {2, "above"}}));
  EXPECT_EQ(entries<paint::Code>(), (Entries{{200, "ok"}, {404, "not_found"}}));
}

TEST(EnumNames, ReplaceTheNames) { EXPECT_EQ(entries<paint::Wire>(), (Entries{{0, "1st"}, {1, "it's"}})); }

TEST(Enumeration, IsWrittenAndReadByName) {
  EXPECT_EQ(serval::encode_json(paint::Color::blue), R"("blue")");
  EXPECT_EQ(serval::decode_json<paint::Color>(R"("green")"), paint::Color::green);
  EXPECT_EQ(serval::decode_json<paint::Negative>(R"("below")"), paint::Negative::below);
  EXPECT_EQ(serval::encode_json(paint::Negative::below), R"("below")");
  EXPECT_EQ(serval::decode_json<paint::Code>(R"("not_found")"), paint::Code::not_found);
  EXPECT_EQ(serval::encode_json(paint::Wire::first_class), R"("1st")");
}

TEST(Enumeration, ListsWhatItExpects) {
  EXPECT_EQ(faults_of<paint::Color>(R"("Red")"),
            R"({"detail":[{"type":"enum","loc":[],"msg":"Input should be 'red', 'green' or 'blue'","input":"Red",)"
            R"("ctx":{"expected":"'red', 'green' or 'blue'"}}]})");
}

TEST(Enumeration, QuotesANameWithAnApostropheDoubly) {
  EXPECT_EQ(faults_of<paint::Wire>("1"),
            R"({"detail":[{"type":"enum","loc":[],"msg":"Input should be '1st' or \"it's\"","input":1,)"
            R"("ctx":{"expected":"'1st' or \"it's\""}}]})");
}

TEST(Enumeration, RefusesNumbersAndNull) {
  EXPECT_NE(faults_of<paint::Color>("0").find(R"("type":"enum")"), std::string::npos);
  EXPECT_NE(faults_of<paint::Color>("null").find(R"("type":"enum")"), std::string::npos);
}

TEST(Enumeration, ThrowsWhenAValueWithoutNameIsWritten) {
  EXPECT_THROW(static_cast<void>(serval::encode_json(static_cast<paint::Color>(7))), std::domain_error);
}

}  // namespace enumeration_test
