// SPDX-License-Identifier: MIT
#include "static_files/root_directory.hpp"

#include <gtest/gtest.h>

#include <string>
#include <system_error>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::static_files::root_directory_test {

/// A folder "root" with links of all kinds in it, and a file beside it. The tests run with openat2 and without.
class RootDirectories : public ::testing::TestWithParam<Confinement> {
 protected:
  RootDirectories() {
    folder_.write("secret.txt", "secret");
    folder_.write("root-2/secret.txt", "secret");
    folder_.write("root/a.txt", "a");
    folder_.write("root/dir/b.txt", "bb");
    folder_.link("root/inside", "dir/b.txt");
    folder_.link("root/inside-dir", "dir");
    folder_.link("root/outside", "../secret.txt");
    folder_.link("root/outside-dir", "../root-2");
    folder_.link("root/absolute", folder_.path("secret.txt"));
    folder_.link("root/loop", "loop");
    folder_.pipe("root/pipe");
  }
  [[nodiscard]] bool has_file(const std::string& path, Symlinks symlinks) const {
    return std::holds_alternative<http::OpenFile>(RootDirectory(folder_.path("root"), symlinks, GetParam()).open(path));
  }

  testing::TemporaryFolder folder_;
};

TEST_P(RootDirectories, OpenFiles) {
  const RootDirectory root(folder_.path("root"), Symlinks::refused, GetParam());
  const auto found = root.open("dir/b.txt");
  ASSERT_TRUE(std::holds_alternative<http::OpenFile>(found));
  EXPECT_EQ(std::get<http::OpenFile>(found).size(), 2U);
}

TEST_P(RootDirectories, TellFolders) {
  const RootDirectory root(folder_.path("root"), Symlinks::refused, GetParam());
  EXPECT_TRUE(std::holds_alternative<RootDirectory::Directory>(root.open("")));
  EXPECT_TRUE(std::holds_alternative<RootDirectory::Directory>(root.open("dir")));
}

TEST_P(RootDirectories, FindNothingThatIsNoFile) {
  for (const char* path : {"missing", "dir/missing", "a.txt/b", "pipe"}) {
    const RootDirectory root(folder_.path("root"), Symlinks::refused, GetParam());
    EXPECT_TRUE(std::holds_alternative<RootDirectory::Nothing>(root.open(path))) << path;
  }
  EXPECT_FALSE(has_file(std::string(5000, 'x'), Symlinks::refused));
}

TEST_P(RootDirectories, AreNotLeft) {
  for (const Symlinks symlinks : {Symlinks::refused, Symlinks::followed}) {
    for (const std::string path : {"../secret.txt", "dir/../../secret.txt", "outside", "outside-dir/secret.txt",
                                   "absolute", "loop", "inside-dir/../../secret.txt"}) {
      EXPECT_FALSE(has_file(path, symlinks)) << path;
    }
  }
}

TEST_P(RootDirectories, FollowLinksWithinOnlyWhereAsked) {
  for (const char* path : {"inside", "inside-dir/b.txt"}) {
    EXPECT_FALSE(has_file(path, Symlinks::refused)) << path;
    EXPECT_TRUE(has_file(path, Symlinks::followed)) << path;
  }
}

INSTANTIATE_TEST_SUITE_P(EachConfinement, RootDirectories,
                         ::testing::Values(Confinement::best, Confinement::own_checks));

TEST(RootDirectory, ThrowsWhereThereIsNoFolder) {
  const testing::TemporaryFolder folder;
  EXPECT_THROW(RootDirectory(folder.path("missing"), Symlinks::refused), std::system_error);
  EXPECT_THROW(RootDirectory(folder.write("file", ""), Symlinks::refused), std::system_error);
}

}  // namespace serval::static_files::root_directory_test
