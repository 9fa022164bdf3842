// SPDX-License-Identifier: MIT
#include <serval/schema/literal.hpp>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

namespace literal_test {

using namespace serval;
using Animal = Literal<"cat", "dog">;
using Version = Literal<1, 2>;
using Huge = Literal<9007199254740993>;

template <class T>
std::string faults_of(std::string_view text) {
  try {
    static_cast<void>(decode_json<T>(text));
  } catch (const DecodeError& error) {
    return schema::to_json_text(error.issues());
  }
  return "none";
}

TEST(Literal, IsItsFirstValueByDefault) {
  EXPECT_EQ(Animal().text(), "cat");
  EXPECT_EQ(Version().integer(), 1);
}

TEST(Literal, ComparesWithTexts) {
  const Animal animal = "dog";
  EXPECT_TRUE(animal == "dog");
  EXPECT_FALSE(animal == "cat");
  EXPECT_TRUE("dog" == animal);
  EXPECT_TRUE(animal != "cat");
  EXPECT_TRUE(animal == std::string("dog"));
  EXPECT_EQ(animal, Animal("dog"));
  EXPECT_EQ(animal.index(), 1U);
}

TEST(Literal, IsKnownWhileCompiling) {
  static_assert(Animal("dog").index() == 1);
  static_assert(Version().integer() == 1);
}

TEST(Literal, ThrowsAtATextThatIsNoneOfItsValues) {
  const std::string text = "cow";
  EXPECT_THROW(Animal{std::string_view(text)}, std::invalid_argument);
}

TEST(Literal, IsReadAndWritten) {
  EXPECT_EQ(encode_json(decode_json<Animal>(R"("dog")")), R"("dog")");
  EXPECT_EQ(encode_json(decode_json<Version>("2")), "2");
}

TEST(Literal, TakesWhatEqualsAnInteger) {
  EXPECT_EQ(decode_json<Version>("2.0").integer(), 2);
  EXPECT_EQ(decode_json<Version>("true").integer(), 1);
}

TEST(Literal, TellsBigIntegersApart) {
  EXPECT_EQ(decode_json<Huge>("9007199254740993").index(), 0U);
  EXPECT_NE(faults_of<Huge>("9007199254740992"), "none");
}

TEST(Literal, NeverTakesATextForAnInteger) {
  EXPECT_EQ(faults_of<Version>(R"("1")"),
            R"({"detail":[{"type":"literal_error","loc":[],"msg":"Input should be 1 or 2","input":"1",)"
            R"("ctx":{"expected":"1 or 2"}}]})");
}

TEST(Literal, TakesTextsExactly) {
  EXPECT_EQ(faults_of<Animal>(R"("Cat")"),
            R"({"detail":[{"type":"literal_error","loc":[],"msg":"Input should be 'cat' or 'dog'","input":"Cat",)"
            R"("ctx":{"expected":"'cat' or 'dog'"}}]})");
}

TEST(Literal, RefusesNullListsAndObjects) {
  for (const char* text : {"null", "[]", "{}", "false"})
    EXPECT_NE(faults_of<Animal>(text).find("literal_error"), std::string::npos) << text;
}

}  // namespace literal_test
