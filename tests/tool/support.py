# SPDX-License-Identifier: MIT
"""Drives the installed command serval: the first argument of each test program is the prefix."""
import contextlib
import http.client
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PREFIX = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
PATIENCE = 120  # seconds; the first build makes the precompiled header

HELLO = """#include <serval/serval.hpp>
int main(int argc, char** argv) {
  serval::App app;
  app.get("/")([] { return serval::json{{"message", "TEXT"}}; });
  app.get("/page")([] { return serval::Response(200, "<html><body>TEXT</body></html>", "text/html"); });
  return app.run(argc, argv);
}
"""


def environment():
    """A cache that the tests share, so that the precompiled header is made once, and no colours."""
    values = {**os.environ, "XDG_CACHE_HOME": str(PREFIX.parent / "cache"), "NO_COLOR": "1"}
    values["PATH"] = f"{PREFIX / 'bin'}:{values['PATH']}"
    values.pop("LISTEN_FDS", None)
    return values


def serval(*arguments, folder=None, **variables):
    """Runs the tool to its end."""
    return subprocess.run(["serval", *arguments], cwd=folder, env={**environment(), **variables}, capture_output=True, text=True,
                          timeout=PATIENCE)


def save(path, text):
    """Writes a file as editors do: under another name, then renamed."""
    aside = path.with_name(path.name + "~")
    aside.write_text(text)
    aside.rename(path)


def children_of(process):
    return [int(id) for id in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]


class Dev:
    """A running `serval dev`. `under`: the words of a command that runs it, in its place or as its first child."""

    def __init__(self, folder, *options, arguments=(), under=()):
        self.process = subprocess.Popen([*under, "serval", "dev", *options, "--port", "0", "--", *arguments], cwd=folder,
                                        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.text = ""
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.url = self.wait_for(r"building with .*?(http://[\d.]+:\d+)").group(1)
        self.port = int(self.url.rsplit(":", 1)[1])
        is_tool = pathlib.Path(f"/proc/{self.process.pid}/comm").read_text() == "serval\n"
        self.tool = self.process.pid if is_tool else children_of(self.process.pid)[0]

    def _read(self):
        for line in self.process.stderr:
            with self.changed:
                self.text += line
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def mark(self):
        """A position in the output, for `wait_for`."""
        with self.changed:
            return len(self.text)

    def wait_for(self, pattern, since=0, patience=PATIENCE):
        """Waits until the output has this after a position; TimeoutError if it does not within some seconds."""
        due = time.monotonic() + patience
        with self.changed:
            while True:
                if found := re.compile(pattern).search(self.text, since):
                    return found
                if self.process.poll() is not None and not self.reader.is_alive():
                    raise AssertionError(f"serval dev has ended with {self.process.returncode}:\n{self.text}")
                if not self.changed.wait(max(0, due - time.monotonic())) and time.monotonic() > due:
                    raise TimeoutError(f"no {pattern!r} in:\n{self.text[since:]}")

    def wait_until_served(self, since=0):
        return self.wait_for(r"serval: serving .* after", since)

    def is_quiet(self, since, seconds=0.7):
        """Whether nothing is built, neither since a position in the output nor within some seconds."""
        try:
            self.wait_for(r"serval: built|The build has failed", since, patience=seconds)
        except TimeoutError:
            return True
        return False

    def builds(self, since=0):
        return len(re.findall("serval: built", self.text[since:]))

    def get(self, path="/", headers=None):
        """Returns (status, fields, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode()
        finally:
            connection.close()

    def wait_for_text(self, text, path="/"):
        """Returns the first response that has it. After a change, the old program may still answer for some milliseconds."""
        due = time.monotonic() + PATIENCE
        while text not in (response := self.get(path))[2]:
            if time.monotonic() > due:
                raise AssertionError(f"still {response!r}:\n{self.text}")
            time.sleep(0.01)
        return response

    def program(self):
        """The process id of the program that was started last."""
        return children_of(self.tool)[-1]

    def wait_for_one_program(self):
        """Waits until those that were replaced have ended; they have 2 s."""
        due = time.monotonic() + PATIENCE
        while len(children_of(self.tool)) > 1:
            if time.monotonic() > due:
                raise AssertionError(f"there are the processes {children_of(self.tool)}:\n{self.text}")
            time.sleep(0.01)

    def stop(self, number=signal.SIGINT):
        os.kill(self.tool, number)
        return self.process.wait(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.tool, signal.SIGKILL)
            self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()


class Load:
    """Clients that ask all the time, half of them on connections of their own for each request, and count failures."""

    def __init__(self, dev, path="/"):
        self.path = path
        self.dev, self.good, self.bad, self.is_over = dev, 0, [], False
        self.threads = [threading.Thread(target=self._ask, args=(number % 2 == 0,)) for number in range(4)]

    def _ask(self, keeps):
        connection = None
        while not self.is_over:
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.dev.port, timeout=PATIENCE)
                connection.request("GET", self.path)
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    self.bad.append(response.status)
                else:
                    self.good += 1
                if not keeps or response.getheader("connection") == "close":
                    connection.close()
                    connection = None
            except (http.client.HTTPException, OSError) as fault:
                # A server that stops may close a kept connection just when it is used again (RFC 9112 section 9.3.1), but not
                # in the middle of a response.
                is_reused = connection is not None and getattr(connection, "was_used", False)
                is_closed = isinstance(fault, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError))
                if not (is_reused and is_closed):
                    self.bad.append(repr(fault))
                connection = None
            else:
                if connection is not None:
                    connection.was_used = True
            time.sleep(0.001)
        if connection is not None:
            connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        for thread in self.threads:
            thread.join()


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.main = self.folder / "main.cpp"


def option(name, default):
    """Takes the option of a test program, a number, from its command line."""
    if name not in sys.argv:
        return default
    at = sys.argv.index(name)
    value = int(sys.argv[at + 1])
    del sys.argv[at:at + 2]
    return value


def main():
    if PREFIX is None or not (PREFIX / "bin" / "serval").exists():
        sys.exit("usage: <test> PREFIX, the folder in which serval is installed")
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)


__all__ = ["Dev", "HELLO", "Load", "PATIENCE", "ToolTest", "children_of", "environment", "main", "option", "save", "serval", "signal"]
