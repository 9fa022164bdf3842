# SPDX-License-Identifier: MIT
"""`serval client ts`: its clients type-check and talk to running programs, and it fails with clear sentences.

Needs npm's registry; exits with 77 (skipped) without it. SERVAL_EXAMPLES is the folder of the built examples."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys

import support
from support import Dev, ToolTest, main, save, serval

EXAMPLES = pathlib.Path(os.environ.get("SERVAL_EXAMPLES", ""))
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GOLDEN = ROOT / "tests" / "openapi" / "golden"
DOCUMENT = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {}}
SKIPPED = 77


def run(*words, folder, **variables):
    return subprocess.run([str(word) for word in words], cwd=folder, env={**support.environment(), **variables},
                          capture_output=True, text=True, timeout=support.PATIENCE)


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cache():
    return pathlib.Path(support.environment()["XDG_CACHE_HOME"]) / "serval"


class Served:
    """A running example on a free port."""

    def __init__(self, name):
        self.process = subprocess.Popen([str(EXAMPLES / name), "--port", "0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.origin = found.group()
                return
        raise AssertionError(f"{name} ended with {self.process.wait()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=support.PATIENCE)


class Clients(ToolTest):
    """Clients that a compiler checks and node runs."""

    def make(self, *options):
        made = serval("client", "ts", *options, folder=self.folder)
        self.assertEqual(made.returncode, 0, made.stderr)

    def compiled(self, consumer, text=None):
        (self.folder / consumer).write_text(text or (HERE / "client" / consumer).read_text())
        shutil.copy(HERE / "client" / "tsconfig.json", self.folder)
        (self.folder / "package.json").write_text('{"type": "module"}')
        # Older ones are of other lock files.
        compiler = max(cache().glob("client_ts-*/node_modules/typescript/bin/tsc"), key=lambda path: path.stat().st_ctime)
        return run("node", compiler, "-p", ".", folder=self.folder)

    def said_by(self, consumer, origin):
        compiled = self.compiled(consumer)
        self.assertEqual(compiled.returncode, 0, compiled.stdout)
        module = f"./out/{pathlib.Path(consumer).stem}.js"
        ended = run("node", "--input-type=module", "-e", f'import {{ main }} from "{module}"; await main("{origin}");',
                    folder=self.folder)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return ended.stdout.splitlines()

    def test_of_a_servers_address_creates_reads_and_reports_errors(self):
        with Served("todo") as todo:
            self.make("--from", todo.origin)
            self.assertEqual(self.said_by("todo.ts", todo.origin),
                             ["created 201 Call Ada high", "read Call Ada", "changed true", "listed Call Ada",
                              "refused 422 body.title", "deleted 204", "gone 404", "requests 7"])

    def test_have_a_type_for_each_status(self):
        with Served("11_openapi_metadata") as orders:
            self.make("--from", f"{orders.origin}/openapi.json")
            self.assertEqual(self.said_by("orders.ts", orders.origin),
                             ["201 Chair 2", "404 No Table", "422 body.amount", "true"])

    def test_read_event_streams(self):
        self.make("--from", str(GOLDEN / "19_server_sent_events.json"))
        with Served("19_server_sent_events") as countdown:
            self.assertEqual(self.said_by("countdown.ts", countdown.origin),
                             ["2,1,0", "SSE failed: 422 Unprocessable Content"])

    def test_of_other_documents_compile(self):
        names = ("16_forms_and_uploads", "18_streaming", "27_websocket_recipes", "28_value_types", "29_details", "31_error_model",
                 "46_refresh_tokens", "accounts")
        for name in names:
            self.make("--from", str(GOLDEN / f"{name}.json"), "--out", name)
        exports = [f'export * as c{number} from "./{name}/index.js";\n' for number, name in enumerate(names)]
        compiled = self.compiled("all.ts", "".join(exports))
        self.assertEqual(compiled.returncode, 0, compiled.stdout)

    def test_with_a_wrong_type_do_not_compile(self):
        self.make("--from", str(GOLDEN / "todo.json"))
        text = (HERE / "client" / "todo.ts").read_text()
        faults = (('title: ""', "title: 5", "Type 'number' is not assignable to type 'string'"),
                  ('"high"', '"urgent"', """'"urgent"' is not assignable to type 'Priority"""),
                  ("data?.done", "data?.finished", "'finished' does not exist on type 'Todo'"),
                  ("limit: 10", "most: 10", "'most' does not exist in type"),
                  ("?.detail?.[0]", "?.status", "'status' does not exist on type 'HttpValidationError'"),
                  ("path: { id: todo.id }, throw", "throw", "Property 'path' is missing"))
        for right, wrong, _ in faults:
            self.assertIn(right, text)
            text = text.replace(right, wrong, 1)
        compiled = self.compiled("todo.ts", text)
        self.assertNotEqual(compiled.returncode, 0)
        for _, _, complaint in faults:
            self.assertIn(complaint, compiled.stdout)

    def test_of_a_project_are_as_the_documentation_says(self):
        self.assertEqual(serval("new", "shop", "--template", "service", folder=self.folder).returncode, 0)
        project = self.folder / "shop"
        made = serval("client", "ts", "--project", "shop", folder=self.folder)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(serval("client", "ts", "--out", "web/api", folder=project).returncode, 0)
        self.assertEqual(bytes_of(project / "web" / "api"), bytes_of(self.folder / "client"))
        with Dev(project) as dev:
            dev.wait_until_served()
            text = (HERE / "client" / "shop.ts").read_text()
            compiled = self.compiled("shop.ts", text.replace("http://127.0.0.1:8000", dev.url))
            self.assertEqual(compiled.returncode, 0, compiled.stdout)
            ended = run("node", "out/shop.js", folder=self.folder)
            self.assertEqual((ended.stdout, ended.stderr), ("200 tea\n", ""))


class Output(ToolTest):
    """What is written and what is left alone."""

    def make(self, document, *options):
        return serval("client", "ts", "--from", str(document), *options, folder=self.folder)

    def test_has_the_same_bytes_each_time(self):
        for folder in ("one", "deep/two/"):
            self.assertEqual(self.make(GOLDEN / "accounts.json", "--out", folder).returncode, 0)
        with Served("accounts") as accounts:
            self.assertEqual(self.make(accounts.origin, "--out", "three").returncode, 0)
        one = bytes_of(self.folder / "one")
        self.assertIn("sdk.gen.ts", one)
        self.assertEqual(bytes_of(self.folder / "deep" / "two"), one)
        self.assertEqual(bytes_of(self.folder / "three"), one)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["deep", "one", "three"])

    def test_does_not_depend_on_the_project_around_it(self):
        self.assertEqual(self.make(GOLDEN / "todo.json", "--out", "one").returncode, 0)
        (self.folder / "tsconfig.json").write_text('{"compilerOptions": {"module": "ESNext", "moduleResolution": "Bundler"}}')
        (self.folder / "openapi-ts.config.js").write_text("throw new Error('read');")
        self.assertEqual(self.make(GOLDEN / "todo.json", "--out", "two").returncode, 0)
        self.assertEqual(bytes_of(self.folder / "two"), bytes_of(self.folder / "one"))

    def test_is_compared_by_check(self):
        client = self.folder / "client"
        missing = self.make(GOLDEN / "todo.json", "--check")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("  sdk.gen.ts is missing\n", missing.stderr)
        self.assertFalse(client.exists())
        self.assertEqual(self.make(GOLDEN / "todo.json").returncode, 0)
        equal = self.make(GOLDEN / "todo.json", "--check")
        self.assertEqual((equal.returncode, equal.stderr), (0, ""))
        (client / "core" / "auth.gen.ts").unlink()
        shutil.copy(client / "index.ts", client / "more.ts")
        with open(client / "types.gen.ts", "a") as types:
            types.write("export type Mine = 1;\n")
        before = bytes_of(client)
        differs = self.make(GOLDEN / "todo.json", "--check")
        self.assertEqual(differs.returncode, 1)
        self.assertEqual([line for line in differs.stderr.splitlines() if line.startswith("  ")],
                         ["  core/auth.gen.ts is missing", "  more.ts is no longer generated", "  types.gen.ts differs"])
        self.assertEqual(bytes_of(client), before)

    def test_replaces_the_whole_old_client(self):
        client = self.folder / "client"
        self.assertEqual(self.make(GOLDEN / "todo.json").returncode, 0)
        shutil.copy(client / "index.ts", client / "old.ts")
        self.assertEqual(self.make(GOLDEN / "01_hello.json").returncode, 0)
        self.assertFalse((client / "old.ts").exists())
        self.assertNotIn(b"Todo", b"".join(bytes_of(client).values()))
        self.assertEqual([path.name for path in self.folder.iterdir()], ["client"])

    def test_is_not_touched_if_it_is_up_to_date_or_generation_fails(self):
        client = self.folder / "client"
        self.assertEqual(self.make(GOLDEN / "todo.json").returncode, 0)
        state = client.stat().st_ino, bytes_of(client)
        self.assertIn("up to date", self.make(GOLDEN / "todo.json").stderr)
        broken = {**DOCUMENT, "paths": {"/": {"get": {"responses": {"200": {
            "description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nothing"}}}}}}}}}
        (self.folder / "broken.json").write_text(json.dumps(broken))
        failed = self.make("broken.json")
        self.assertEqual(failed.returncode, 1)
        self.assertIn("serval: the generator has failed: Missing $ref pointer \"#/components/schemas/Nothing\"", failed.stderr)
        self.assertEqual((client.stat().st_ino, bytes_of(client)), state)
        self.assertEqual(self.make("broken.json", "--out", "new").returncode, 1)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["broken.json", "client"])

    def test_never_replaces_other_files(self):
        (self.folder / "src").mkdir()
        (self.folder / "src" / "mine.ts").write_text("mine")
        for folder in ("src", "src/mine.ts", ".", ".."):
            refused = self.make(GOLDEN / "todo.json", "--out", folder)
            self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("src has files that were not generated, such as mine.ts",
                      self.make(GOLDEN / "todo.json", "--out", "src").stderr)
        self.assertEqual(bytes_of(self.folder), {"src/mine.ts": b"mine"})


class Faults(ToolTest):
    def complaint(self, code, *options, **variables):
        ended = run("serval", "client", "ts", *options, folder=self.folder, **variables)
        self.assertEqual(ended.returncode, code, ended.stderr)
        self.assertTrue(ended.stderr.startswith("serval: "), ended.stderr)
        self.assertFalse((self.folder / "client").exists())
        return ended.stderr.removeprefix("serval: ")

    def test_of_documents_are_named(self):
        for code, text, complaint in ((1, "hello", "d.json is not JSON: parse error at line 1, column 1"),
                                      (1, "[]", 'd.json is not an OpenAPI document: it has no member "openapi"'),
                                      (1, '{"openapi": "2.0"}', "d.json is written in OpenAPI 2.0; 3.0 and 3.1 are supported"),
                                      (1, json.dumps({**DOCUMENT, "x": {"$ref": "/etc/passwd"}}),
                                       'd.json refers to another document, "/etc/passwd"')):
            (self.folder / "d.json").write_text(text)
            self.assertIn(complaint, self.complaint(code, "--from", "d.json"))
        self.assertEqual(self.complaint(2, "--from", "nothing.json"), "there is no file nothing.json\n")

    def test_of_addresses_are_named(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{closed.getsockname()[1]}"
            self.assertIn(f"{address}/openapi.json cannot be reached: connect ECONNREFUSED",
                          self.complaint(1, "--from", address))
        with Served("todo") as todo:
            self.assertEqual(self.complaint(1, "--from", f"{todo.origin}/no"), f"{todo.origin}/no answers 404\n")
            self.assertIn("/docs is not JSON", self.complaint(1, "--from", f"{todo.origin}/docs"))

    def test_of_projects_are_shown(self):
        self.assertIn("neither a CMakeLists.txt nor a main.cpp", self.complaint(2))
        save(self.main, support.HELLO.replace("return app", "return nothing"))
        self.assertIn("The build has failed", self.complaint(1))

    def test_of_the_command_line_are_wrong_usage(self):
        for words in (["client"], ["client", "cpp"], ["client", "ts", "--nothing"]):
            self.assertEqual(serval(*words, folder=self.folder).returncode, 2)


class Packages(ToolTest):
    """The pinned packages of the generator."""

    def command(self, **variables):
        return {"args": [str(support.PREFIX / "bin" / "serval"), "client", "ts", "--from", str(GOLDEN / "01_hello.json")],
                "cwd": self.folder, "env": {**support.environment(), "XDG_CACHE_HOME": str(self.folder / "cache"), **variables}}

    def failed(self, **variables):
        ended = subprocess.run(**self.command(**variables), capture_output=True, text=True, timeout=support.PATIENCE)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertFalse((self.folder / "client").exists())
        return ended.stderr

    def test_are_installed_once_even_by_two_at_once(self):
        commands = [self.command() for _ in range(2)]
        for number, command in enumerate(commands):
            command["args"] += ["--out", f"client{number}"]
        running = [subprocess.Popen(**command, stderr=subprocess.PIPE, text=True) for command in commands]
        said = [each.communicate(timeout=support.PATIENCE)[1] for each in running]
        self.assertEqual([each.returncode for each in running], [0, 0], said)
        self.assertEqual("".join(said).count("installing the generator"), 1)
        names = sorted(re.sub("[0-9a-f]{8,}", "HASH", path.name) for path in (self.folder / "cache" / "serval").iterdir())
        self.assertEqual(names, ["client_ts-HASH", "client_ts-HASH.lock"])
        # Later uses need neither npm nor the network.
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "node").symlink_to(shutil.which("node"))
        later = subprocess.run(**self.command(PATH=str(self.folder / "bin")), capture_output=True, text=True)
        self.assertEqual((later.returncode, later.stderr), (0, "serval: wrote the client client\n"))

    def test_need_node_and_npm(self):
        (self.folder / "bin").mkdir()
        nothing = self.failed(PATH=str(self.folder / "bin"))
        self.assertEqual(nothing, "serval: this command needs Node.js and npm, which are not installed: apt-get install npm\n")
        (self.folder / "bin" / "node").symlink_to(shutil.which("node"))
        self.assertIn("needs npm once, which is not installed: apt-get install npm", self.failed(PATH=str(self.folder / "bin")))
        (self.folder / "bin" / "node").unlink()
        (self.folder / "bin" / "node").write_text("#!/bin/sh\necho v16.20.2\n")
        (self.folder / "bin" / "node").chmod(0o755)
        self.assertIn("needs Node.js 18 or newer, and node is v16.20.2", self.failed(PATH=f"{self.folder / 'bin'}:/bin"))

    def test_that_cannot_be_installed_leave_nothing(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            said = self.failed(npm_config_registry=f"http://127.0.0.1:{closed.getsockname()[1]}", npm_config_fetch_retries="0",
                               npm_config_cache=str(self.folder / "npm"))
        self.assertIn("serval: npm cannot install the generator:\n", said)
        self.assertIn("ECONNREFUSED", said)
        self.assertLess(len(said.splitlines()), 25)
        self.assertEqual([path.name for path in (self.folder / "cache" / "serval").iterdir() if path.is_dir()], [])


def npm_answers():
    try:
        return subprocess.run(["npm", "ping"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    if not npm_answers():
        print("SKIPPED: npm does not reach its registry")
        sys.exit(SKIPPED)
    main()
