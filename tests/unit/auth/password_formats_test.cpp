// SPDX-License-Identifier: MIT
// Hashes of "correct horse" that Python's hashlib and crypt made.
#include "auth/password_formats.hpp"

#include <gtest/gtest.h>

#include <string>

#include "auth/crypt_hash.hpp"
#include "tests/unit/auth/cpu_time.hpp"

namespace serval::password_formats_test {

using detail::HashMatch;
using detail::is_old_hash;
using detail::match_old_hash;

bool matches_old_hash(const std::string& password, const std::string& stored) {
  return match_old_hash(password, stored) == HashMatch::match;
}

const char* const hashes[] = {
    "$pbkdf2$1000$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU",
    "$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2FsdA$BBs.1.PaslLtBPULUr8/lQicvVuHiEPMz0i8MjLCbzM",
    "$pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2FsdA$EHLBej.uEvxlmr0QnHnceg1vM6h1wbwSP5XErh3SmizNDWZsIi28RPGAR"
    "e0EssjGRoiACzxgHjNvqwJY1zxKig",
    "pbkdf2_sha256$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
    "pbkdf2_sha1$1000$saltsalt$wQoBU7GXMNo2CJC+raijrf6key4=",
    "pbkdf2:sha256:1000$saltsalt$a900cf4996b73ab9b2cbda0ad4fbb464b2f03f64afce6c77caef0ebc376afc9d",
    "pbkdf2:sha512:1000$saltsalt$fac5120fc8f0e1ff27b3b9bd6fb923f0f7892def252573bc026d3d04b80eefd9124fd0ff"
    "2236b968a20d185e5783b864297c35f9f361073cc93f77885dc597c3",
    "pbkdf2:sha1:1000$saltsalt$c10a0153b19730da360890beada8a3adfea47b2e",
    "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI",
    "scrypt:1024:8:1$saltsalt$646792c2ba294af1202d0535a6396d20d2ab46f9840529e885da985d47b9119f255fcdfd85e"
    "f17967bb51e6eaf060f14d1d8a4e461dfcd7bb56b1d9aa486025d",
    "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
    "$y$j75$saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B",
    "$6$rounds=1000$saltsalt$4GMtaIz3E1AdDi2SmCokEW0ehi.HdxNDcL3fGE1XXuzvo6kbx7UOloZKONqEk5H3JrQA4NOfU8Bm"
    "qFPrpGqwA1",
    "$5$rounds=1000$saltsalt$R6e4P8ccT9iMqkYg7Z8YtpId/lfsIfnuPkp8WXposU8",
    "$7$8U..../....saltsalt$Av/dt2DVCpm9FcnS5WztnXkRWbep/X95BbkuUEAZG55",
    "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
};
const std::string password = "correct horse";

TEST(PasswordFormats, MatchTheirPassword) {
  for (const char* hash : hashes) {
    EXPECT_TRUE(is_old_hash(hash)) << hash;
    EXPECT_TRUE(matches_old_hash(password, hash)) << hash;
  }
}

TEST(PasswordFormats, MatchNoOtherPassword) {
  for (const char* hash : hashes) {
    for (const std::string& other : {std::string("correct horsf"), std::string("correct hors"), password + ' ',
                                     password + std::string(1, '\0'), std::string("x")}) {
      EXPECT_FALSE(matches_old_hash(other, hash)) << hash << other;
    }
  }
}

TEST(PasswordFormats, MatchNothingIfTheyAreMalformed) {
  for (const std::string hash : hashes) {
    const std::size_t length = hash.find_last_not_of('=') + 1;  // padding does not matter
    for (std::size_t size = 0; size < length; ++size) {
      ASSERT_FALSE(matches_old_hash(password, hash.substr(0, size))) << hash << size;
    }
    EXPECT_FALSE(matches_old_hash(password, hash + "!")) << hash;
  }
  for (const char* hash :
       {"$pbkdf2-md5$1000$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU", "$pbkdf2$0$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU",
        "$pbkdf2$-1$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU", "$pbkdf2$1000x$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU",
        "$pbkdf2$99999999999$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU", "pbkdf2:sha256:1000$salt$a900",
        "scrypt:1000:8:1$s$a9", "pbkdf2:sha256$salt$a900cf4996b73ab9b2cbda0ad4fbb464",
        "scrypt:1024:8$s$646792c2ba294af1202d0535a6396d20", "$scrypt$ln=99,r=8,p=1$c2FsdA$A9lBa6RTbfBovWqamVIqXA",
        "$scrypt$r=8,ln=10,p=1$c2FsdA$A9lBa6RTbfBovWqamVIqXA", "$2b$", "$y$", "$6$", "$2b$04$abc"}) {
    EXPECT_FALSE(matches_old_hash(password, hash)) << hash;
  }
}

TEST(PasswordFormats, ComputeNothingIfTheCostIsExtreme) {
  const std::string hash = "$c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI";
  // Computed, each of them would take seconds.
  const double seconds = auth_tests::seconds_of([&] {
    for (const std::string& stored :
         {std::string("$pbkdf2$10000001$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU"), "$scrypt$ln=20,r=9,p=1" + hash,
          "$scrypt$ln=10,r=8,p=1025" + hash, "$scrypt$ln=30,r=8,p=1" + hash, "$scrypt$ln=10,r=0,p=1" + hash,
          "$scrypt$ln=10,r=18446744073709551615,p=1" + hash,
          std::string("$2b$17$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"),
          std::string("$2y$31$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"),
          std::string("$6$rounds=10000001$saltsalt$4GMtaIz3E1AdDi2SmCokEW0ehi"),
          std::string("$5$rounds=999999999$saltsalt$R6e4P8ccT9iMqkYg7Z8YtpId"),
          std::string("$5$rounds=99999999999999999999999$saltsalt$R6e4P8ccT9"),
          std::string("$7$KU..../....saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"),
          std::string("$7$zU..../....saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"),
          std::string("$7$CU....zzzzzsaltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"),
          std::string("$y$jGT$saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"),
          std::string("$y$jzT$saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"),
          std::string("$y$j750.$saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B")}) {
      EXPECT_EQ(match_old_hash(password, stored), HashMatch::not_computed) << stored;
    }
  });
  EXPECT_LT(seconds, 0.5);
}

TEST(PasswordFormats, ComputeNothingIfTheyAreMalformed) {
  for (const char* hash : {"$pbkdf2-md5$1000$c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU", "pbkdf2:sha256:1000$salt$a900",
                           "scrypt:1000:8:1$s$a9", "$scrypt$ln=10", "$2b$", "$2b$04$abc", "$y$", "$y$j", "$y$j75",
                           "$7$", "$7$CU....", "$7$CU..../....", "$5$rounds=", "$6$rounds=x$salt$hash"}) {
    EXPECT_EQ(match_old_hash(password, hash), HashMatch::not_computed) << hash;
  }
}

TEST(PasswordFormats, ComputeNothingForAPasswordOutOfTheirRange) {
  for (const std::string hash : hashes) {
    EXPECT_EQ(match_old_hash("x", hash), HashMatch::mismatch) << hash;
    EXPECT_EQ(match_old_hash(std::string("x\0", 2), hash), HashMatch::not_computed) << hash;
    if (detail::is_of_crypt(hash)) {
      EXPECT_EQ(match_old_hash(std::string(512, 'x'), hash), HashMatch::not_computed) << hash;
    }
  }
}

TEST(PasswordFormats, BcryptDoesNotCutAPassword) {
  const std::string hash = "$2b$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe";  // of 72 letters
  EXPECT_TRUE(matches_old_hash(std::string(72, 'a'), hash));
  EXPECT_EQ(match_old_hash(std::string(73, 'a'), hash), HashMatch::not_computed);  // crypt compares only 72 bytes
}

TEST(PasswordFormats, AreNotThoseOfArgon2OrOfNothing) {
  for (const char* hash :
       {"", "plain", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "$1$salt$hash", "*", "!", "x"}) {
    EXPECT_FALSE(is_old_hash(hash)) << hash;
  }
}

}  // namespace serval::password_formats_test
