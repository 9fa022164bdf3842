// SPDX-License-Identifier: MIT
#include "auth/key_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tests/unit/auth/tokens.hpp"

namespace serval::key_set_test {

using detail::KeySet;
using ::testing::HasSubstr;

// The public keys of RFC 7515 appendix A.3 and RFC 8037 appendix A.2.
json ec_jwk() {
  return {{"kty", "EC"},
          {"crv", "P-256"},
          {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
          {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
}
json ed_jwk() { return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}; }
json with(json jwk, const char* name, json value) {
  jwk[name] = std::move(value);
  return jwk;
}
std::string set_of(std::vector<json> keys) { return schema::to_text(json{{"keys", std::move(keys)}}); }

std::string error_of_set(const std::string& text) {
  try {
    const KeySet set(text);
  } catch (const std::invalid_argument& fault) {
    return fault.what();
  }
  return "no error";
}

TEST(KeySet, FindsAKeyByItsIdOnly) {
  const KeySet set(set_of({with(ec_jwk(), "kid", "a"), with(ed_jwk(), "kid", "b")}));
  EXPECT_NE(set.find(es256, "a"), nullptr);
  EXPECT_NE(set.find(eddsa, "b"), nullptr);
  EXPECT_EQ(set.find(es256, "b"), nullptr);  // the key of that id is for another algorithm
  EXPECT_EQ(set.find(es256, "c"), nullptr);
  EXPECT_EQ(set.find(es256, ""), nullptr);
}

TEST(KeySet, AKeyWithoutAnIdIsNotForTokensWithOne) {
  const KeySet set(set_of({ec_jwk()}));
  EXPECT_EQ(set.find(es256, "any"), nullptr);
  EXPECT_NE(set.find(es256, std::nullopt), nullptr);
}

TEST(KeySet, WithoutAnIdExactlyOneKeyMustFit) {
  const KeySet one(set_of({with(ec_jwk(), "kid", "a"), with(ed_jwk(), "kid", "b")}));
  EXPECT_NE(one.find(es256, std::nullopt), nullptr);
  const KeySet two(set_of({with(ec_jwk(), "kid", "a"), with(ec_jwk(), "kid", "b")}));
  EXPECT_EQ(two.find(es256, std::nullopt), nullptr);
  EXPECT_NE(two.find(es256, "b"), nullptr);
}

TEST(KeySet, AnIdOfTwoKeysMustFitOne) {
  const KeySet kinds(set_of({with(ec_jwk(), "kid", "a"), with(ed_jwk(), "kid", "a")}));
  EXPECT_NE(kinds.find(es256, "a"), nullptr);
  EXPECT_NE(kinds.find(es256, "a"), kinds.find(eddsa, "a"));
  const KeySet same(set_of({with(ec_jwk(), "kid", "a"), with(ec_jwk(), "kid", "a")}));
  EXPECT_EQ(same.find(es256, "a"), nullptr);
}

TEST(KeySet, OneKeyWithAnIdIsForTokensWithThatIdOrNone) {
  const auto key = [](std::optional<std::string> id) {
    return KeySet(detail::KeyEntry{
        .key = detail::read_public_key(auth_tests::key_pair(es256).public_pem), .id = std::move(id), .algorithm = {}});
  };
  EXPECT_NE(key("a").find(es256, "a"), nullptr);
  EXPECT_NE(key("a").find(es256, std::nullopt), nullptr);
  EXPECT_EQ(key("a").find(es256, "b"), nullptr);
  EXPECT_NE(key(std::nullopt).find(es256, "b"), nullptr);
}

TEST(KeySet, AKeyIsOnlyForItsOwnAlgorithm) {
  const KeySet set(set_of({with(ec_jwk(), "alg", "ES256")}));
  EXPECT_NE(set.find(es256, std::nullopt), nullptr);
  for (const JwtAlgorithm other : {hs256, rs256, ps256, es384, es512, eddsa}) EXPECT_FALSE(set.fits(other));
  const KeySet other(set_of({with(ec_jwk(), "alg", "ES384"), ed_jwk()}));
  EXPECT_FALSE(other.fits(es256));
  EXPECT_FALSE(other.fits(es384));
}

TEST(KeySet, SkipsKeysForOtherUses) {
  const std::vector<json> skipped{with(ec_jwk(), "use", "enc"),
                                  with(ec_jwk(), "key_ops", {"sign"}),
                                  with(ec_jwk(), "alg", "ECDH-ES"),
                                  with(ec_jwk(), "crv", "secp256k1"),
                                  with(ed_jwk(), "crv", "X25519"),
                                  with(ec_jwk(), "kty", "new"),
                                  {{"kty", "oct"}, {"k", "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T"}}};
  for (const json& jwk : skipped) {
    EXPECT_EQ(error_of_set(set_of({jwk})), "it has no key for verifying signatures") << jwk;
    EXPECT_EQ(error_of_set(set_of({jwk, ed_jwk()})), "no error") << jwk;
  }
  EXPECT_TRUE(KeySet(set_of({with(ec_jwk(), "use", "sig")})).fits(es256));
  EXPECT_TRUE(KeySet(set_of({with(ec_jwk(), "key_ops", {"verify", "sign"})})).fits(es256));
}

TEST(KeySet, NeverReadsThePrivateHalf) {
  const KeySet set(set_of({with(ec_jwk(), "d", "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")}));
  EXPECT_FALSE(set.find(es256, std::nullopt)->can_sign());
}

TEST(KeySet, RefusesKeysThatAreMalformedOrWeak) {
  const json rsa{{"kty", "RSA"}, {"n", detail::base64url('\xFF' + std::string(127, 'x') + '\x01')}, {"e", "AQAB"}};
  const std::string long_n = detail::base64url('\xFF' + std::string(255, 'x'));
  EXPECT_THAT(error_of_set(set_of({ed_jwk(), rsa})), HasSubstr("key 1: it has 1032 bits"));
  EXPECT_THAT(error_of_set(set_of({with(with(rsa, "n", long_n), "e", "AQ")})),
              HasSubstr("exponent is not an odd number"));
  EXPECT_THAT(error_of_set(set_of({with(with(rsa, "n", long_n), "e", "Ag")})),
              HasSubstr("exponent is not an odd number"));
  EXPECT_THAT(error_of_set(set_of({with(rsa, "n", "n=")})), HasSubstr("n is not base64url"));
  EXPECT_THAT(error_of_set(set_of({with(ec_jwk(), "x", "AQAB")})), HasSubstr("the length of its curve"));
  EXPECT_THAT(error_of_set(set_of({with(ec_jwk(), "y", ec_jwk()["x"])})), HasSubstr("key 0: it is not a valid key"));
  EXPECT_THAT(error_of_set(set_of({with(ed_jwk(), "x", "AQAB")})), HasSubstr("the length of its curve"));
  EXPECT_THAT(error_of_set(set_of({with(ec_jwk(), "kid", 1)})), HasSubstr("kid is not a text"));
  EXPECT_THAT(error_of_set(set_of({json(1)})), HasSubstr("it is not an object"));
}

TEST(KeySet, HasLimits) {
  EXPECT_EQ(error_of_set(set_of(std::vector<json>(100, ed_jwk()))), "no error");
  EXPECT_EQ(error_of_set(set_of(std::vector<json>(101, ed_jwk()))), "it has more than 100 keys");
  EXPECT_EQ(error_of_set(set_of({with(ed_jwk(), "x5c", std::string(256 * 1024, 'x'))})), "it is larger than 256 KiB");
  EXPECT_EQ(error_of_set(set_of({})), "it has no key for verifying signatures");
  for (const char* text : {"{}", "[]", R"({"keys":{}})", "1"}) {
    EXPECT_THAT(error_of_set(text), HasSubstr("it is not a JSON Web Key Set")) << text;
  }
  EXPECT_THAT(error_of_set("{"), HasSubstr("line 1"));
}

}  // namespace serval::key_set_test
