# SPDX-License-Identifier: MIT
"""Compares two builds of serval: ./tests/bench/run --against DIR. docs/benchmarks.md says how to read what it prints.

Each round measures both builds, one directly after the other, and yields one ratio, new to old. What is shown of a
figure is the median of its ratios (of an even number the mean of the two in the middle) and the interval in which that
median lies by 95 %. Both builds' own medians beside it have another quotient, as each is taken across rounds.

The order changes from round to round (A B, B A, ...), so that a machine that drifts favours neither. Each measurement of
a server starts a new process, because the placement of one process in memory shifts its figures by more than many
changes do.
"""
import argparse
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
MODELS = 16  # one more model takes less time than two compilations differ by chance
LEAST_ROUNDS = 6  # fewer have no 95 % interval: the range of two equal builds excludes 1 in half of all cases
# What decides how fast a build is; two builds that differ here compare their settings and not their code.
SETTINGS = ["CMAKE_BUILD_TYPE", "CMAKE_CXX_COMPILER", "CMAKE_CXX_FLAGS", "CMAKE_CXX_FLAGS_RELEASE", "BUILD_SHARED_LIBS",
            "SERVAL_SANITIZE"]


def settings_of(folder):
    """The entries of a build folder's cache: name -> value."""
    return dict(re.findall(r"^([A-Z_]+):\w+=(.*)$", (folder / "CMakeCache.txt").read_text(), re.MULTILINE))


def build_in(name):
    """The build that --against names: a checkout, which is built in its build/bench, or a build folder."""
    folder = pathlib.Path(name).resolve()
    if (folder / "CMakeCache.txt").is_file():
        return Build(pathlib.Path(settings_of(folder)["CMAKE_HOME_DIRECTORY"]), folder)
    if (folder / "include" / "serval").is_dir():
        return Build(folder, folder / "build" / "bench")
    raise argparse.ArgumentTypeError(f"{name} is neither a checkout of serval nor a build folder of one")


def different_setting(new, old):
    """Names a setting of the two builds that makes them incomparable, or returns None."""
    ours, theirs = settings_of(new.folder), settings_of(old.folder)
    for name in SETTINGS:
        if ours.get(name) != theirs.get(name):
            return f"{name} is '{ours.get(name, '')}' in {new.folder} and '{theirs.get(name, '')}' in {old.folder}"
    return None


def paired(measure, new, old, rounds):
    """Measures both builds `rounds` times: pairs (new, old)."""
    pairs = []
    for number in range(rounds):
        order = [new, old] if number % 2 == 0 else [old, new]
        figures = {build: measure(build) for build in order}
        pairs.append((figures[new], figures[old]))
    return pairs


def interval(ratios):
    """The confidence interval of the median of the ratios: (low, high), at a level of at least 95 %.

    It assumes nothing but that the rounds are independent. Of n values, the number below the median is binomial with
    probability 1/2, so that the k-th least and the k-th greatest enclose the median unless fewer than k values lie on
    one side of it: probability 2 * P(Binomial(n, 1/2) < k). k is the greatest for which that is at most 5 %. For fewer
    than six values even k = 1 is above 5 %; these yield the least and the greatest, which is not an interval of 95 %.
    """
    ordered, n = sorted(ratios), len(ratios)
    k = 1
    while miss_probability(n, k + 1) <= 0.05:
        k += 1
    return ordered[k - 1], ordered[n - k]


def miss_probability(n, k):
    """The probability that the k-th least and the k-th greatest of n values do not enclose the median."""
    return 2 * sum(math.comb(n, i) for i in range(k)) / 2**n


def verdict(ratios, margin):
    """What the ratios new/old of a figure that should be small say, and whether that fails a margin in percent.

    better, worse   the interval of the median lies below, above 1; worse fails where the median is beyond the margin
    equal           the interval contains 1 and lies within the margin on both sides, 1/(1 + margin) to 1 + margin
    not settled     the interval contains 1 and reaches beyond the margin: nothing is known, and nothing fails
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
    """new/old of two figures that cannot be negative; what noise has made negative counts as 0, and 0/0 as 1."""
    new, old = max(new, 0), max(old, 0)
    if new == old:
        return 1.0
    return new / old if old > 0 else math.inf


def figures(options, folder):
    """(part, name, unit, function that measures a build) of everything that is compared."""
    def cpu(program, path, script=None):
        def measure(build):
            with server(build.serve(program)) as (pid, (url, _)):
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
    """Prints a line for each figure; returns the names of those that are worse by more than the margin."""
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
