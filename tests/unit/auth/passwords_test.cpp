// SPDX-License-Identifier: MIT
#include <serval/auth/passwords.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <serval/http/unavailable.hpp>
#include <serval/task.hpp>

#include "auth/argon2_hash.hpp"
#include "tests/unit/auth/cpu_time.hpp"
#include "tests/unit/support/setup_error.hpp"
#include "tests/wire/support/process.hpp"

namespace serval::passwords_test {

using auth_tests::least_seconds_of;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::size_t mib = 1024 * 1024;
const PasswordOptions cheap{.memory = 7 * mib, .passes = 1};

template <class F>
int status_of(F call) {
  try {
    call();
  } catch (const HttpError& error) {
    return error.status();
  }
  return 200;
}

TEST(Passwords, HashesWithArgon2idAndASalt) {
  const Passwords passwords(cheap);
  const std::string hash = wait(passwords.hash("correct horse"));
  EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=7168,t=1,p=1$"));
  EXPECT_NE(hash, wait(passwords.hash("correct horse")));
}

TEST(Passwords, HasOwaspsDefaults) {
  EXPECT_THAT(Passwords().hash_blocking("correct horse"), StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(Passwords, VerifiesItsHashes) {
  const Passwords passwords(cheap);
  const std::string hash = wait(passwords.hash("correct horse"));
  const PasswordCheck right = wait(passwords.verify("correct horse", hash));
  EXPECT_TRUE(right.ok);
  EXPECT_EQ(right.new_hash, std::nullopt);
  const PasswordCheck wrong = wait(passwords.verify("correct hors", hash));
  EXPECT_FALSE(wrong.ok);
  EXPECT_EQ(wrong.new_hash, std::nullopt);
}

TEST(Passwords, BlockingFunctionsDoTheSame) {
  const Passwords passwords(cheap);
  const std::string hash = passwords.hash_blocking("correct horse");
  EXPECT_TRUE(passwords.verify_blocking("correct horse", hash).ok);
  EXPECT_FALSE(passwords.verify_blocking("other", hash).ok);
  EXPECT_FALSE(passwords.verify_blocking("other", std::nullopt).ok);
  EXPECT_TRUE(wait(passwords.verify("correct horse", hash)).ok);
}

TEST(Passwords, GivesANewHashIfTheOptionsHaveChanged) {
  const std::string old_hash = Passwords(cheap).hash_blocking("correct horse");
  for (const PasswordOptions& options :
       {PasswordOptions{.memory = 7 * mib, .passes = 2}, PasswordOptions{.memory = 8 * mib, .passes = 1}}) {
    const Passwords passwords(options);
    const PasswordCheck check = passwords.verify_blocking("correct horse", old_hash);
    EXPECT_TRUE(check.ok);
    ASSERT_TRUE(check.new_hash.has_value());
    EXPECT_EQ(passwords.verify_blocking("correct horse", check.new_hash).new_hash, std::nullopt);
    EXPECT_EQ(passwords.verify_blocking("other", old_hash).new_hash, std::nullopt);
  }
}

TEST(Passwords, ReplacesHashesOfOtherAlgorithms) {
  const Passwords passwords(cheap);
  // Of argon2i and PBKDF2, made by the program argon2 and by Python. password_formats_test has the other forms.
  for (const std::string& hash :
       {std::string("$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$TSWXQupParD7p4pi1ivxCVZCrQyRPRrHhlEd8pbeRw8"),
        std::string("$pbkdf2$1000$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU")}) {
    const PasswordCheck check = wait(passwords.verify("correct horse", hash));
    EXPECT_TRUE(check.ok) << hash;
    EXPECT_THAT(check.new_hash.value_or("none"), StartsWith("$argon2id$")) << hash;
    EXPECT_FALSE(wait(passwords.verify("other", hash)).ok) << hash;
  }
}

TEST(Passwords, VerifiesHashesWithSeveralLanes) {
  // Made by the program argon2.
  const std::string hash =
      "$argon2id$v=19$m=8192,t=2,p=4$c2FsdHNhbHRzYWx0c2FsdA$TmJsGilaZYzaT2j+wMDqA6axujQ6n/rKmTyGyodBuH8";
  const Passwords passwords({.memory = 8 * mib, .passes = 2});
  const PasswordCheck check = passwords.verify_blocking("correct horse", hash);
  EXPECT_TRUE(check.ok);
  EXPECT_THAT(check.new_hash.value_or("none"), HasSubstr(",p=1$"));  // new hashes have one lane
  EXPECT_FALSE(passwords.verify_blocking("other", hash).ok);
}

TEST(Passwords, AHashThatCannotBeReadIsNoMatch) {
  const Passwords passwords(cheap);
  for (const char* stored : {"", "correct horse", "!", "$argon2id$", "$argon2id$v=19$m=7168,t=1,p=1$x$y", "$9$a$b"}) {
    const PasswordCheck check = passwords.verify_blocking("correct horse", std::string(stored));
    EXPECT_FALSE(check.ok) << stored;
    EXPECT_EQ(check.new_hash, std::nullopt) << stored;
  }
}

TEST(Passwords, UsersWhoDoNotExistCostTheSame) {
  const Passwords passwords({.memory = 32 * mib, .passes = 2});
  const std::string hash = passwords.hash_blocking("correct horse");
  const double known = least_seconds_of([&] { (void)passwords.verify_blocking("other", hash); });
  const double unknown = least_seconds_of([&] { (void)passwords.verify_blocking("other", std::nullopt); });
  EXPECT_GT(unknown, known / 2);
  EXPECT_LT(unknown, known * 2);
}

struct Uncomputed {
  std::string password;
  std::string stored;
};

/// Checks that are decided at once.
std::vector<Uncomputed> uncomputed_checks() {
  const std::string pbkdf2 = "$pbkdf2$1000$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU";
  const std::string bcrypt = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
  const std::string sha = "$5$rounds=1000$saltsalt$R6e4P8ccT9iMqkYg7Z8YtpId/lfsIfnuPkp8WXposU8";
  const std::string end = "$c2FsdHNhbHRzYWx0c2FsdA$TmJsGilaZYzaT2j+wMDqA6axujQ6n/rKmTyGyodBuH8";
  return {{std::string("x\0", 2), pbkdf2},
          {std::string("x\0", 2), bcrypt},
          {std::string(73, 'x'), bcrypt},
          {std::string(512, 'x'), sha},
          {"x", ""},
          {"x", "!"},
          {"x", "$2b$"},
          {"x", "$2b$31$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"},
          {"x", "$pbkdf2$1000$c2FsdA"},
          {"x", "$scrypt$ln=99,r=8,p=1$c2FsdA$A9lBa6RTbfBovWqamVIqXA"},
          {"x", "$argon2id$"},
          {"x", "$argon2id$v=19$m=7168,t=1,p=1$x$y"},
          {"x", "$argon2id$v=19$m=8192,t=2,p=1" + end + "!"},
          {"x", "$argon2id$v=19$m=8192,t=2,p=1$c2FsdA$c2FsdA"},
          {"x", "$argon2id$v=19$m=0,t=1,p=1" + end},
          {"x", "$argon2id$v=19$m=8192,t=0,p=1" + end},
          {"x", "$argon2id$v=19$m=8,t=1,p=0" + end},
          {"x", "$argon2id$v=16$m=8192,t=2,p=1" + end},
          {"x", "$argon2id$v=19$m=1048577,t=1,p=1" + end},     // more than 1 GiB
          {"x", "$argon2id$v=19$m=8192,t=513,p=1" + end},      // passes over more than 4 GiB
          {"x", "$argon2i$v=19$m=1048576,t=5,p=1" + end},      // likewise
          {"x", "$argon2id$v=19$m=4294967296,t=1,p=1" + end},  // more than 32 bits
          {"x", "$argon2id$v=19$m=4294967295,t=4294967295,p=1" + end}};
}

TEST(Passwords, UsersWithAHashThatIsNotComputedCostAsMuchAsUnknownOnes) {
  const Passwords passwords({.memory = 32 * mib, .passes = 2});
  const double unknown = least_seconds_of([&] { (void)passwords.verify_blocking("x", std::nullopt); });
  for (const Uncomputed& each : uncomputed_checks()) {
    const double seconds =
        least_seconds_of([&] { EXPECT_FALSE(passwords.verify_blocking(each.password, each.stored).ok); });
    EXPECT_GT(seconds, unknown / 2) << each.stored;
    EXPECT_LT(seconds, unknown * 2) << each.stored;
  }
}

TEST(Passwords, TheirOwnOptionsRaiseTheLimitsOfHashes) {
  const std::string hash =
      "$argon2id$v=19$m=8192,t=513,p=1$c2FsdHNhbHRzYWx0c2FsdA$TmJsGilaZYzaT2j+wMDqA6axujQ6n/rKmTyGyodBuH8";
  EXPECT_EQ(detail::match_argon2("x", hash, {.memory = 8 * mib, .passes = 512}), detail::HashMatch::not_computed);
  EXPECT_EQ(detail::match_argon2("x", hash, {.memory = 8 * mib, .passes = 513}), detail::HashMatch::mismatch);
}

/// Lets the process have only so much more memory.
class MemoryLimit {
 public:
  explicit MemoryLimit(std::size_t bytes) {
    getrlimit(RLIMIT_AS, &old_);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlimit limit{pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + bytes, old_.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
  }
  ~MemoryLimit() { setrlimit(RLIMIT_AS, &old_); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  rlimit old_{};
};

TEST(Passwords, WithoutMemoryAnswer503ToAll) {
  if (testing::memory_is_sanitized) GTEST_SKIP() << "a sanitizer ends the program if memory is refused";
  const Passwords large({.memory = 512 * mib, .passes = 1, .threads = 1});
  const Passwords small({.memory = 7 * mib, .passes = 1, .threads = 1});
  const std::string salt_and_hash = "$c2FsdHNhbHRzYWx0c2FsdA$TmJsGilaZYzaT2j+wMDqA6axujQ6n/rKmTyGyodBuH8";
  const std::vector<std::string> hashes{"$argon2id$v=19$m=524288,t=1,p=1" + salt_and_hash,
                                        "$argon2id$v=19$m=524288,t=1,p=4" + salt_and_hash,
                                        "$argon2i$v=19$m=524288,t=1,p=1" + salt_and_hash,
                                        "$scrypt$ln=19,r=8,p=1$c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI",
                                        "$y$jET$saltsaltsalt$zQziiNee/3jd.PJJvsNgy7GH5uO3HbsUNcQ3Jsopj2B"};
  const MemoryLimit limit(64 * mib);
  EXPECT_EQ(status_of([&] { (void)large.verify_blocking("x", std::nullopt); }), 503);
  EXPECT_EQ(status_of([&] { (void)large.verify_blocking("x", std::string("!")); }), 503);
  EXPECT_EQ(status_of([&] { (void)large.hash_blocking("x"); }), 503);
  for (const std::string& hash : hashes) {
    EXPECT_EQ(status_of([&] { (void)small.verify_blocking("x", hash); }), 503) << hash;
  }
  EXPECT_EQ(status_of([&] { (void)small.verify_blocking("x", std::nullopt); }), 200);
}

TEST(Passwords, HaveOneTo1024Bytes) {
  const Passwords passwords(cheap);
  const std::string longest(1024, 'a');
  const std::string hash = passwords.hash_blocking(longest);
  EXPECT_TRUE(passwords.verify_blocking(longest, hash).ok);
  EXPECT_FALSE(passwords.verify_blocking(longest.substr(1), hash).ok);  // nothing is cut
  for (const std::string& other : {std::string(), longest + 'a'}) {
    EXPECT_EQ(status_of([&] { (void)passwords.hash_blocking(other); }), 422);
    EXPECT_EQ(status_of([&] { (void)passwords.verify_blocking(other, hash); }), 422);
    EXPECT_EQ(status_of([&] { (void)wait(passwords.hash(other)); }), 422);
    EXPECT_EQ(status_of([&] { (void)wait(passwords.verify(other, hash)); }), 422);
  }
}

TEST(Passwords, MayContainAnyBytes) {
  const Passwords passwords(cheap);
  const std::string hash = passwords.hash_blocking(std::string("a\0b", 3));
  EXPECT_TRUE(passwords.verify_blocking(std::string("a\0b", 3), hash).ok);
  EXPECT_FALSE(passwords.verify_blocking("a", hash).ok);
}

TEST(Passwords, RefuseWorkBeyondTheQueue) {
  const Passwords passwords({.memory = 64 * mib, .passes = 2, .threads = 1, .queue = 1});
  boost::asio::io_context context;
  int done = 0;
  int refused = 0;
  const auto hash_one = [&]() -> Task<> {
    try {
      (void)co_await passwords.hash("correct horse");
      ++done;
    } catch (const Unavailable&) {
      ++refused;
    }
  };
  for (int i = 0; i < 20; ++i) boost::asio::co_spawn(context, hash_one, boost::asio::detached);
  context.run();
  EXPECT_GE(done, 2);      // one ran and one waited
  EXPECT_GE(refused, 10);  // all were posted before the first could end
  EXPECT_EQ(done + refused, 20);
}

TEST(Passwords, RefuseOptionsOutOfRange) {
  EXPECT_THAT(error_of([] { const Passwords passwords({.memory = 7 * mib - 1}); }), HasSubstr(".memory is in bytes"));
  EXPECT_THAT(error_of([] { const Passwords passwords({.memory = 4097 * mib}); }), HasSubstr(".memory is in bytes"));
  EXPECT_THAT(error_of([] { const Passwords passwords({.passes = 0}); }), HasSubstr(".passes is at least 1"));
}

TEST(Passwords, CanBeMoved) {
  Passwords passwords(cheap);
  const Passwords moved = std::move(passwords);
  EXPECT_TRUE(moved.verify_blocking("a", moved.hash_blocking("a")).ok);
}

}  // namespace serval::passwords_test
