# SPDX-License-Identifier: MIT
"""Tests how ./tests/bench/run --against evaluates its measurements."""
import argparse
import contextlib
import io
import math
import pathlib
import tempfile
import unittest
from unittest import mock

import compare
import measure


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
        self.assertEqual(compare.interval(list(range(1, 21))), (6, 15))  # the interval in textbooks for n = 20
        self.assertEqual(compare.interval(list(range(1, 11))), (2, 9))  # ten rounds, the default

    def test_does_not_depend_on_the_order_of_the_rounds(self):
        self.assertEqual(compare.interval([1.3, 0.9, 1.1, 1.0, 1.2, 0.8, 1.4, 0.7, 1.5, 1.6]), (0.8, 1.5))

    def test_misses_the_median_with_the_probability_of_the_binomial_distribution(self):
        self.assertEqual(compare.miss_probability(5, 1), 2 / 32)  # all five on one side: more than 5 %
        self.assertEqual(compare.miss_probability(6, 1), 2 / 64)
        self.assertEqual(compare.miss_probability(10, 2), 2 * (1 + 10) / 1024)
        self.assertEqual(compare.miss_probability(10, 3), 2 * (1 + 10 + 45) / 1024)

    def test_is_the_widest_cut_that_keeps_95_percent(self):
        for rounds in range(compare.LEAST_ROUNDS, 60):
            low, high = compare.interval(list(range(1, rounds + 1)))
            self.assertEqual(high, rounds + 1 - low)
            self.assertLessEqual(compare.miss_probability(rounds, low), 0.05, rounds)
            self.assertGreater(compare.miss_probability(rounds, low + 1), 0.05, rounds)

    def test_needs_six_rounds(self):
        self.assertLessEqual(compare.miss_probability(compare.LEAST_ROUNDS, 1), 0.05)
        self.assertGreater(compare.miss_probability(compare.LEAST_ROUNDS - 1, 1), 0.05)


class Verdict(unittest.TestCase):
    def test_calls_an_interval_around_1_within_the_margin_equal(self):
        self.assertEqual(compare.verdict([0.99, 1.01, 1.02, 1.01, 1.0, 1.01], 2), ("equal", False))
        self.assertEqual(compare.verdict([1.0, 1.0, 1.0, 1.0, 1.0, 1.0], 0), ("equal", False))

    def test_calls_an_interval_around_1_that_reaches_beyond_the_margin_not_settled(self):
        self.assertEqual(compare.verdict([0.98, 1.1, 1.2, 1.1, 1.1, 1.1], 2), ("not settled", False))
        self.assertEqual(compare.verdict([0.9, 1.01, 1.01, 1.01, 1.01, 1.01], 2), ("not settled", False))

    def test_leaves_out_one_outlier_of_ten_rounds(self):
        self.assertEqual(compare.verdict([5, 1.01, 1, 0.99, 1, 1, 1.01, 1, 0.2, 1], 2), ("equal", False))

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
        self.assertEqual(compare.ratio(0, 4), 0)

    def test_counts_a_negative_figure_as_nothing(self):
        self.assertEqual(compare.ratio(-5, -3), 1)
        self.assertEqual(compare.ratio(-5, 4), 0)
        self.assertEqual(compare.ratio(4, -5), math.inf)

    def test_divides_the_new_figure_by_the_old_one(self):
        self.assertEqual(compare.ratio(3, 4), 0.75)


class Relinking(unittest.TestCase):
    COMMAND = ": && c++ -O3 main.o -o examples/01_hello  libserval.a  -lre2 && :"

    def test_writes_a_copy_from_the_objects_in_their_order(self):
        self.assertEqual(measure.relinking(self.COMMAND, "examples/01_hello", "/x/01_hello", ["b.o", "a.o"]),
                         ": && c++ -O3 main.o -o /x/01_hello  b.o a.o  -lre2 && :")

    def test_leaves_programs_with_shared_libraries_as_they_are(self):
        shared = self.COMMAND.replace("libserval.a", "libserval.so.0.1.0")
        self.assertIsNone(measure.relinking(shared, "examples/01_hello", "/x/01_hello", ["a.o"]))


class Report(unittest.TestCase):
    """Tests the line of a figure with a part that measures fixed numbers."""

    def line(self, new, old, rounds, margin=2):
        figures = {"new": iter(new), "old": iter(old)}
        options = argparse.Namespace(new=compare.Build("", "new"), against=compare.Build("", "old"), rounds=rounds,
                                     margin=margin, parts=["part"])
        measured = lambda build: next(figures[build.folder])  # noqa: E731
        output = io.StringIO()
        with mock.patch.object(compare, "figures", lambda *_: [("part", "a figure", "us", measured)]), \
                contextlib.redirect_stdout(output):
            failures = compare.compare(options)
        return output.getvalue().splitlines()[-1].split(maxsplit=2)[2].split(), failures

    def test_shows_medians_their_interval_and_the_verdict(self):
        # Ratios 1.1, 1.2, 1.1, 1.05, 1.1, 1.1: median 1.1, minimum 1.05, maximum 1.2.
        words, failures = self.line([11, 24, 33, 42, 55, 66], [10, 20, 30, 40, 50, 60], 6)
        self.assertEqual(words, ["37.500", "35.000", "us", "1.100", "1.050-1.200", "WORSE"])
        self.assertEqual(failures, ["a figure"])

    def test_takes_the_mean_of_the_two_ratios_in_the_middle(self):
        words, failures = self.line([11, 12, 13, 14, 15, 16], [10] * 6, 6, 50)
        self.assertEqual(words[3:5], ["1.350", "1.100-1.600"])
        self.assertEqual(failures, [])


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
        with self.assertRaises(argparse.ArgumentTypeError) as raised:
            compare.build_in(self.folder)
        self.assertEqual(str(raised.exception), f"{self.folder} is neither a checkout of serval nor its build folder")

    def test_names_a_setting_that_differs(self):
        home = "CMAKE_HOME_DIRECTORY:INTERNAL=/x\n"
        new = self.cache("new", home + "CMAKE_BUILD_TYPE:STRING=Release\n")
        old = self.cache("old", home + "CMAKE_BUILD_TYPE:STRING=Debug\n")
        self.assertIn("CMAKE_BUILD_TYPE is 'Release'", compare.different_setting(new, old))
        self.assertIsNone(compare.different_setting(new, new))


if __name__ == "__main__":
    unittest.main()
