# SPDX-License-Identifier: MIT
"""How the benchmarks measure: servers on a core of their own, load, memory, compilations. tests/bench/run says what of it
must hold, tests/bench/compare.py sets two builds beside each other."""
import contextlib
import os
import pathlib
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
    """A checkout of serval and a folder in which it is built; the programs that are measured stand there."""

    def __init__(self, source, folder):
        self.source, self.folder = source, folder

    def program(self, name):
        return self.folder / ("examples" if name[0].isdigit() else "tests/bench") / name

    def serve(self, name):
        """The command line of a server: one thread, a free port, no log of requests."""
        return [self.program(name), "--no-access-log", "--threads", "1", "--port", "0"]

    def make(self, targets):
        """Builds the targets: Release, unless the folder has been configured for something else."""
        if not (self.folder / "CMakeCache.txt").exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            switches = ["-DSERVAL_WERROR=OFF", "-DSERVAL_BUILD_TESTS=OFF"]
            subprocess.run(["cmake", "--preset", "release", "-B", self.folder, *switches], cwd=self.source, check=True,
                           stdout=subprocess.DEVNULL)
        # Two checkouts share what they have in common.
        shared = {**os.environ, "CCACHE_BASEDIR": str(self.source), "CCACHE_NOHASHDIR": "1"}
        subprocess.run(["cmake", "--build", self.folder, "--target", *targets], check=True, stdout=sys.stderr, env=shared)


def target_of(name):
    """The CMake target of a program."""
    return f"example_{name}" if name[0].isdigit() else f"bench_{name}"


def cores():
    """One for the server, one for the load; the same where there is only one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextlib.contextmanager
def server(command):
    """Runs a server on its core; yields its process id and address."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(["taskset", "-c", str(cores()[0]), *command], stdout=log, stderr=log)
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
    sys.exit(f"{process.args[3]} does not serve:\n{text}")


def cpu_seconds(pid):
    """User and system time of a process, from the 14th and 15th field of its stat file."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(pid, url, seconds, script=None):
    """Requests a second and server CPU in microseconds a request."""
    command = ["taskset", "-c", str(cores()[1]), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-s", HERE / script] if script else []
    before = cpu_seconds(pid)
    out = subprocess.run([*command, url], check=True, capture_output=True, text=True, timeout=seconds + 30).stdout
    used = cpu_seconds(pid) - before
    requests, taken = re.search(r"(\d+) requests in ([\d.]+)s", out).groups()
    if "Non-2xx" in out or requests == "0":
        sys.exit(f"wrong answers from {url}:\n{out}")
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
    """What idle keep-alive connections add to the server's resident memory, and what it had before: bytes."""
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
        sys.exit(f"no WebSocket: {received!r}")
    return connection

@contextlib.contextmanager
def many_web_sockets(build):
    """Yields the server's process id, thousands of open WebSockets, and the bytes that they and it take."""
    with server(build.serve("web_sockets_app")) as (pid, (_, port)), contextlib.ExitStack() as stack:
        stack.enter_context(open_web_socket(port))
        before = resident_bytes(pid)
        connections = [stack.enter_context(open_web_socket(port)) for _ in range(OPEN_WEB_SOCKETS)]
        yield pid, connections, resident_bytes(pid) - before, before


def broadcast(connections):
    """Sends a message that the server passes on to all; how many did not get it."""
    connections[0].sendall(bytes([0x81, 0x80 | len(MESSAGE), 0, 0, 0, 0]) + MESSAGE)  # a mask of zeros changes nothing
    return sum(receive_exactly(connection, 2 + len(MESSAGE))[2:] != MESSAGE for connection in connections)


def transfer(client, *arguments):
    """What the client says of one transfer, word by word; the first one is its seconds."""
    command = ["taskset", "-c", str(cores()[1]), client, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.split()


def many_streams(build, client):
    """Opens event streams and sends one event to all: bytes that they take, seconds it took, how many got it."""
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
    """CPU time of one compilation against the headers of a checkout, without a compiler cache."""
    def children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = children()
    command = [compiler, "-std=c++20", *flags, "-I", tree / "include", "-c", source, "-o", os.devnull]
    subprocess.run(command, check=True, timeout=300, env={**os.environ, "CCACHE_DISABLE": "1"})
    return children() - before


# One model of ten fields and one route that takes and returns it, as an application has many.
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
    """Writes a source with so many models and routes."""
    source = pathlib.Path(folder) / f"models_{count}.cpp"
    source.write_text("#include <serval/serval.hpp>\n" + "".join(MODEL_AND_ROUTE % {"n": n} for n in range(count)))
    return source
