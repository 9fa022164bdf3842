// SPDX-License-Identifier: MIT
#include "auth/token_parser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "auth/base64url.hpp"

namespace serval::token_parser_test {

using detail::base64url;
using detail::parse_token;
using detail::ParsedToken;

constexpr std::size_t limit = 8 * 1024;

std::string refusal_of(std::string_view token) {
  ParsedToken parsed;
  return std::string(parse_token(token, limit, parsed));
}
std::string refusal_of_header(std::string_view header) { return refusal_of(base64url(header) + ".e30.c2ln"); }

TEST(TokenParser, TakesATokenApart) {
  const std::string token = base64url(R"({"alg":"ES256","kid":"k1","typ":"at+jwt","x5t":"?"})") + ".e30.c2ln";
  ParsedToken parsed;
  EXPECT_EQ(parse_token(token, limit, parsed), "");
  EXPECT_EQ(parsed.signing_input, token.substr(0, token.rfind('.')));
  EXPECT_EQ(parsed.algorithm, "ES256");
  EXPECT_EQ(parsed.key_id, "k1");
  EXPECT_EQ(parsed.type, "at+jwt");
  EXPECT_EQ(parsed.payload, "{}");
  EXPECT_EQ(parsed.signature, "sig");
}

TEST(TokenParser, RefusesATokenBeyondTheLimit) {
  const std::string token = base64url(R"({"alg":"HS256"})") + ".e30." + std::string(4, 'A');
  ParsedToken parsed;
  EXPECT_EQ(parse_token(token, token.size(), parsed), "");
  EXPECT_EQ(parse_token(token, token.size() - 1, parsed), "the token is too long");
}

TEST(TokenParser, RefusesOtherNumbersOfDots) {
  for (const char* token : {"", "a", "e30.e30", "e30.e30.e30.e30", "e30.e30.e30.e30.e30"}) {
    EXPECT_EQ(refusal_of(token), "the token does not have three parts") << token;
  }
}

TEST(TokenParser, RefusesLooseBase64) {
  const std::string header = base64url(R"({"alg":"HS256"})");
  for (const std::string& token :
       {header + "=.e30.c2ln", header + ".e30=.c2ln", header + ".e30.c2ln=", header + ".e30. c2ln",
        header + ".e31.c2l/", header + ".e3.c2ln", header + ".e30.c2lnA"}) {
    EXPECT_EQ(refusal_of(token), "the token is not base64url") << token;
  }
}

TEST(TokenParser, RefusesAHeaderThatIsNoPlainObject) {
  for (const char* header : {"", "null", "[]", R"(["alg"])", R"("alg")", R"( {"alg":"HS256"})", R"({"alg":"HS256")",
                             "\xEF\xBB\xBF{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\",\"x\":\"\xFF\"}"}) {
    EXPECT_EQ(refusal_of_header(header), "the header of the token is not an object with different members") << header;
  }
  const std::string deep = R"({"alg":"HS256","x":)" + std::string(100, '[') + std::string(100, ']') + "}";
  EXPECT_EQ(refusal_of_header(deep), "the header of the token is not an object with different members");
}

TEST(TokenParser, RefusesRepeatedMembers) {
  for (const char* header : {R"({"alg":"none","alg":"HS256"})", R"({"alg":"HS256","al\u0067":"none"})",
                             R"({"alg":"HS256","x":1,"y":2,"x":1})"}) {
    EXPECT_EQ(refusal_of_header(header), "the header of the token is not an object with different members") << header;
  }
  EXPECT_EQ(refusal_of_header(R"({"alg":"HS256","x":{"alg":1}})"), "");
  std::string many = R"({"alg":"HS256")";  // more members than are compared one by one
  for (int i = 0; i < 100; ++i) many += ",\"m" + std::to_string(i) + "\":1";
  EXPECT_EQ(refusal_of_header(many + '}'), "");
  EXPECT_NE(refusal_of_header(many + R"(,"m7":2})"), "");
}

TEST(TokenParser, RefusesCrit) {
  for (const char* crit : {R"(["exp"])", "[]", "null", R"("b64")"}) {
    EXPECT_EQ(refusal_of_header(std::string(R"({"alg":"HS256","b64":false,"crit":)") + crit + "}"),
              "the header of the token has crit");
  }
}

TEST(TokenParser, RefusesMembersThatAreNoTexts) {
  EXPECT_EQ(refusal_of_header("{}"), "the header of the token has no alg");
  EXPECT_EQ(refusal_of_header(R"({"alg":256})"), "the header of the token has no alg");
  EXPECT_EQ(refusal_of_header(R"({"alg":"HS256","kid":1})"), "the kid of the token is not a text");
  EXPECT_EQ(refusal_of_header(R"({"alg":"HS256","typ":["JWT"]})"), "the typ of the token is not a text");
}

}  // namespace serval::token_parser_test
