# SPDX-License-Identifier: MIT
"""Measures servers (on a separate core), load, memory and compilations. tests/bench/run checks the results against limits,
tests/bench/compare.py compares two builds."""
import contextlib
import os
import pathlib
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "bench"
CONNECTIONS = 64
IDLE_CONNECTIONS = 1000
OPEN_STREAMS = 5000
OPEN_WEB_SOCKETS = 5000
MESSAGE = b"x" * 100


class Build:
    """A checkout of serval, and the folder in which it is built and which contains the programs to measure."""

    def __init__(self, source, folder):
        self.source, self.folder = source, folder

    def program(self, name):
        return self.folder / ("examples" if name[0].isdigit() else "tests/bench") / name

    def serve(self, name):
        """Returns the command line of a server: one thread, a free port, no access log."""
        return [self.program(name), "--no-access-log", "--threads", "1", "--port", "0"]

    def serve_relinked(self, name, order):
        """The same, with the library's objects linked in another order. Programs that use shared libraries stay as they are."""
        program = self.program(name)
        target, copy = str(program.relative_to(self.folder)), self.folder / "relinked" / name
        objects = [each for each in self.ninja("inputs", "libserval.a") if each.endswith(".o")]
        random.Random(order).shuffle(objects)
        command = relinking(self.ninja("commands", target)[-1], target, copy, objects)
        if command is not None:
            copy.parent.mkdir(exist_ok=True)
            subprocess.run(command, shell=True, cwd=self.folder, check=True)
        return [copy if command is not None else program, *self.serve(name)[1:]]

    def ninja(self, tool, target):
        """Returns the lines that a tool of ninja prints."""
        return subprocess.run(["ninja", "-C", self.folder, "-t", tool, target], check=True, capture_output=True,
                              text=True).stdout.splitlines()

    def make(self, targets):
        """Builds the targets. A folder that is not configured yet becomes a Release build."""
        if not (self.folder / "CMakeCache.txt").exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            switches = ["-DSERVAL_WERROR=OFF", "-DSERVAL_BUILD_TESTS=OFF"]
            subprocess.run(["cmake", "--preset", "release", "-B", self.folder, *switches], cwd=self.source, check=True,
                           stdout=subprocess.DEVNULL)
        # With these settings, two checkouts share the results of the compiler cache.
        shared = {**os.environ, "CCACHE_BASEDIR": str(self.source), "CCACHE_NOHASHDIR": "1"}
        subprocess.run(["cmake", "--build", self.folder, "--target", *targets], check=True, stdout=sys.stderr, env=shared)


def relinking(command, target, copy, objects):
    """Changes the command that links a program: it writes `copy`, from the library's objects. None if it has no archive of them."""
    output, archive = f" -o {target} ", " libserval.a "
    if output not in command or archive not in command:
        return None
    return command.replace(output, f" -o {copy} ").replace(archive, f" {' '.join(objects)} ", 1)


def target_of(name):
    """Returns the CMake target of a program."""
    return f"example_{name}" if name[0].isdigit() else f"bench_{name}"


def cores():
    """Returns the core of the server and the core of the load generator; they are equal if there is only one core."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextlib.contextmanager
def server(command, on_all_cores=False):
    """Runs a server, on its core or on all; yields its process id and (URL, port)."""
    if not on_all_cores:
        command = ["taskset", "-c", str(cores()[0]), *command]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield process.pid, address_in(log, process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def address_in(log, process):
    for _ in range(500):
        text = os.pread(log.fileno(), 65536, 0).decode(errors="replace")
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", text):
            return found[0], int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.02)
    sys.exit(f"{process.args[3]} did not start to serve:\n{text}")


def cpu_seconds(pid):
    """Returns the user and system time of a process, from the 14th and 15th field of its stat file."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(pid, url, seconds, script=None):
    """Returns the requests per second, and the server's CPU time per request in microseconds."""
    command = ["taskset", "-c", str(cores()[1]), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-s", HERE / script] if script else []
    before = cpu_seconds(pid)
    out = subprocess.run([*command, url], check=True, capture_output=True, text=True, timeout=seconds + 30).stdout
    used = cpu_seconds(pid) - before
    requests, taken = re.search(r"(\d+) requests in ([\d.]+)s", out).groups()
    if "Non-2xx" in out or requests == "0":
        sys.exit(f"{url} gave wrong responses:\n{out}")
    return int(requests) / float(taken), used / int(requests) * 1e6

def resident_bytes(pid):
    return int(re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) * 1024


def ask(connection):
    connection.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
    received = b""
    while not received.endswith(b'{"message":"Hello World"}'):
        more = connection.recv(4096)
        if not more:
            sys.exit(f"connection lost after {received!r}")
        received += more

def idle_growth(build):
    """Returns the growth of the server's resident memory by idle keep-alive connections, and its size before, in bytes."""
    with server(build.serve("01_hello")) as (pid, (_, port)), contextlib.ExitStack() as connections:
        def connect():
            return connections.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        ask(connect())
        before = resident_bytes(pid)
        for _ in range(IDLE_CONNECTIONS):
            ask(connect())
        return resident_bytes(pid) - before, before


def receive_exactly(connection, count):
    received = b""
    while len(received) < count:
        more = connection.recv(count - len(received))
        if not more:
            sys.exit(f"connection lost after {received!r}")
        received += more
    return received


def open_web_socket(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                       b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        received += receive_exactly(connection, 1)
    if not received.startswith(b"HTTP/1.1 101"):
        sys.exit(f"the server did not accept the WebSocket: {received!r}")
    return connection

@contextlib.contextmanager
def many_web_sockets(build):
    """Yields the server's process id, thousands of open WebSockets, the growth of its memory by them, and its size before."""
    with server(build.serve("web_sockets_app")) as (pid, (_, port)), contextlib.ExitStack() as stack:
        stack.enter_context(open_web_socket(port))
        before = resident_bytes(pid)
        connections = [stack.enter_context(open_web_socket(port)) for _ in range(OPEN_WEB_SOCKETS)]
        yield pid, connections, resident_bytes(pid) - before, before


def broadcast(connections):
    """Sends a message that the server sends to all connections; returns how many did not receive it."""
    connections[0].sendall(bytes([0x81, 0x80 | len(MESSAGE), 0, 0, 0, 0]) + MESSAGE)  # a mask of zeros changes nothing
    return sum(receive_exactly(connection, 2 + len(MESSAGE))[2:] != MESSAGE for connection in connections)


def transfer(client, *arguments):
    """Runs the client for one transfer; returns the words that it prints. The first one is the time in seconds."""
    command = ["taskset", "-c", str(cores()[1]), client, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.split()


def many_streams(build, client):
    """Opens event streams and sends an event to all; returns the growth of the server's memory, the seconds until all have
    received the event, and how many have received it."""
    with server(build.serve("transfer_app")) as (pid, (_, port)):
        transfer(client, "upload", port, 1 << 20)
        before = resident_bytes(pid)
        reader = subprocess.Popen(["taskset", "-c", str(cores()[1]), client, "streams", str(port), str(OPEN_STREAMS)],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if reader.stdout.readline() != "open\n":
            sys.exit(f"{OPEN_STREAMS} streams could not be opened")
        grown = resident_bytes(pid) - before
        seconds, reached = reader.communicate("\n", timeout=60)[0].split()
    return grown, float(seconds), int(reached)


def compile_seconds(compiler, flags, source, tree=ROOT):
    """Returns the CPU time of one compilation with the headers of a checkout, without a compiler cache."""
    def children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = children()
    command = [compiler, "-std=c++20", *flags, "-I", tree / "include", "-c", source, "-o", os.devnull]
    subprocess.run(command, check=True, timeout=300, env={**os.environ, "CCACHE_DISABLE": "1"})
    return children() - before


# A model of ten fields and a route that takes and returns it, like the many of an application.
MODEL_AND_ROUTE = """
struct Order%(n)d {
  std::int64_t id;
  std::string title;
  serval::Field<std::string, serval::min_length(1), serval::max_length(80)> customer;
  std::optional<std::string> note;
  serval::Field<double, serval::gt(0)> price;
  serval::Default<double> tax = 19.0;
  std::vector<std::string> tags;
  serval::Default<bool> done = false;
  std::optional<int> priority;
  serval::Field<int, serval::ge(1), serval::le(99)> count;
};
Order%(n)d put_order_%(n)d(serval::Path<int, "id", serval::ge(1)> id, Order%(n)d order) {
  order.id = id;
  return order;
}
void declare_%(n)d(serval::App& app) { app.put<put_order_%(n)d>("/orders/{id}"); }
"""

def models_source(folder, count):
    """Writes a source file with `count` models and routes; returns its path."""
    source = pathlib.Path(folder) / f"models_{count}.cpp"
    source.write_text("#include <serval/serval.hpp>\n" + "".join(MODEL_AND_ROUTE % {"n": n} for n in range(count)))
    return source
