# SPDX-License-Identifier: MIT
"""Tests each rule of tests/docs/check with small trees that keep or break it."""
import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check")
SOURCE = "// One.\n//\n//   $ ./run it\n//   said\nint main() {\n  if (true) {\n    return 1;\n  }\n}\n"


def check(files):
    """Returns the lines printed for a tree of the given files (path -> text), and whether the check passed."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in {"examples/it.cpp": SOURCE, **files}.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([CHECK, root], capture_output=True, text=True, check=False)
    return run.stdout.splitlines(), run.returncode == 0


def block(code, origin="examples/it.cpp", language="cpp"):
    return f"<!-- from {origin} -->\n```{language}\n{code}\n```\n"


class Docs(unittest.TestCase):
    def assert_clean(self, text, **more):
        self.assertEqual(check({"README.md": text, **more}), ([], True))

    def assert_fault(self, text, place, fault, name="README.md", **more):
        self.assertEqual(check({name: text, **more}), ([f"{place} {fault}"], False))


class Blocks(Docs):
    def test_lets_an_excerpt_pass(self):
        self.assert_clean(block("int main() {\n  if (true) {"))

    def test_lets_an_excerpt_be_moved_left(self):
        self.assert_clean(block("if (true) {\n  return 1;\n}"))

    def test_lets_an_excerpt_of_the_head_comment_pass(self):
        self.assert_clean(block("$ ./run it\nsaid", language="console"))

    def test_reports_a_changed_line(self):
        self.assert_fault("# A\n\n" + block("int main() {\n  if (false) {"), "README.md:4:",
                          "the block is not a part of examples/it.cpp")

    def test_reports_a_left_out_line(self):
        self.assert_fault(block("int main() {\n    return 1;"), "README.md:2:", "the block is not a part of examples/it.cpp")

    def test_reports_another_indentation_within(self):
        self.assert_fault(block("if (true) {\nreturn 1;"), "README.md:2:", "the block is not a part of examples/it.cpp")

    def test_reports_code_that_says_not_where_it_is_from(self):
        self.assert_fault("```cpp\nint main() {\n```\n", "README.md:1:",
                          "a block of code needs the line '<!-- from <file> -->' above it")

    def test_reports_code_from_files_that_are_not_built(self):
        self.assert_fault(block("x", origin="docs/x.cpp"), "README.md:2:",
                          "the tests do not build docs/x.cpp: take code from "
                          "examples/ or tests/install/ or tests/openapi/golden/ or tests/tool/client/")

    def test_reports_a_file_that_does_not_exist(self):
        self.assert_fault(block("x", origin="examples/none.cpp"), "README.md:2:", "examples/none.cpp does not exist")

    def test_reports_an_empty_block(self):
        self.assert_fault(block(""), "README.md:2:", "the block is empty")

    def test_looks_into_folders_of_docs(self):
        self.assert_fault(block("x"), "docs/a/b.md:2:", "the block is not a part of examples/it.cpp", name="docs/a/b.md")

    def test_lets_other_languages_be(self):
        self.assert_clean("```sh\nmake\n```\n")


class Links(Docs):
    def test_lets_links_to_files_and_headings_pass(self):
        self.assert_clean("[a](docs/b.md) [c](docs/b.md#the-2nd-part-x) [d](#top) [e](https://example.com/x)\n# Top\n",
                          **{"docs/b.md": "## The 2nd part: `x`\n[up](../README.md)\n"})

    def test_reports_a_link_to_nothing(self):
        self.assert_fault("\n[a](docs/none.md)\n", "README.md:2:", "the target of the link docs/none.md does not exist")

    def test_reports_a_heading_that_is_not_there(self):
        self.assert_fault("# Top\n[a](#bottom)\n", "README.md:2:", "README.md has no heading #bottom")

    def test_takes_no_link_from_code(self):
        self.assert_clean("`[](auto x)` `[a](b)`\n```sh\n[a](b)\n# no heading\n```\n")


class Tests(Docs):
    FILE = ("TEST(Plain, IsThere) {}\nTEST_F(Fixture, IsThere) {}\n  TEST(Plain, IsMovedRight) {}\n"
            "TEST_P(Each, IsThere) {}\nINSTANTIATE_TEST_SUITE_P(All, Each, ::testing::Values(1));\n")
    LINK = "[x_test.cpp](tests/x_test.cpp)"

    def assert_clean(self, text, **more):
        super().assert_clean(text, **{"tests/x_test.cpp": self.FILE}, **more)

    def assert_fault(self, text, place, fault, name="README.md"):
        super().assert_fault(text, place, fault, name, **{"tests/x_test.cpp": self.FILE})

    def test_lets_tests_of_the_file_pass(self):
        self.assert_clean(f"| a | {self.LINK} `Plain.IsThere`, `Fixture.IsThere` and `Each.IsThere`; {self.LINK} "
                          "`All/Each.IsThere/<case>` |\n")

    def test_reports_a_file_that_does_not_exist(self):
        self.assert_fault("[y_test.cpp](tests/y_test.cpp) `Plain.IsThere`\n", "README.md:1:",
                          "the target of the link tests/y_test.cpp does not exist")

    def test_reports_a_test_that_is_not_there(self):
        for name in ("Plain.IsNotThere", "Fixtures.IsThere", "Plain.IsMovedRight", "Plain.Is"):
            self.assert_fault(f"\n{self.LINK} `{name}`\n", "README.md:2:", f"tests/x_test.cpp has no test {name}")

    def test_reports_every_name_of_several(self):
        self.assert_fault(f"{self.LINK} `Plain.IsThere`,\n`Plain.IsNotThere`\n", "README.md:2:",
                          "tests/x_test.cpp has no test Plain.IsNotThere")

    def test_reports_an_instance_that_is_not_there(self):
        self.assert_fault(f"{self.LINK} `None/Each.IsThere/1`\n", "README.md:1:",
                          "tests/x_test.cpp has no instance None of Each")

    def test_reports_a_name_that_is_cut_short(self):
        self.assert_fault(f"{self.LINK} `Plain.IsThere`, `.IsNotThere`\n", "README.md:1:",
                          ".IsNotThere follows a link to tests/x_test.cpp, but is not the name of a test")

    def test_looks_at_names_behind_links_to_tests_alone(self):
        self.assert_clean(f"`None.A` [it](examples/it.cpp) `None.B` {self.LINK} shows `None.C`\n\n{self.LINK}\n\n"
                          f"`None.D`\n```md\n{self.LINK} `None.E`\n```\n")


if __name__ == "__main__":
    unittest.main()
