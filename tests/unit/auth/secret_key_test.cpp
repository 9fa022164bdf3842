// SPDX-License-Identifier: MIT
#include <serval/auth/secret_key.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/auth/random_token.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/wire/support/process.hpp"

namespace serval::secret_key_test {

/// Notes what is in memory when it is freed.
struct Watch {
  static void begin(std::string_view memory) {
    size = memory.size();
    seen.clear();
    seen.reserve(size);
    begin_of = memory.data();
  }
  static void on_free(const void* memory) {
    if (memory == nullptr || memory != begin_of) return;
    begin_of = nullptr;
    seen.assign(static_cast<const char*>(memory), size);
  }
  static std::string end() { return seen; }

  inline static const void* begin_of = nullptr;
  inline static std::size_t size = 0;
  inline static std::string seen;
};

}  // namespace serval::secret_key_test

// Replaced for the whole test program. Keys are arrays. Weak: clang's sanitizers have operators of their own.
[[gnu::weak]] void* operator new[](std::size_t size) {
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::weak]] void operator delete[](void* memory) noexcept {
  serval::secret_key_test::Watch::on_free(memory);
  std::free(memory);
}
[[gnu::weak]] void operator delete[](void* memory, std::size_t) noexcept { operator delete[](memory); }

namespace serval::secret_key_test {

using ::testing::HasSubstr;
using ::testing::Not;

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<SecretKey>);
static_assert(!std::is_copy_constructible_v<SecretKey> && !std::is_copy_assignable_v<SecretKey>);
static_assert(std::is_nothrow_move_constructible_v<SecretKey> && std::is_nothrow_move_assignable_v<SecretKey>);

/// A file in a folder of the test.
class SecretKeyOf : public ::testing::Test {
 protected:
  SecretKeyOf() { std::filesystem::create_directories(folder_); }
  ~SecretKeyOf() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path file(const std::string& contents) {
    const std::filesystem::path path = folder_ / "key";
    std::ofstream(path, std::ios::binary) << contents;
    return path;
  }
  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("secret_key_") + ::testing::UnitTest::GetInstance()->current_test_info()->name() + random_token());
};

TEST_F(SecretKeyOf, AFileIsItsBytesWithoutOneLineEnd) {
  EXPECT_EQ(SecretKey::from_file(file("abc")).reveal(), "abc");
  EXPECT_EQ(SecretKey::from_file(file("abc\n")).reveal(), "abc");
  EXPECT_EQ(SecretKey::from_file(file("abc\r\n")).reveal(), "abc");
  EXPECT_EQ(SecretKey::from_file(file("abc\n\n")).reveal(), "abc\n");
  EXPECT_EQ(SecretKey::from_file(file("abc\r")).reveal(), "abc\r");
  EXPECT_EQ(SecretKey::from_file(file("a\t~ b\n")).reveal(), "a\t~ b");
}

TEST_F(SecretKeyOf, AFileOfOtherBytesIsTakenWhole) {
  for (const std::string& bytes : {std::string("a\0b", 3), std::string("a\0\n", 3), std::string("\x7F\n"),
                                   std::string("\xE9\r\n"), std::string("\x1B\n")}) {
    EXPECT_EQ(SecretKey::from_file(file(bytes)).reveal(), bytes);
  }
}

TEST_F(SecretKeyOf, AFileThatCannotBeUsedIsASetupErrorWithoutItsContents) {
  EXPECT_THAT(error_of([&] { (void)SecretKey::from_file(folder_ / "missing"); }), HasSubstr("cannot be read"));
  EXPECT_THAT(error_of([&] { (void)SecretKey::from_file(folder_); }), HasSubstr("cannot be read"));
  EXPECT_THAT(error_of([&] { (void)SecretKey::from_file(file("\n")); }), HasSubstr("is empty"));
  const std::string error = error_of([&] { (void)SecretKey::from_file(file(std::string(64 * 1024 + 1, 'x'))); });
  EXPECT_THAT(error, HasSubstr("larger than 64 KiB"));
  EXPECT_THAT(error, Not(HasSubstr("xxx")));
}

TEST(SecretKey, MovesItsBytes) {
  SecretKey key = SecretKey::from_text("abc");
  const char* const bytes = key.reveal().data();
  SecretKey moved = std::move(key);
  EXPECT_EQ(moved.reveal().data(), bytes);  // and no copy stays behind
  EXPECT_TRUE(key.empty());                 // NOLINT(bugprone-use-after-move): empty is what it promises
  SecretKey other = SecretKey::from_text("other");
  other = std::move(moved);
  EXPECT_EQ(other.reveal(), "abc");
  EXPECT_TRUE(SecretKey().empty());
}

TEST(SecretKey, OverwritesItsBytes) {
  {
    const std::unique_ptr<char[]> array(new char[1]{'x'});
    Watch::begin({array.get(), 1});
  }
  const bool sees_frees = Watch::end() == "x";
  if (!sees_frees && testing::memory_is_sanitized)
    GTEST_SKIP() << "the sanitizer's operator delete[] replaces the test's";
  ASSERT_TRUE(sees_frees);
  {
    const SecretKey key = SecretKey::from_text("a key of this test");
    Watch::begin(key.reveal());
  }
  EXPECT_EQ(Watch::end(), std::string(18, '\0'));
  SecretKey assigned = SecretKey::from_text("a key of this test");
  Watch::begin(assigned.reveal());
  assigned = SecretKey();
  EXPECT_EQ(Watch::end(), std::string(18, '\0'));
}

TEST(SecretKey, RandomKeysDiffer) {
  EXPECT_EQ(SecretKey::random(64).reveal().size(), 64U);
  EXPECT_NE(SecretKey::random().reveal(), SecretKey::random().reveal());
}

TEST(RandomToken, IsBase64UrlOfItsBytes) {
  EXPECT_EQ(random_token(32).size(), 43U);
  EXPECT_EQ(random_token(16).size(), 22U);
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const std::string token = random_token();
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 100U);
}

TEST(RandomToken, RefusesToBeGuessable) { EXPECT_THROW((void)random_token(15), std::invalid_argument); }

}  // namespace serval::secret_key_test
