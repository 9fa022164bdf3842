# SPDX-License-Identifier: MIT
"""Tests tests/examples/check with small examples, of which some match their head comments and some do not."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check")

# Sends the same response to every request; starts and stops like App::run.
SERVER = """
import http.server, signal, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-length", str(len({body!r})))
        self.end_headers()
        self.wfile.write({body!r}.encode())
    def log_message(self, *args): pass
signal.signal(signal.SIGTERM, lambda *_: sys.exit({code}))
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print("serving it on http://127.0.0.1:%d (stop)" % server.server_port, file=sys.stderr, flush=True)
server.serve_forever()
"""


def check(head, program):
    """Runs the check for an example with this head comment and this Python program; returns its output and success."""
    with tempfile.TemporaryDirectory() as folder:
        source, binary = pathlib.Path(folder, "07_thing.cpp"), pathlib.Path(folder, "07_thing")
        source.write_text("// SPDX\n" + "".join(f"//{line}\n" for line in head) + "int main() {}\n")
        binary.write_text(f"#!{sys.executable}\n{program}")
        binary.chmod(0o755)
        run = subprocess.run([CHECK, source, binary], capture_output=True, text=True, check=False)
    return run.stderr, run.returncode == 0


class Programs(unittest.TestCase):
    HEAD = ["   $ ./scripts/run 07_thing", "   one", "   two"]

    def test_passes_the_promised_output(self):
        self.assertEqual(check(self.HEAD, "print('one\\ntwo')"), ("", True))

    def test_passes_the_arguments_behind_two_dashes(self):
        head = ["   $ ./scripts/run 07_thing -- seed --name 'a b'", "   ['seed', '--name', 'a b']"]
        self.assertEqual(check(head, "import sys; print(sys.argv[1:])"), ("", True))

    def test_fails_another_output(self):
        said, passed = check(self.HEAD, "print('one\\nthree')")
        self.assertFalse(passed)
        self.assertIn("$ ./scripts/run 07_thing\n--- expected\none\ntwo\n--- actual\none\nthree", said)

    def test_fails_an_exit_code(self):
        said, passed = check(self.HEAD, "print('one\\ntwo'); raise SystemExit(3)")
        self.assertFalse(passed)
        self.assertIn("exit code 3", said)

    def test_fails_a_head_that_runs_another_example(self):
        said, passed = check(["   $ ./scripts/run 08_other", "   one"], "print('one')")
        self.assertFalse(passed)
        self.assertIn("the first command must be one of ['./scripts/run 07_thing', './build/07_thing']", said)

    def test_fails_a_head_that_promises_nothing(self):
        said, passed = check(["   $ ./scripts/run 07_thing"], "pass")
        self.assertFalse(passed)
        self.assertIn("the head comment shows no output", said)


class Servers(unittest.TestCase):
    HEAD = ["   $ ./scripts/run 07_thing", "", "   $ curl http://127.0.0.1:8000/"]

    def serve(self, expected, body, code=0, command=None):
        head = self.HEAD[:2] + [command or self.HEAD[2]] + expected
        return check(head, SERVER.format(body=body, code=code))

    def test_passes_the_promised_answer(self):
        self.assertEqual(self.serve(['   {"a":1}'], '{"a":1}'), ("", True))

    def test_joins_a_line_that_stands_deeper(self):
        self.assertTrue(self.serve(['   {"a":1,', '     "b":2}'], '{"a":1,"b":2}')[1])

    def test_keeps_an_empty_line_within_an_answer(self):
        self.assertTrue(self.serve(["   a", "", "   b"], "a\n\nb")[1])

    def test_fails_another_answer(self):
        said, passed = self.serve(['   {"a":1}'], '{"a":2}')
        self.assertFalse(passed)
        self.assertIn('--- expected\n{"a":1}\n--- actual\n{"a":2}', said)

    def test_takes_any_id_where_three_dots_stand_for_one(self):
        self.assertTrue(self.serve(['   {"id":"..."}'], '{"id":"4f-2a"}')[1])
        self.assertFalse(self.serve(['   {"id":"..."}'], '{"id":""}')[1])

    def test_takes_three_dots_for_nothing_else(self):
        self.assertFalse(self.serve(["   a ... b"], "a c b")[1])

    def test_fails_a_server_that_does_not_stop_cleanly(self):
        said, passed = self.serve(["   a"], "a", code=1)
        self.assertFalse(passed)
        self.assertIn("exit code 1 after SIGTERM", said)

    def test_fails_a_program_that_never_serves(self):
        said, passed = check(self.HEAD + ["   a"], "pass")
        self.assertFalse(passed)
        self.assertIn("the program ended before it served", said)

    def test_runs_nothing_but_curl(self):
        said, passed = self.serve(["   a"], "a", command="   $ echo a")
        self.assertFalse(passed)
        self.assertIn("a command that follows the start of a server must be curl or websocat: 'echo a'", said)


if __name__ == "__main__":
    unittest.main()
