# SPDX-License-Identifier: MIT
"""Tests how tests/compile_fail/check reads the expectations of a program and judges the output of a compiler."""
import importlib.machinery
import importlib.util
import pathlib
import tempfile
import unittest

CHECK = str(pathlib.Path(__file__).with_name("check"))


def load():
    """Loads the script as a module. Its file name has no extension, so that `import` does not find it."""
    loader = importlib.machinery.SourceFileLoader("check", CHECK)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check", loader))
    loader.exec_module(module)
    return module


check = load()


class CompileFail(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def program(self, *comments):
        path = self.folder / "program.cpp"
        path.write_text("\n".join(["// SPDX-License-Identifier: MIT", *comments, "int main() {}"]))
        return path

    def fault(self, said, status, *comments):
        """Returns the fault that is found if a compiler prints `said` and exits with `status`."""
        compiler = self.folder / "compiler"
        compiler.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{said}\nEND\nexit {status}\n")
        compiler.chmod(0o755)
        return check.fault_of(self.program(*comments), [compiler], [])

    def test_reads_words_as_they_stand(self):
        found = check.expectations_of(self.program("// error: don't: 'a b'", "// error: other", "// note: it's"))
        self.assertEqual(found, {"error": ["don't: 'a b'", "other"], "note": ["it's"], "options": []})

    def test_splits_options_as_a_shell_does(self):
        comments = "// options: -Werror -fno-rtti", "// options: '-DTEXT=\"a b\"' -I 'c d'"
        found = check.expectations_of(self.program(*comments))
        self.assertEqual(found["options"], ["-Werror", "-fno-rtti", '-DTEXT="a b"', "-I", "c d"])

    def test_hands_each_option_to_the_compiler(self):
        compiler = self.folder / "compiler"
        compiler.write_text('#!/bin/sh\nfor word; do echo "<$word>" >&2; done\necho ": error: no" >&2\nexit 1\n')
        compiler.chmod(0o755)
        comments = "// error: no", "// note: <-Werror>", "// note: <-DTEXT=a b>", "// options: -Werror '-DTEXT=a b'"
        self.assertIsNone(check.fault_of(self.program(*comments), [compiler], ["-include", "first.hpp"]))

    def test_reports_a_program_that_compiles(self):
        self.assertEqual(self.fault("", 0, "// error: no"), "compiles, but must not")

    def test_reports_another_first_error(self):
        self.assertEqual(self.fault("x: error: yes\nx: error: no", 1, "// error: no"),
                         "the first error is not one of ['no']:\nx: error: yes\nx: error: no")

    def test_reports_a_note_that_is_not_there(self):
        self.assertEqual(self.fault("x: error: no", 1, "// error: no", "// note: because"),
                         "the output does not contain 'because':\nx: error: no\n")

    def test_lets_a_program_pass_that_is_refused_as_it_says(self):
        said = "x: error: no, never\nx: note: because"
        self.assertIsNone(self.fault(said, 1, "// error: yes", "// error: no", "// note: because"))

    def test_reports_a_program_that_expects_nothing(self):
        self.assertIsNotNone(self.fault("x: error: no", 1))


if __name__ == "__main__":
    unittest.main()
