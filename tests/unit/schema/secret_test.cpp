// SPDX-License-Identifier: MIT
#include <serval/schema/secret.hpp>

#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/json_schema.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace secret_test {

using namespace serval;

struct Login {
  std::string name;
  Field<Secret<std::string>, min_length(3)> password;
};

template <class T>
concept Streams = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST(Secret, IsReadAndNotShown) {
  const auto login = decode_json<Login>(R"({"name":"ann","password":"engine"})");
  EXPECT_EQ(login.password.reveal(), "engine");
  EXPECT_EQ(encode_json(login), R"({"name":"ann","password":"**********"})");
  EXPECT_EQ(as_json(login.password), json("**********"));
}

TEST(Secret, CannotBeStreamedOrConverted) {
  EXPECT_FALSE(Streams<Secret<std::string>>);
  EXPECT_EQ(json(Secret<std::string>("hunter2")), json("**********"));
  EXPECT_FALSE((std::is_convertible_v<Secret<std::string>, std::string>));
}

TEST(Secret, ObeysRules) {
  EXPECT_EQ(serval::testing::words_of<Login>(R"({"name":"ann","password":"x"})"),
            "string_too_short: String should have at least 3 characters");
}

TEST(Secret, IsAPasswordInTheSchema) {
  EXPECT_EQ(schema_of<Login>()["properties"]["password"].dump(),
            R"({"type":"string","format":"password","writeOnly":true,"minLength":3,"title":"Password"})");
}

}  // namespace secret_test
