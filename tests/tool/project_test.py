# SPDX-License-Identifier: MIT
"""`serval dev` with CMake projects: which program, which files, and other tools that read the build folder."""
import json
import pathlib
import shutil
import subprocess
import unittest

from support import Dev, ToolTest, main, save, serval

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(shop LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(serval REQUIRED)
file(GLOB sources CONFIGURE_DEPENDS *.cpp)
add_executable(shop ${sources})
target_link_libraries(shop PRIVATE serval::serval)
"""
SECOND = """add_executable(admin ${sources})
target_link_libraries(admin PRIVATE serval::serval)
"""
MAIN = """#include <serval/serval.hpp>
[[gnu::weak]] const char* word();
int main(int argc, char** argv) {
  serval::App app;
  app.get("/")([] { return serval::json{{"message", word != nullptr ? word() : "none"}}; });
  return app.run(argc, argv);
}
"""


class Programs(ToolTest):
    def setUp(self):
        super().setUp()
        self.lists = self.folder / "CMakeLists.txt"
        self.lists.write_text(PROJECT)
        self.main.write_text(MAIN)

    def asks_for_target(self):
        ended = serval("dev", "--port", "0", folder=self.folder)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn("choose a program with --target: admin, shop", ended.stderr)
        ended = serval("dev", "--port", "0", "--target", "shoop", folder=self.folder)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn("admin, shop", ended.stderr)

    def test_new_sources_are_built_and_several_programs_need_a_choice(self):
        with Dev(self.folder) as dev:
            dev.wait_until_served()
            self.assertEqual(dev.get()[2], '{"message":"none"}')
            save(self.folder / "word.cpp", 'const char* word() { return "watched"; }\n')
            dev.wait_for_text("watched")
            mark = dev.mark()
            save(self.lists, PROJECT + SECOND)  # the user edits: the old program serves
            dev.wait_for("The build has failed\nchoose a program with --target: admin, shop", mark)
            self.assertIn("watched", dev.get()[2])
        self.asks_for_target()
        (self.folder / "word.cpp").unlink()
        with Dev(self.folder, "--poll", "--target", "shop") as dev:
            dev.wait_until_served()
            self.assertIn("looking at the files every 500 ms: --poll\n", dev.text)
            self.assertEqual(dev.get()[2], '{"message":"none"}')
            save(self.folder / "word.cpp", 'const char* word() { return "polled"; }\n')
            dev.wait_for_text("polled")


class OtherTools(ToolTest):
    @unittest.skipUnless(shutil.which("clang-tidy"), "clang-tidy is not installed")
    def test_clang_tidy_reads_a_build_folder_with_the_precompiled_header_of_gcc(self):
        self.assertEqual(serval("new", "shop", folder=self.folder).returncode, 0)
        project = self.folder / "shop"
        with Dev(project, "--compiler", "g++") as dev:
            dev.wait_until_served()
        commands = json.loads((project / "build/serval-dev/compile_commands.json").read_text())
        self.assertTrue({"app.cpp", "main.cpp"} <= {pathlib.Path(each["file"]).name for each in commands})
        tidied = subprocess.run(["clang-tidy", "-p", "build/serval-dev", "--quiet", "main.cpp"], cwd=project,
                                 capture_output=True, text=True, timeout=300)
        self.assertEqual(tidied.returncode, 0, tidied.stdout + tidied.stderr)


class Completion(ToolTest):
    def test_has_no_escape_codes(self):
        for words, lines in ((["__complete", "d"], ["dev", "doctor"]), (["__complete", "dev", "--p"], ["--poll", "--port"]),
                             (["__complete", "--color", "a"], ["always", "auto"]), (["__complete", "completion", ""], ["bash", "zsh"])):
            ended = serval(*words, folder=self.folder, CLICOLOR_FORCE="1", NO_COLOR="")
            self.assertEqual(ended.stdout.splitlines(), lines, words)
        for shell in ("bash", "zsh"):
            ended = serval("--color", "always", "completion", shell, folder=self.folder, CLICOLOR_FORCE="1")
            self.assertEqual(ended.returncode, 0)
            self.assertNotIn("\x1b", ended.stdout + ended.stderr)


if __name__ == "__main__":
    main()
