// SPDX-License-Identifier: MIT
#include <serval/json/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "builder.hpp"
#include "command_line.hpp"
#include "compile_commands.hpp"
#include "new_project.hpp"
#include "process.hpp"
#include "project.hpp"
#include "stand_in.hpp"
#include "terminal.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "watcher.hpp"

namespace serval::tool::parts_test {

using serval::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Dependencies, AreReadFromAFileOfACompiler) {
  EXPECT_THAT(dependencies_in("a.o: a.cpp b.hpp \\\n  c\\ d.hpp e$$f.hpp\ng.hpp:\n"),
              ElementsAre("a.cpp", "b.hpp", "c d.hpp", "e$f.hpp"));
  EXPECT_TRUE(dependencies_in("").empty());
  EXPECT_TRUE(dependencies_in("a.o:").empty());
}

TEST(CompileCommands, LoseTheOptionsOfPrecompiledHeaders) {
  EXPECT_EQ(without_precompiled_header("g++ -fpch-preprocess -O0 -Winvalid-pch -include /b/cmake_pch.hxx -c a.cpp"),
            "g++ -O0 -c a.cpp");
  EXPECT_EQ(without_precompiled_header(
                "clang++ -Xclang -fno-pch-timestamp -g1 -fpch-instantiate-templates -Xclang -include-pch -Xclang "
                "\"/my b/cmake_pch.hxx.pch\" -Xclang -include -Xclang \"/my b/cmake_pch.hxx\" -c \"/my b/a.cpp\""),
            "clang++ -g1 -c \"/my b/a.cpp\"");
  EXPECT_EQ(without_precompiled_header("c++ -include a.hpp -Xclang -x -D A=\\\"b\\\" -c a.cpp"),
            "c++ -include a.hpp -Xclang -x -D A=\\\"b\\\" -c a.cpp");
}

TEST(CompileCommands, DoNotContainThePrecompiledHeaderItself) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write(
      "compile_commands.json",
      R"([{"command":"c++ -c b/cmake_pch.hxx.cxx","file":"b/cmake_pch.hxx.cxx"},{"command":"c++ -Winvalid-pch -c a.cpp","file":"a.cpp"}])");
  remove_precompiled_headers(file);
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(json::parse(text.str()), json::parse(R"([{"command":"c++ -c a.cpp","file":"a.cpp"}])"));
  remove_precompiled_headers(folder.path("none.json"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("none.json")));
}

TEST(Process, TellsCodeAndOutput) {
  const Ended ended = run_now({.words = {"sh", "-c", "echo out; echo err >&2; exit 3"}});
  EXPECT_EQ(ended.code, 3);
  EXPECT_EQ(ended.output, "out\nerr\n");
  EXPECT_EQ(run_now({.words = {"sh", "-c", "kill -9 $$"}}).code, 128 + 9);
  EXPECT_EQ(run_now({.words = {"/nowhere/program"}}).code, 127);
}

TEST(Process, HasTheFolderAndTheVariablesThatItIsGiven) {
  const TemporaryFolder folder;
  Ended ended = run_now({.words = {"sh", "-c", "pwd; echo $A"}, .folder = folder.path(), .environment = {{"A", "b"}}});
  EXPECT_EQ(folder.path() + "\nb\n", ended.output.insert(ended.output.find('\n'), "/"));
}

TEST(Project, IsAFileOrAFolder) {
  const TemporaryFolder folder;
  folder.write("main.cpp", "");
  folder.write("notes.txt", "");
  folder.write("cmake/CMakeLists.txt", "add_executable(shop main.cpp)");
  folder.write("cmake/main.cpp", "");
  folder.write("cmake/other.cpp", "");
  folder.write("empty/notes.txt", "");
  EXPECT_TRUE(find_project(folder.path("main.cpp"), "").is_single_file());
  EXPECT_EQ(find_project(folder.path(), "").main_file, folder.path("main.cpp"));
  EXPECT_FALSE(find_project(folder.path("cmake"), "").is_single_file());
  EXPECT_FALSE(find_project(folder.path("cmake/main.cpp"), "").is_single_file());
  EXPECT_TRUE(find_project(folder.path("cmake/other.cpp"), "").is_single_file());
  EXPECT_THROW(static_cast<void>(find_project(folder.path("none.cpp"), "")), UsageError);
  EXPECT_THROW(static_cast<void>(find_project(folder.path("notes.txt"), "")), UsageError);
  EXPECT_THROW(static_cast<void>(find_project(folder.path("empty"), "")), UsageError);
}

TEST(Watched, CountsOnlyOtherBytes) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write("a.cpp", "one");
  Watched watched;
  watched.set_inputs({file});
  EXPECT_THAT(watched.folders(), ElementsAre(file.parent_path()));
  EXPECT_FALSE(watched.has_changed());
  folder.write("a.cpp", "one");
  EXPECT_FALSE(watched.has_changed());
  folder.write("a.cpp", "two");
  watched.set_inputs({file});  // the change is not forgotten
  EXPECT_TRUE(watched.has_changed());
  EXPECT_FALSE(watched.has_changed());
  std::filesystem::remove(file);
  EXPECT_TRUE(watched.has_changed());
  EXPECT_TRUE(watched.concerns(folder.path("new.hpp")));
  EXPECT_FALSE(watched.concerns(folder.path("shop.log")));
}

TEST(Watched, FindsNewSourcesBesideTheInputs) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write("a.cpp", "one");
  folder.write("unused.cpp", "two");
  Watched watched;
  watched.set_inputs({file});
  watched.find_new();
  EXPECT_FALSE(watched.has_changed());
  folder.write("new.cpp", "three");
  folder.write("shop.log", "four");
  watched.find_new();
  EXPECT_TRUE(watched.has_changed());
  watched.set_inputs({file});  // the build has not used it
  watched.find_new();
  EXPECT_FALSE(watched.has_changed());
}

TEST(Watched, DoesNotForgetASourceThatComesWhenABuildEnds) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write("a.cpp", "one");
  Watched watched;
  watched.set_inputs({file});
  folder.write("new.cpp", "two");
  watched.set_inputs({file});
  EXPECT_TRUE(watched.has_changed());
}

TEST(ProjectName, IsAWord) {
  for (const char* good : {"shop", "my_shop2", "a"}) EXPECT_TRUE(is_project_name(good)) << good;
  for (const char* bad : {"", "Shop", "2shop", "my-shop", "a b", "\xc3\xa4"}) EXPECT_FALSE(is_project_name(bad)) << bad;
}

TEST(NewProject, HasItsNameEverywhere) {
  const TemporaryFolder folder;
  folder.write("templates/hello/src/my_service.txt", "my_service MY_SERVICE_X class MyService my_service_app");
  const Terminal terminal(Color::never, true);
  make_project(folder.path("tea_shop"), "hello", folder.path("templates"), terminal);
  std::string text;
  std::getline(std::ifstream(folder.path("tea_shop/src/tea_shop.txt")), text);
  EXPECT_EQ(text, "tea_shop TEA_SHOP_X class TeaShop tea_shop_app");
  EXPECT_THROW(make_project(folder.path("tea_shop"), "hello", folder.path("templates"), terminal), UsageError);
  EXPECT_THROW(make_project(folder.path("other"), "none", folder.path("templates"), terminal), UsageError);
  EXPECT_THROW(make_project(folder.path("test"), "hello", folder.path("templates"), terminal), UsageError);
}

std::vector<std::string> completed(const std::vector<std::string>& words) {
  Wishes wishes;
  CLI::App app("", "serval");
  declare_commands(app, wishes);
  return completions(app, words);
}

TEST(Completion, KnowsCommandsOptionsAndValues) {
  EXPECT_THAT(completed({"r"}), ElementsAre("routes", "run"));
  EXPECT_THAT(completed({"dev", "--po"}), ElementsAre("--poll", "--port"));
  EXPECT_THAT(completed({"new", "shop", "--template", "s"}), ElementsAre("service"));
  EXPECT_THAT(completed({"--quiet", "dev", "--qu"}), ElementsAre("--quiet"));
  EXPECT_THAT(completed({"client", ""}), ElementsAre("ts"));
  EXPECT_THAT(completed({"client", "ts", "--f"}), ElementsAre("--from"));
  EXPECT_TRUE(completed({"dev", "main"}).empty());  // the shell completes files
}

TEST(Colors, AreAsTheUserWants) {
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(is_colored(Color::automatic, 2));
  EXPECT_TRUE(is_colored(Color::always, 2));
  ::unsetenv("NO_COLOR");
  ::setenv("CLICOLOR_FORCE", "1", 1);
  EXPECT_TRUE(is_colored(Color::automatic, 2));
  EXPECT_FALSE(is_colored(Color::never, 2));
  ::unsetenv("CLICOLOR_FORCE");
}

TEST(StandInPage, EscapesWhatCompilersSay) {
  EXPECT_THAT(stand_in_page("a", "std::vector<int> & </pre><script>"),
              HasSubstr("std::vector&lt;int&gt; &amp; &lt;/pre&gt;&lt;script&gt;"));
}

}  // namespace serval::tool::parts_test
