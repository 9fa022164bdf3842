// SPDX-License-Identifier: MIT
#include <serval/auth/refresh_tokens.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/failing_store.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::refresh_tokens_test {

using namespace std::chrono_literals;

/// A store in memory whose time passes only when the test says so. It notes everything that is written, may fail, and
/// may let something happen before a value is compared.
class TestStore final : public serval::testing::FailingStore {
 public:
  TestStore() : FailingStore({.clock = [this] { return now; }}) {}

  std::chrono::steady_clock::time_point now{};
  std::string written;
  bool is_contended = false;
  std::function<Task<void>()> before_replacing;  // called once, before the value of a token is replaced

  Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    note(key, value);
    return FailingStore::set(std::move(key), std::move(value), ttl);
  }
  Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    note(key, value);
    return FailingStore::add(std::move(key), std::move(value), ttl);
  }
  Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                             std::chrono::milliseconds ttl) override {
    note(key, value);
    if (value != "live") {
      if (is_contended) co_return false;
      if (const auto happen = std::exchange(before_replacing, nullptr)) co_await happen();
    }
    co_return co_await FailingStore::compare_and_set(std::move(key), std::move(expected), std::move(value), ttl);
  }

 private:
  void note(const std::string& key, const std::string& value) { written += key + "=" + value + "\n"; }
};

class RefreshTokensOver : public ::testing::Test {
 protected:
  using Used = std::optional<UsedRefreshToken>;
  std::string issue(const std::string& subject = "ann") { return wait(tokens_.issue(subject)); }
  Used use(const std::string& token) { return wait(tokens_.use(token)); }
  static std::string token_of(const Used& used) { return used ? used->token : "refused"; }
  std::string next(const std::string& token) { return token_of(use(token)); }
  RefreshTokenOptions options() {
    return {.lifetime = 1h, .on_reuse = [this](std::string_view subject) { reuses_.emplace_back(subject); }};
  }

  std::vector<std::string> reuses_;
  TestStore store_;
  RefreshTokens tokens_{store_, options()};
};

TEST_F(RefreshTokensOver, ATokenIsExchangedForItsSuccessor) {
  const std::string first = issue("ann smith");
  EXPECT_EQ(first.size(), 43U);
  const Used used = use(first);
  ASSERT_TRUE(used.has_value());
  EXPECT_EQ(used->subject, "ann smith");
  EXPECT_EQ(used->token.size(), 43U);
  EXPECT_NE(used->token, first);
  const Used again = use(used->token);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->subject, "ann smith");
  EXPECT_NE(again->token, used->token);
}

TEST_F(RefreshTokensOver, EachTokenIsAnother) {
  EXPECT_NE(issue(), issue());
  EXPECT_NE(next(issue()), next(issue()));
}

TEST_F(RefreshTokensOver, TheStoreHasNoToken) {
  const std::string first = issue();
  const std::string second = next(first);
  const std::string third = next(second);
  for (const std::string& token : {first, second, third}) EXPECT_EQ(store_.written.find(token), std::string::npos);
}

TEST_F(RefreshTokensOver, TwoTabsGetTheSameSuccessor) {
  const std::string first = issue();
  const std::string second = next(first);
  store_.now += 9999ms;
  EXPECT_EQ(next(first), second);
  EXPECT_EQ(reuses_.size(), 0U);
  const std::string third = next(second);
  EXPECT_EQ(next(second), third);
}

TEST_F(RefreshTokensOver, TheSuccessorIsGivenAgainAfterItWasUsed) {
  const std::string first = issue();
  const std::string second = next(first);
  const std::string third = next(second);
  EXPECT_EQ(next(first), second);
  EXPECT_EQ(next(third).size(), 43U);
}

TEST_F(RefreshTokensOver, ATokenThatIsUsedAgainLaterRevokesItsFamily) {
  const std::string other = issue("bob");
  const std::string first = issue("ann");
  const std::string second = next(first);
  const std::string third = next(second);
  store_.now += 10s;
  EXPECT_EQ(next(first), "refused");
  EXPECT_EQ(next(third), "refused");
  EXPECT_EQ(next(second), "refused");
  EXPECT_EQ(next(first), "refused");
  EXPECT_EQ(reuses_, std::vector<std::string>{"ann"});
  EXPECT_NE(next(other), "refused");
}

TEST_F(RefreshTokensOver, TheGracePeriodIsNotExtendedByUses) {
  const std::string first = issue();
  const std::string second = next(first);
  store_.now += 6s;
  EXPECT_EQ(next(first), second);
  store_.now += 6s;
  EXPECT_EQ(next(first), "refused");
}

TEST_F(RefreshTokensOver, WithoutAGracePeriodTheSecondUseRevokes) {
  const RefreshTokens strict(store_, {.grace = 0s});
  const std::string first = wait(strict.issue("ann"));
  const Used used = wait(strict.use(first));
  ASSERT_TRUE(used.has_value());
  EXPECT_FALSE(wait(strict.use(first)).has_value());
  EXPECT_FALSE(wait(strict.use(used->token)).has_value());
}

TEST_F(RefreshTokensOver, TokensExpire) {
  const std::string unused = issue();
  store_.now += 1h;
  EXPECT_EQ(next(unused), "refused");
  EXPECT_EQ(reuses_.size(), 0U);
}

TEST_F(RefreshTokensOver, ASuccessorHasALifetimeOfItsOwn) {
  std::string token = issue();
  for (int i = 0; i < 5; ++i) {
    store_.now += 59min;
    token = next(token);
    ASSERT_NE(token, "refused") << i;
  }
}

TEST_F(RefreshTokensOver, RevokeEndsTheFamily) {
  const std::string first = issue();
  const std::string second = next(first);
  EXPECT_TRUE(wait(tokens_.revoke(second)));
  EXPECT_EQ(next(second), "refused");
  EXPECT_EQ(next(first), "refused");
  EXPECT_FALSE(wait(tokens_.revoke(second)));
  EXPECT_EQ(reuses_.size(), 0U);
}

TEST_F(RefreshTokensOver, TextsThatAreNoTokensAreRefused) {
  const std::string token = issue();
  std::string other_text_of_its_bytes = token;
  other_text_of_its_bytes.back() = static_cast<char>(token.back() + 1);  // changes only bits that are left over
  for (const std::string& text : {std::string(), std::string("x"), token + "=", token + "A", std::string(43, 'A'),
                                  std::string(1'000'000, 'A'), std::string(43, ' '), other_text_of_its_bytes}) {
    EXPECT_EQ(next(text), "refused") << text.substr(0, 50);
    EXPECT_FALSE(wait(tokens_.revoke(text)));
  }
  EXPECT_NE(next(token), "refused");
}

TEST_F(RefreshTokensOver, AUseInTheMiddleOfAnotherGivesTheSameSuccessor) {
  const std::string first = issue();
  std::string in_the_middle;
  store_.before_replacing = [&]() -> Task<void> { in_the_middle = token_of(co_await tokens_.use(first)); };
  EXPECT_EQ(next(first), in_the_middle);
  EXPECT_EQ(in_the_middle.size(), 43U);
  EXPECT_NE(next(in_the_middle), "refused");
}

TEST_F(RefreshTokensOver, AUseThatTakesLongerThanTheGracePeriodDoesNotForkTheFamily) {
  const std::string first = issue();
  std::string in_the_middle;
  store_.before_replacing = [&]() -> Task<void> {
    store_.now += 10s;
    in_the_middle = token_of(co_await tokens_.use(first));
  };
  EXPECT_EQ(next(first), in_the_middle);
  EXPECT_EQ(reuses_.size(), 0U);
}

TEST_F(RefreshTokensOver, ARevocationInTheMiddleOfAUseStands) {
  const std::string first = issue();
  store_.before_replacing = [&]() -> Task<void> { static_cast<void>(co_await tokens_.revoke(first)); };
  EXPECT_EQ(next(next(first)), "refused");
}

TEST(RefreshTokens, ManyThreadsGetOneSuccessor) {
  MemoryStore store;
  const RefreshTokens tokens(store);
  for (int round = 0; round < 20; ++round) {
    const std::string first = wait(tokens.issue("ann"));
    std::mutex mutex;
    std::set<std::string> successors;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const std::optional<UsedRefreshToken> used = wait(tokens.use(first));
        const std::scoped_lock lock(mutex);
        successors.insert(used ? used->token : "refused");
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(successors.size(), 1U);
    EXPECT_FALSE(successors.contains("refused"));
  }
}

TEST_F(RefreshTokensOver, AStoreThatFailsIsAnError) {
  const std::string token = issue();
  store_.fails = true;
  EXPECT_THROW(next(token), Unavailable);
  store_.fails = false;
  store_.is_contended = true;
  EXPECT_THROW(next(token), Unavailable);
  store_.is_contended = false;
  EXPECT_NE(next(token), "refused");
}

TEST_F(RefreshTokensOver, NamesSeparateTokens) {
  const RefreshTokens others(store_, {.name = "others"});
  EXPECT_FALSE(wait(others.use(issue())).has_value());
}

TEST(RefreshTokens, OptionsOutOfRangeAreSetupErrors) {
  MemoryStore store;
  const auto error = [&](RefreshTokenOptions options) { return error_of([&] { RefreshTokens(store, options); }); };
  EXPECT_EQ(error({.lifetime = 0s}),
            "RefreshTokens: .lifetime is from 1 s to 10 years: .lifetime = std::chrono::hours(24 * 30)");
  EXPECT_NE(error({.lifetime = std::chrono::hours(24 * 3661)}), "no error");
  EXPECT_EQ(error({.grace = -1s}),
            "RefreshTokens: .grace is from 0 to less than .lifetime: .grace = std::chrono::seconds(10)");
  EXPECT_NE(error({.lifetime = 5s, .grace = 5s}), "no error");
  EXPECT_EQ(error({.name = ""}), "RefreshTokens: .name has 1 to 64 bytes: .name = \"refresh_token\"");
}

}  // namespace serval::refresh_tokens_test
