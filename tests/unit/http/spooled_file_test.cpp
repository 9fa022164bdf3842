// SPDX-License-Identifier: MIT
#include "http/spooled_file.hpp"

#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <system_error>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::spooled_file_test {

using serval::testing::TemporaryFolder;
using serval::testing::text_of;

std::string content_of(const SpooledFile& file) {
  std::string content(static_cast<std::size_t>(file.size()) + 1, '\0');
  content.resize(file.read_at(0, content.data(), content.size()));
  return content;
}

std::string numbered(std::size_t bytes) {
  std::string text;
  for (int count = 0; text.size() < bytes; ++count) text += std::to_string(count) + ',';
  text.resize(bytes);
  return text;
}

// The parameter is one of the two ways to create the file, which also determines how it is saved.
class SpooledFileOnDisk : public ::testing::TestWithParam<SpooledFile::OpenFile> {
 protected:
  SpooledFile::Options options(std::size_t memory_bytes) const { return {memory_bytes, folder_.path(), GetParam()}; }
  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Ways, SpooledFileOnDisk, ::testing::Values(open_unnamed_file, open_unlinked_file));

TEST(SpooledFile, StaysInMemoryUpToItsBound) {
  SpooledFile file({.memory_bytes = 5});
  file.append("abc");
  file.append("de");
  file.finish();
  EXPECT_TRUE(file.in_memory());
  EXPECT_EQ(content_of(file), "abcde");
}

TEST(SpooledFile, StaysInMemoryWithoutBound) {
  SpooledFile file({.memory_bytes = 0, .directory = "/nowhere"});
  file.append(numbered(3'000'000));
  file.finish();
  EXPECT_TRUE(file.in_memory());
  EXPECT_EQ(file.size(), 3'000'000U);
}

TEST_P(SpooledFileOnDisk, GoesToDiskBeyondItsBound) {
  SpooledFile file(options(5));
  file.append("abcde");
  file.append("f");
  file.finish();
  EXPECT_FALSE(file.in_memory());
  EXPECT_EQ(content_of(file), "abcdef");
}

TEST_P(SpooledFileOnDisk, KeepsManyPiecesInOrder) {
  const std::string text = numbered(700'000);
  SpooledFile file(options(1000));
  for (std::size_t at = 0, step = 1; at < text.size(); at += step, step = step * 3 % 100'003 + 1) {
    step = std::min(step, text.size() - at);
    file.append(std::string_view(text).substr(at, step));
  }
  file.finish();
  EXPECT_EQ(content_of(file), text);
}

TEST_P(SpooledFileOnDisk, HasNoName) {
  SpooledFile file(options(1));
  file.append(numbered(100'000));
  file.finish();
  EXPECT_EQ(folder_.count(), 0U);
}

TEST_P(SpooledFileOnDisk, ReadsFromAnyPlaceAndNotBeyondTheEnd) {
  SpooledFile file(options(1));
  file.append("abcdef");
  file.finish();
  char out[4] = {};
  EXPECT_EQ(file.read_at(4, out, 4), 2U);
  EXPECT_EQ(std::string_view(out, 2), "ef");
  EXPECT_EQ(file.read_at(6, out, 4), 0U);
  EXPECT_EQ(file.read_at(7, out, 4), 0U);
}

TEST_P(SpooledFileOnDisk, IsSavedForItsOwnerAlone) {
  SpooledFile file(options(1));
  file.append("abcdef");
  file.finish();
  file.save_to(folder_.path("saved"));
  EXPECT_EQ(text_of(folder_.path("saved")), "abcdef");
  struct stat status {};
  ASSERT_EQ(::stat(folder_.path("saved").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_P(SpooledFileOnDisk, ReplacesWhatStoodThereAndLeavesNothingBeside) {
  folder_.write("saved", "old and longer than the new");
  SpooledFile file(options(1));
  file.append("new");
  file.finish();
  file.save_to(folder_.path("saved"));
  EXPECT_EQ(text_of(folder_.path("saved")), "new");
  EXPECT_EQ(folder_.count(), 1U);
}

TEST_P(SpooledFileOnDisk, IsSavedTwiceAsTwoFiles) {
  SpooledFile file(options(1));
  file.append("abc");
  file.finish();
  file.save_to(folder_.path("one"));
  file.save_to(folder_.path("two"));
  folder_.write("one", "changed");
  EXPECT_EQ(text_of(folder_.path("two")), "abc");
}

// The second save always copies. The first one copies if the temporary file cannot be linked.
TEST_P(SpooledFileOnDisk, IsCopiedWholeWhereItCannotBeLinked) {
  const std::string text = numbered(300'000);
  SpooledFile file(options(1));
  file.append(text);
  file.finish();
  for (const char* name : {"one", "two"}) {
    file.save_to(folder_.path(name));
    EXPECT_EQ(text_of(folder_.path(name)), text) << name;
  }
}

TEST(SpooledFile, IsSavedFromMemory) {
  const TemporaryFolder folder;
  SpooledFile file({.memory_bytes = 100});
  file.append("abc");
  file.finish();
  file.save_to(folder.path("saved"));
  EXPECT_EQ(text_of(folder.path("saved")), "abc");
  EXPECT_EQ(folder.count(), 1U);
}

TEST(SpooledFile, ReplacesASymbolicLinkAndNotItsTarget) {
  const TemporaryFolder folder;
  folder.write("target", "untouched");
  std::filesystem::create_symlink(folder.path("target"), folder.path("link"));
  SpooledFile file({.memory_bytes = 100});
  file.append("abc");
  file.finish();
  file.save_to(folder.path("link"));
  EXPECT_EQ(text_of(folder.path("target")), "untouched");
  EXPECT_FALSE(std::filesystem::is_symlink(folder.path("link")));
}

TEST(SpooledFile, NamesThePathThatCannotBeSavedTo) {
  SpooledFile file({.memory_bytes = 100});
  file.finish();
  try {
    file.save_to("/no/such/folder/saved");
    FAIL() << "saved";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOENT);
    EXPECT_NE(std::string(error.what()).find("/no/such/folder/saved"), std::string::npos);
  }
}

TEST_P(SpooledFileOnDisk, LeavesNothingWhenItCannotReplace) {
  const std::string target = folder_.path("folder");
  std::filesystem::create_directory(target);
  SpooledFile file(options(1));
  file.append("abc");
  file.finish();
  EXPECT_THROW(file.save_to(target), std::system_error);
  EXPECT_EQ(folder_.count(), 1U);
}

TEST(SpooledFile, RefusesAPathWithNul) {
  const TemporaryFolder folder;
  SpooledFile file({.memory_bytes = 100});
  file.finish();
  EXPECT_THROW(file.save_to(folder.path("saved") + '\0' + ".txt"), std::system_error);
  EXPECT_EQ(folder.count(), 0U);
}

TEST(SpooledFile, ReportsAFullDisk) {
  const auto open_full = [](const std::string&) { return FileDescriptor(::open("/dev/full", O_RDWR | O_CLOEXEC)); };
  SpooledFile file({.memory_bytes = 10, .directory = "", .open_file = open_full});
  try {
    file.append(numbered(100'000));
    FAIL() << "written";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOSPC);
  }
}

TEST(SpooledFile, ReportsADirectoryThatIsNot) {
  SpooledFile file({.memory_bytes = 10, .directory = "/no/such/folder"});
  EXPECT_THROW(file.append("more than ten bytes"), std::system_error);
}

}  // namespace serval::detail::spooled_file_test
