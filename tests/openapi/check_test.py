#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of tests/openapi/check."""
import pathlib
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
ADVICE = "If the change is intended, run ./scripts/update-openapi-goldens and commit the files that it changed.\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def program(self, prints, exit_code=0):
        path = self.folder / "program"
        path.write_text(f"#!/bin/sh\n[ \"$1\" = --openapi ] || exit 9\nprintf '%s\\n' '{prints}'\nexit {exit_code}\n")
        path.chmod(0o755)
        return str(path)

    def check(self, program, golden):
        file = self.folder / "golden.json"
        if golden is not None:
            file.write_text(golden)
        return subprocess.run([HERE / "check", program, file], capture_output=True, text=True)

    def test_takes_the_same_document(self):
        self.assertEqual(self.check(self.program("{}"), "{}\n").returncode, 0)

    def test_shows_a_difference_and_what_to_do(self):
        done = self.check(self.program('{"a": 2}'), '{"a": 1}\n')
        self.assertEqual(done.returncode, 1)
        self.assertIn('-{"a": 1}', done.stdout)
        self.assertIn('+{"a": 2}', done.stdout)
        self.assertTrue(done.stdout.endswith(ADVICE), done.stdout)

    def test_fails_without_a_golden(self):
        done = self.check(self.program("{}"), None)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, f"{self.folder}/golden.json is missing.\n{ADVICE}")

    def test_fails_where_the_program_fails(self):
        self.assertNotEqual(self.check(self.program("{}", exit_code=3), "{}\n").returncode, 0)


if __name__ == "__main__":
    unittest.main()
