// SPDX-License-Identifier: MIT
// Sealed cookies as texts.
#include "auth/session_seal.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include <serval/auth/session_options.hpp>

#include "auth/base64url.hpp"

namespace serval::detail {

namespace {

using std::chrono::seconds;

const SecretKey first = SecretKey::from_text(std::string(32, 'a'));
const SecretKey second = SecretKey::from_text(std::string(32, 'b'));

SessionSeal seal_with(std::initializer_list<SessionKey> keys, const std::string& name = "session") {
  return SessionSeal(SessionKeys(keys).list(), name);
}

const SessionRecord record{.issued = seconds(1), .seen = seconds(253'402'300'799), .json = R"({"a":1})"};

bool opens(const SessionSeal& seal, std::string_view value) { return seal.open(value).has_value(); }

TEST(SessionSeal, OpensWhatItSeals) {
  const SessionSeal seal = seal_with({first});
  const auto opened = seal.open(seal.seal(record));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->issued, record.issued);
  EXPECT_EQ(opened->seen, record.seen);
  EXPECT_EQ(opened->json, record.json);
}

TEST(SessionSeal, HasTheFormOfTheFirstVersion) {
  std::string bytes;
  ASSERT_TRUE(decode_base64url(seal_with({first}).seal(record), bytes));
  // Version, number of the key, nonce, two times and the text, tag.
  EXPECT_EQ(bytes.size(), 1 + 1 + 24 + 16 + record.json.size() + 16);
  EXPECT_EQ(bytes[0], 1);
  EXPECT_EQ(bytes.find(record.json), std::string::npos);
}

TEST(SessionSeal, HasANewNonceEachTime) {
  const SessionSeal seal = seal_with({first});
  std::string a;
  std::string b;
  ASSERT_TRUE(decode_base64url(seal.seal(record), a));
  ASSERT_TRUE(decode_base64url(seal.seal(record), b));
  EXPECT_NE(a.substr(2, 24), b.substr(2, 24));
  EXPECT_NE(a.substr(26), b.substr(26));
}

TEST(SessionSeal, AChangeOfAnyBitIsRefused) {
  const SessionSeal seal = seal_with({first});
  std::string bytes;
  ASSERT_TRUE(decode_base64url(seal.seal(record), bytes));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_FALSE(opens(seal, base64url(changed))) << at;
    }
  }
  EXPECT_TRUE(opens(seal, base64url(bytes)));
}

TEST(SessionSeal, AChangeOfAnyCharacterIsRefused) {
  const SessionSeal seal = seal_with({first});
  const std::string value = seal.seal(record);
  for (std::size_t at = 0; at < value.size(); ++at) {
    for (const char other : std::string("A9-_=+/ \n\0\xff", 11)) {
      std::string changed = value;
      changed[at] = other;
      if (changed != value) {
        EXPECT_FALSE(opens(seal, changed)) << at;
      }
    }
  }
}

TEST(SessionSeal, OtherLengthsAreRefused) {
  const SessionSeal seal = seal_with({first});
  const std::string value = seal.seal(record);
  for (std::size_t length = 0; length < value.size(); ++length) EXPECT_FALSE(opens(seal, value.substr(0, length)));
  EXPECT_FALSE(opens(seal, value + "A"));
  EXPECT_FALSE(opens(seal, value + "=="));
  EXPECT_FALSE(opens(seal, value + value));
  EXPECT_FALSE(opens(seal, std::string(1'000'000, 'A')));
}

TEST(SessionSeal, BelongsToTheNameOfTheCookie) {
  EXPECT_FALSE(opens(seal_with({first}, "b"), seal_with({first}, "a").seal(record)));
  EXPECT_TRUE(opens(seal_with({first}, "a"), seal_with({first}, "a").seal(record)));
}

TEST(SessionSeal, AllKeysOpenAndTheFirstOneSeals) {
  const SessionSeal both = seal_with({first, second});
  EXPECT_TRUE(opens(both, seal_with({second}).seal(record)));
  EXPECT_TRUE(opens(seal_with({first}), both.seal(record)));
  EXPECT_FALSE(opens(seal_with({second}), both.seal(record)));
}

TEST(SessionSeal, TheNumberOfAKeyDoesNotDependOnItsPlace) {
  const std::string old = seal_with({second}).seal(record);
  const SecretKey third = SecretKey::random();
  EXPECT_TRUE(opens(seal_with({third, first, second}), old));
  EXPECT_FALSE(opens(seal_with({third, first}), old));
}

TEST(SessionSeal, KeysWithTheSameNumberAreAllTried) {
  // Among 300 keys, some of the 256 numbers occur twice.
  std::vector<SecretKey> keys;
  for (int i = 0; i < 300; ++i) keys.push_back(SecretKey::from_text(std::string(32, 'k') + std::to_string(i)));
  const SessionSeal all(keys, "session");
  for (const SecretKey& key : keys) EXPECT_TRUE(opens(all, seal_with({key}).seal(record)));
}

TEST(SessionSeal, RefusesWhatIsTooLargeForACookie) {
  const SessionSeal seal = seal_with({first});
  // 3800 characters are 2850 bytes, 58 of which are not the text.
  const auto sealed = [&](std::size_t bytes) {
    return seal.seal({.issued = seconds(1), .seen = seconds(1), .json = std::string(bytes, 'a')});
  };
  EXPECT_EQ(sealed(2792).size(), 3800U);
  EXPECT_TRUE(opens(seal, sealed(2792)));
  try {
    static_cast<void>(sealed(2793));
    ADD_FAILURE();
  } catch (const std::length_error& error) {
    EXPECT_STREQ(error.what(),
                 "a session of 2793 bytes of JSON does not fit into a cookie: sealed it has 3802 bytes, and at most "
                 "3800 are allowed; keep less in it, or give Sessions a .store");
  }
}

TEST(SessionRecord, IsReadFromItsBytesOnly) {
  const std::string bytes = to_bytes(record);
  EXPECT_EQ(bytes.size(), 16 + record.json.size());
  ASSERT_TRUE(read_session_record(bytes));
  EXPECT_EQ(to_bytes(*read_session_record(bytes)), bytes);
  EXPECT_FALSE(read_session_record(bytes.substr(0, 15)));
  EXPECT_FALSE(read_session_record(""));
  EXPECT_FALSE(read_session_record(std::string(16, '\xff')));  // before 1970
  EXPECT_FALSE(read_session_record(to_bytes({.issued = seconds(1), .seen = seconds(253'402'300'800), .json = {}})));
}

}  // namespace

}  // namespace serval::detail
