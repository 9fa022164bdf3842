# SPDX-License-Identifier: MIT
"""What ./tests/bench/run --against makes of its measurements."""
import argparse
import math
import pathlib
import tempfile
import unittest

import compare


class Paired(unittest.TestCase):
    def test_measures_both_builds_in_each_round_and_turns_the_order(self):
        measured = []

        def measure(build):
            measured.append(build)
            return len(measured)

        pairs = compare.paired(measure, "new", "old", 3)
        self.assertEqual(measured, ["new", "old", "old", "new", "new", "old"])
        self.assertEqual(pairs, [(1, 2), (4, 3), (5, 6)])


class Interval(unittest.TestCase):
    def test_is_the_range_of_few_ratios(self):
        self.assertEqual(compare.interval([1.2]), (1.2, 1.2))
        self.assertEqual(compare.interval([1.2, 0.9, 1.0]), (0.9, 1.2))
        self.assertEqual(compare.interval([1, 2, 3, 4, 5, 6, 7, 8]), (1, 8))

    def test_leaves_out_outliers_where_there_are_enough_ratios(self):
        self.assertEqual(compare.interval([9, 1, 2, 3, 4, 5, 6, 7, 8]), (2, 8))
        self.assertEqual(compare.interval(list(range(1, 21))), (6, 15))  # the textbook's interval for n = 20


class Verdict(unittest.TestCase):
    def test_calls_a_ratio_inside_the_spread_equal(self):
        self.assertEqual(compare.verdict([0.98, 1.1, 1.2, 1.1, 1.1, 1.1], 2), ("equal", False))

    def test_says_nothing_of_too_few_rounds(self):
        self.assertEqual(compare.verdict([1.2, 1.2, 1.3, 1.2, 1.2], 2), ("too few rounds", False))

    def test_calls_lower_figures_better(self):
        self.assertEqual(compare.verdict([0.9, 0.8, 0.95, 0.9, 0.9, 0.9], 2), ("better", False))

    def test_fails_on_figures_that_are_worse_by_more_than_the_margin(self):
        self.assertEqual(compare.verdict([1.03, 1.05, 1.04, 1.06, 1.03, 1.04], 2), ("WORSE", True))

    def test_lets_figures_pass_that_are_worse_within_the_margin(self):
        self.assertEqual(compare.verdict([1.01, 1.012, 1.01, 1.01, 1.01, 1.01], 2), ("worse, within 2 %", False))

    def test_compares_with_nothing(self):
        self.assertEqual(compare.ratio(0, 0), 1)
        self.assertEqual(compare.ratio(1, 0), math.inf)


class Builds(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())).resolve()

    def cache(self, name, text):
        (self.folder / name).mkdir(parents=True)
        (self.folder / name / "CMakeCache.txt").write_text(text)
        return compare.build_in(self.folder / name)

    def test_takes_a_checkout(self):
        (self.folder / "include" / "serval").mkdir(parents=True)
        build = compare.build_in(self.folder)
        self.assertEqual((build.source, build.folder), (self.folder, self.folder / "build" / "bench"))

    def test_takes_a_build_folder(self):
        build = self.cache("b", "# a comment\nCMAKE_HOME_DIRECTORY:INTERNAL=/somewhere/serval\n")
        self.assertEqual((build.source, build.folder), (pathlib.Path("/somewhere/serval"), self.folder / "b"))

    def test_refuses_another_folder(self):
        with self.assertRaises(argparse.ArgumentTypeError):
            compare.build_in(self.folder)

    def test_names_a_setting_that_differs(self):
        home = "CMAKE_HOME_DIRECTORY:INTERNAL=/x\n"
        new = self.cache("new", home + "CMAKE_BUILD_TYPE:STRING=Release\n")
        old = self.cache("old", home + "CMAKE_BUILD_TYPE:STRING=Debug\n")
        self.assertIn("CMAKE_BUILD_TYPE is 'Release'", compare.different_setting(new, old))
        self.assertIsNone(compare.different_setting(new, new))


if __name__ == "__main__":
    unittest.main()
