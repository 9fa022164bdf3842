# SPDX-License-Identifier: MIT
"""Tests each rule of tests/docs/names_check with small trees that keep or break it."""
import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("names_check")
PAGE = "# Names\n\n| namespace | what |\n|---|---|\n| `http` | `Method` |\n\n## Names in `serval`\n\n" \
    "| for | names |\n|---|---|\n"


def check(listed, declarations):
    """Returns the lines printed for a page that lists these names and a header with these declarations in namespace
    serval, and whether the check passed."""
    with tempfile.TemporaryDirectory() as root:
        header = pathlib.Path(root, "include/serval/app/app.hpp")
        header.parent.mkdir(parents=True)
        header.write_text("#pragma once\n\nnamespace serval {\n\n" + declarations + "\n}  // namespace serval\n")
        page = pathlib.Path(root, "docs/names.md")
        page.parent.mkdir()
        page.write_text(PAGE + "| all | " + ", ".join(f"`{name}`" for name in listed) + " |\n")
        run = subprocess.run([CHECK, root], capture_output=True, text=True, check=False)
    return run.stdout.splitlines(), run.returncode == 0


class Names(unittest.TestCase):
    def assert_clean(self, listed, declarations):
        self.assertEqual(check(listed, declarations), ([], True))

    def assert_fault(self, listed, declarations, *faults):
        self.assertEqual(check(listed, declarations), ([f"docs/names.md: {fault}" for fault in faults], False))

    def test_lets_names_pass_that_are_listed(self):
        self.assert_clean(["App", "Kind", "Text", "make", "limit"],
                          "class App {\n public:\n  int size() const;\n};\nenum class Kind { one, two };\n"
                          "using Text = int;\nint make(int count);\ninline constexpr int limit = 3;\n")

    def test_reports_each_kind_of_name_that_is_not_listed(self):
        for declaration in ("struct Thing {\n  int size = 0;\n};\n", "template <class T>\nclass Thing {};\n",
                            "enum class Thing { one };\n", "using Thing = int;\n", "int Thing(int count);\n",
                            "inline constexpr int Thing = 3;\n"):
            with self.subTest(declaration):
                self.assert_fault(["App"], "class App {};\n" + declaration,
                                  "Thing is in namespace serval, but is not listed; move it or list it")

    def test_reports_a_name_that_is_listed_in_vain(self):
        self.assert_fault(["App", "Gone"], "class App {};\n", "Gone is listed, but is not in namespace serval")

    def test_reports_a_misspelt_name_twice(self):
        self.assert_fault(["Ap"], "class App {};\n",
                          "App is in namespace serval, but is not listed; move it or list it",
                          "Ap is listed, but is not in namespace serval")

    def test_takes_a_name_of_another_namespace_for_none_of_these(self):
        inner = "namespace http {\nclass Method {};\n}  // namespace http\n" \
            "namespace detail {\nclass Hidden {};\n}  // namespace detail\n"
        self.assert_clean(["App"], "class App {};\n" + inner)
        self.assert_fault(["App", "Method"], "class App {};\n" + inner,
                          "Method is listed, but is not in namespace serval")

    def test_lets_names_pass_that_are_listed_by_how_they_begin_or_end(self):
        self.assert_clean(["WebSocket", "Test", "Options"],
                          "class WebSocket {};\nclass WebSocketHub {};\nclass TestCase {};\nstruct AppOptions {};\n")
        self.assert_fault([], "class WebSocket {};\n",
                          "WebSocket is in namespace serval, but is not listed; move it or list it")

    def test_lets_overloads_pass_that_are_found_by_their_arguments(self):
        self.assert_clean(["App"], "class App {};\nint to_string(const App& app);\n")

    def test_takes_no_name_from_another_table(self):
        self.assert_fault([], "class Method {};\n",
                          "Method is in namespace serval, but is not listed; move it or list it")


if __name__ == "__main__":
    unittest.main()
