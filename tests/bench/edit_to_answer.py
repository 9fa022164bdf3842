# SPDX-License-Identifier: MIT
"""Measures `serval dev`: the time from a saved edit to the first response of the program that has it."""
import contextlib
import http.client
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from measure import ROOT

EDITS = 10
PATIENCE = 120  # seconds
TARGETS = ["serval", "serval_auth", "serval_compression", "serval_dev", "serval_templates", "serval_tool"]
TODO = """cmake_minimum_required(VERSION 3.25)
project(todo LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(serval REQUIRED)
function(serval_warnings)
endfunction()
add_subdirectory(todo)
"""


class Program:
    """A program to edit: in `file`, `text` is replaced, and the response of `path` then contains the new text."""

    def __init__(self, name, file, text, path):
        self.name, self.file, self.text, self.path = name, file, text, path

    def copy_to(self, folder):
        if self.name == "hello":
            shutil.copy(ROOT / "examples" / "01_hello.cpp", folder / "main.cpp")
        else:
            shutil.copytree(ROOT / "examples" / "apps" / "todo", folder / "todo")
            (folder / "CMakeLists.txt").write_text(TODO)


HELLO = Program("hello", "main.cpp", "Hello World", "/")
TODO_APP = Program("todo", "todo/routes.cpp", "No to-do ", "/todos/99")


class Served:
    """A running `serval dev` on a copy of a program."""

    def __init__(self, prefix, folder, compiler):
        environment = {**os.environ, "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}", "NO_COLOR": "1",
                       "XDG_CACHE_HOME": str(prefix.parent / "dev-cache")}
        self.process = subprocess.Popen(["serval", "dev", "--port", "0", "--compiler", compiler], cwd=folder, env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if "serval: serving" in line:
                break
        else:
            raise SystemExit("serval dev does not serve:\n" + "".join(lines))
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", "".join(lines))[1])
        self.reader = threading.Thread(target=self.process.stderr.read)  # a full pipe would block the tool
        self.reader.start()

    def answer(self, path):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE)
        self.reader.join()


def seconds_of_edit(served, program, file, original, number):
    text = f"{program.text}{time.time_ns()}.{number} "  # never seen before, so no cache of compilations has it
    aside = file.with_name(file.name + "~")
    aside.write_text(original.replace(program.text, text))
    start = time.monotonic()
    aside.rename(file)
    while text not in served.answer(program.path):
        if time.monotonic() > start + PATIENCE:
            raise SystemExit(f"an edit of {program.name} has not been served")
        time.sleep(0.002)
    return time.monotonic() - start


def measure(prefix, program, compiler):
    """Returns the seconds of each of ten edits."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program.copy_to(folder)
        file = folder / program.file
        original = file.read_text()
        served = Served(prefix, folder, compiler)
        try:
            seconds_of_edit(served, program, file, original, 0)  # warms up
            return [seconds_of_edit(served, program, file, original, number) for number in range(1, EDITS + 1)]
        finally:
            served.stop()
