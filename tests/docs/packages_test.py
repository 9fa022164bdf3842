# SPDX-License-Identifier: MIT
"""Tests that README.md names the packages that scripts/install-packages installs for a build."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Packages(unittest.TestCase):
    def test_are_the_same_in_the_readme(self):
        script = (ROOT / "scripts" / "install-packages").read_text()
        group = re.search(r'\[build\]="([^"]*)"', script)[1].split()
        line = re.search(r"`apt install ([^`]*)`", (ROOT / "README.md").read_text())[1].split()
        self.assertEqual(line, group)


if __name__ == "__main__":
    unittest.main()
