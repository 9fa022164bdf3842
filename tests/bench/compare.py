# SPDX-License-Identifier: MIT
"""Compares two builds of serval: ./tests/bench/run --against DIR. docs/benchmarks.md explains the output.

Each round measures both builds, one directly after the other, and gives one ratio, new to old. The output shows the
median of these ratios (for an even number of rounds, the mean of the two middle ones) and its 95 % interval. It also
shows the median of each build across the rounds; the quotient of these two medians can differ from the median ratio.

The order alternates from round to round (A B, B A, ...), so that a machine whose speed drifts favours neither build.
Each measurement of a server starts a new process, because the placement of a process in memory changes its figures by
more than many changes of the code do. For CPU times, each round also links both programs with the library's objects in
another order, the same number of orders for both: the code of a request is about as large as the instruction cache, so
that one order may be 5 % faster than another one of the same objects.
"""
import argparse
import collections
import math
import pathlib
import re
import statistics
import tempfile

from measure import (IDLE_CONNECTIONS, OPEN_STREAMS, OPEN_WEB_SOCKETS, Build, compile_seconds, idle_growth, load,
                     many_streams, many_web_sockets, models_source, server)

PARTS = ["http", "pipeline", "memory", "web_sockets", "streams", "compile", "model"]
PROGRAMS = {"http": ["01_hello", "02_path_and_query", "post_app"], "pipeline": ["01_hello"], "memory": ["01_hello"],
            "web_sockets": ["web_sockets_app"], "streams": ["transfer_app"], "compile": [], "model": []}
MODELS = 16  # one more model takes less time than the random difference between two compilations
LEAST_ROUNDS = 6  # fewer rounds have no 95 % interval, only a range, which may exclude 1 even for two equal builds
# These settings determine how fast a build is. A comparison of builds that differ here would not compare their code.
SETTINGS = ["CMAKE_BUILD_TYPE", "CMAKE_CXX_COMPILER", "CMAKE_CXX_FLAGS", "CMAKE_CXX_FLAGS_RELEASE", "BUILD_SHARED_LIBS",
            "SERVAL_SANITIZE"]


def settings_of(folder):
    """Returns the cache entries of a build folder: name -> value."""
    return dict(re.findall(r"^([A-Z_]+):\w+=(.*)$", (folder / "CMakeCache.txt").read_text(), re.MULTILINE))


def build_in(name):
    """Returns the build that --against names: a checkout, which is built in its build/bench, or a build folder."""
    folder = pathlib.Path(name).resolve()
    if (folder / "CMakeCache.txt").is_file():
        return Build(pathlib.Path(settings_of(folder)["CMAKE_HOME_DIRECTORY"]), folder)
    if (folder / "include" / "serval").is_dir():
        return Build(folder, folder / "build" / "bench")
    raise argparse.ArgumentTypeError(f"{name} is neither a checkout of serval nor its build folder")


def different_setting(new, old):
    """Names a setting of the two builds that makes them incomparable, or returns None."""
    ours, theirs = settings_of(new.folder), settings_of(old.folder)
    for name in SETTINGS:
        if ours.get(name) != theirs.get(name):
            return f"{name} is '{ours.get(name, '')}' in {new.folder} and '{theirs.get(name, '')}' in {old.folder}"
    return None


def paired(measure, new, old, rounds):
    """Measures both builds `rounds` times; returns pairs (new, old)."""
    pairs = []
    for number in range(rounds):
        order = [new, old] if number % 2 == 0 else [old, new]
        figures = {build: measure(build) for build in order}
        pairs.append((figures[new], figures[old]))
    return pairs


def interval(ratios):
    """Returns the confidence interval of the median of the ratios, (low, high), at a level of at least 95 %.

    It assumes only that the rounds are independent. The number of the n values that are below the median has a binomial
    distribution with probability 1/2. So the k-th smallest and the k-th greatest value enclose the median unless fewer
    than k values are on one side of it, which has the probability 2 * P(Binomial(n, 1/2) < k). k is the greatest number
    for which this is at most 5 %. For fewer than six values it is above 5 % even for k = 1; the result is then the
    smallest and the greatest value, which are not a 95 % interval.
    """
    ordered, n = sorted(ratios), len(ratios)
    k = 1
    while miss_probability(n, k + 1) <= 0.05:
        k += 1
    return ordered[k - 1], ordered[n - k]


def miss_probability(n, k):
    """Returns the probability that the k-th smallest and the k-th greatest of n values do not enclose the median."""
    return 2 * sum(math.comb(n, i) for i in range(k)) / 2**n


def verdict(ratios, margin):
    """Returns (text, fails) for the ratios new/old of a figure that should be small. The margin is in percent.

    better        the interval of the median is below 1
    worse         the interval is above 1; this fails if the median is beyond the margin
    equal         the interval contains 1 and is within the margin on both sides, 1/(1 + margin) to 1 + margin
    not settled   the interval contains 1 and reaches beyond the margin; this proves nothing and does not fail
    """
    if len(ratios) < LEAST_ROUNDS:
        return "too few rounds", False
    low, high = interval(ratios)
    most = 1 + margin / 100
    if high < 1:
        return "better", False
    if low <= 1:
        return "equal" if low >= 1 / most and high <= most else "not settled", False
    failed = statistics.median(ratios) > most
    return "WORSE" if failed else f"worse, within {margin:g} %", failed


def ratio(new, old):
    """Returns new/old. True figures are not negative, so a figure that is negative because of noise counts as 0. 0/0 is 1."""
    new, old = max(new, 0), max(old, 0)
    if new == old:
        return 1.0
    return new / old if old > 0 else math.inf


def figures(options, folder):
    """Yields (part, name, unit, function that measures a build) for each figure to compare."""
    def cpu(program, path, script=None):
        rounds = collections.Counter()

        def measure(build):
            rounds[build.folder] += 1
            with server(build.serve_relinked(program, rounds[build.folder])) as (pid, (url, _)):
                load(pid, url + path, 1, script)  # warms up
                return load(pid, url + path, options.seconds, script)[1]
        return measure

    def web_sockets(build):
        with many_web_sockets(build) as (_, _, grown, _):
            return grown / OPEN_WEB_SOCKETS

    def hello(build):
        return compile_seconds(options.compiler, ["-O2"], build.source / "examples" / "01_hello.cpp", build.source)

    few, many = models_source(folder, 1), models_source(folder, 1 + MODELS)

    def one_more_model(build):
        most, least = (compile_seconds(options.compiler, ["-O2"], source, build.source) for source in (many, few))
        return (most - least) / MODELS

    client = options.new.program("transfer_client")
    yield "http", "hello world, CPU", "us", cpu("01_hello", "/")
    yield "http", "parameters, CPU", "us", cpu("02_path_and_query", "/items/7?q=chair")
    yield "http", "POST model, CPU", "us", cpu("post_app", "/items", "post.lua")
    yield "pipeline", "hello world, 16 deep, CPU", "us", cpu("01_hello", "/", "pipeline.lua")
    yield "memory", "idle connection", "bytes", lambda build: idle_growth(build)[0] / IDLE_CONNECTIONS
    yield "web_sockets", "open WebSocket", "bytes", web_sockets
    yield "streams", "open event stream", "bytes", lambda build: many_streams(build, client)[0] / OPEN_STREAMS
    yield "compile", "hello world, -O2", "s", hello
    yield "model", "one more model and route", "s", one_more_model


def compare(options):
    """Prints a line for each figure; returns the names of the figures that are worse by more than the margin."""
    spread = "95 % interval" if options.rounds >= LEAST_ROUNDS else "range"
    print(f"new: {options.new.folder}\nold: {options.against.folder}\n")
    print(f"{'':26}{'new':>10}{'old':>10}{'':7}{'new/old':>8}  {spread:16}verdict")
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for part, name, unit, measure in figures(options, folder):
            if part not in options.parts:
                continue
            pairs = paired(measure, options.new, options.against, options.rounds)
            ratios = [ratio(new, old) for new, old in pairs]
            new, old = (statistics.median(column) for column in zip(*pairs))
            low, high = interval(ratios)
            said, failed = verdict(ratios, options.margin)
            if failed:
                failures.append(name)
            digits = 0 if unit == "bytes" else 3
            print(f"{name:26}{new:10.{digits}f}{old:10.{digits}f} {unit:6}{statistics.median(ratios):8.3f}  "
                  f"{f'{low:.3f}-{high:.3f}':16}{said}", flush=True)
    return failures
