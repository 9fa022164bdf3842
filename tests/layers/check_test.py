# SPDX-License-Identifier: MIT
"""Tests each rule of tests/layers/check with small trees that break or keep it."""
import pathlib
import re
import subprocess
import tempfile
import unittest

import awaits

CHECK = pathlib.Path(__file__).with_name("check")
SPDX = "// SPDX-License-Identifier: MIT\n"
LAMBDA = "a lambda that captures by copy in an expression with co_await: capture by reference, or create it in a statement " \
    "before"
CATCH_ALL = "catch (...) is allowed only where docs/architecture.md says so: name the type, let an object of " \
    "detail::Undo clean up, or add the file to tests/layers/catch_all.txt"


def check(files):
    """Returns the lines printed for a tree of the given files (path -> text), and whether the check passed."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([CHECK, root], capture_output=True, text=True, check=False)
    return run.stdout.splitlines(), run.returncode == 0


class Layers(unittest.TestCase):
    def assert_fault(self, path, text, fault, **more):
        lines, passed = check({path: text, **more})
        self.assertFalse(passed)
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], "^" + re.escape(path) + r":\d+: " + re.escape(fault) + "$")

    def assert_clean(self, path, text):
        self.assertEqual(check({path: text}), ([], True))

    def test_lets_a_room_include_the_rooms_below_it(self):
        self.assert_clean("src/http/url.cpp", SPDX + "#include <serval/base/error.hpp>\n#include \"http/table.hpp\"\n")

    def test_reports_an_include_of_a_room_above(self):
        self.assert_fault("src/base/error.cpp", SPDX + "\n#include <serval/http/url.hpp>\n",
                          "room 'base' may not include room 'http' (<serval/http/url.hpp>)")

    def test_reports_an_internal_header_of_a_room_beside(self):
        self.assert_fault("src/routing/table.cpp", SPDX + '#include "params/bind.hpp"\n',
                          "room 'routing' may not include room 'params' (<params/bind.hpp>)")

    def test_reports_a_room_that_has_no_rules(self):
        self.assert_fault("src/cellar/wine.cpp", SPDX + "#include <serval/base/error.hpp>\n",
                          "room 'cellar' has no entry in MAY_INCLUDE of tests/layers/check")

    def test_reports_an_umbrella_header_inside_a_room(self):
        self.assert_fault("src/app/app.cpp", SPDX + "#include <serval/serval.hpp>\n",
                          "a room includes the umbrella header <serval/serval.hpp>: include the headers of the rooms instead")

    def test_lets_an_umbrella_header_include_every_room(self):
        self.assert_clean("include/serval/serval.hpp", SPDX + "#pragma once\n#include <serval/app/app.hpp>\n")

    def test_lets_a_room_of_somebody_else_include_what_a_program_has(self):
        self.assert_clean("tests/install/room/quota/client.cpp", SPDX + '#include "client.hpp"\n#include <boost/asio/post.hpp>\n'
                          "#include <serval/serval.hpp>\n#include <string>\n")
        self.assert_clean("tests/install/room/client_test.cpp", SPDX + '#include "tests/wire/support/client.hpp"\n')
        self.assert_clean("tests/install/room/support/fake.cpp", SPDX + '#include "tests/wire/support/client.hpp"\n')

    def test_reports_what_a_room_of_somebody_else_cannot_have(self):
        for line, fault in (
                ('#include "net/connection.hpp"', 'includes "net/connection.hpp": it may include only its own folder and '
                 'public headers'),
                ('#include "tests/wire/support/client.hpp"', 'includes "tests/wire/support/client.hpp": it may include only '
                 'its own folder and public headers'),
                ("#include <nlohmann/json.hpp>", "includes <nlohmann/json.hpp>: it may include only serval, Asio and the "
                 "standard library"),
                ("serval::detail::Task<void> task();", "uses serval's namespace detail, which programs may not use")):
            with self.subTest(line):
                self.assert_fault("tests/install/room/quota/client.cpp", SPDX + line + "\n", f"an external room {fault}")

    def test_reports_third_party_in_a_public_header(self):
        for include in ("<boost/beast/http.hpp>", "<boost/asio/awaitable.hpp>", "<spdlog/spdlog.h>", "<unistd.h>"):
            with self.subTest(include):
                self.assert_fault("include/serval/http/url.hpp", SPDX + f"#pragma once\n#include {include}\n",
                                  f"a public header includes {include}: it may include only serval and the standard library")

    def test_reports_third_party_in_an_umbrella_header(self):
        self.assert_fault("include/serval/task.hpp", SPDX + "#pragma once\n#include <boost/asio.hpp>\n",
                          "a public header includes <boost/asio.hpp>: it may include only serval and the standard library")

    def test_lets_the_two_named_headers_include_their_own_third_party(self):
        self.assert_clean("include/serval/base/task.hpp", SPDX + "#pragma once\n#include <boost/asio/awaitable.hpp>\n")
        self.assert_clean("include/serval/json/json.hpp", SPDX + "#pragma once\n#include <nlohmann/json.hpp>\n")

    def test_reports_an_internal_header_in_a_public_one(self):
        self.assert_fault("include/serval/http/url.hpp", SPDX + '#pragma once\n#include "http/table.hpp"\n',
                          'a public header includes "http/table.hpp": internal headers are not installed')

    def test_reports_beast_outside_wire(self):
        self.assert_fault("src/net/loop.cpp", SPDX + "#include <boost/beast/http.hpp>\n",
                          "room 'net' may not include <boost/beast/...>; these rooms may: client, wire")
        self.assert_clean("src/wire/request_parser.cpp", SPDX + "#include <boost/beast/http.hpp>\n")

    def test_reports_libraries_of_compression_outside_of_it(self):
        for include, start, rooms in (("<zlib.h>", "zlib.h", "compression, docs_ui"),
                                      ("<brotli/encode.h>", "brotli/", "compression"), ("<zstd.h>", "zstd", "compression"),
                                      ("<boost/beast/zlib/inflate_stream.hpp>", "boost/beast/zlib/", "compression")):
            with self.subTest(include):
                self.assert_fault("src/net/web_socket_session.cpp", SPDX + f"#include {include}\n",
                                  f"room 'net' may not include <{start}...>; these rooms may: {rooms}")
                self.assert_clean("src/compression/encoder.cpp", SPDX + f"#include {include}\n")

    def test_lets_the_docs_pages_unpack_by_zlib(self):
        self.assert_clean("src/docs_ui/unpack.cpp", SPDX + "#include <zlib.h>\n")

    def test_reports_public_headers_of_internal_rooms(self):
        for room in ("net", "wire"):
            with self.subTest(room):
                lines, passed = check({f"include/serval/{room}/x.hpp": SPDX + "#pragma once\n"})
                self.assertFalse(passed)
                self.assertEqual(lines[0],
                                 f"include/serval/{room}:1: room '{room}' is internal and may not have public headers")

    def test_keeps_input_and_output_out_of_wire(self):
        for include in ("net/transport.hpp", "handler/passage.hpp"):
            with self.subTest(include):
                self.assert_fault("src/wire/head_scanner.cpp", SPDX + f'#include "{include}"\n',
                                  f"room 'wire' may not include room '{include.partition('/')[0]}' (<{include}>)")
        self.assert_clean("src/net/turn.hpp", SPDX + '#pragma once\n#include "wire/body_decoder.hpp"\n')

    def test_lets_rooms_that_speak_protocols_include_the_seams(self):
        for room, include in (("client", "wire/body_decoder.hpp"), ("tls", "net/transport.hpp"), ("http2", "net/session.hpp")):
            with self.subTest(room):
                self.assert_clean(f"src/{room}/file.cpp", SPDX + f'#include "{include}"\n')

    def test_keeps_other_internal_headers_from_them(self):
        for room, include in (("tls", "net/session.hpp"), ("http2", "net/http1_session.hpp"), ("http2", "base/ascii.hpp")):
            with self.subTest(room):
                self.assert_fault(f"src/{room}/file.cpp", SPDX + f'#include "{include}"\n',
                                  f"optional room '{room}' may not include the internal header \"{include}\" of another room")
        for room in ("compression", "app"):
            with self.subTest(room):
                self.assert_fault(f"src/{room}/file.cpp", SPDX + '#include "wire/body_decoder.hpp"\n',
                                  f"room '{room}' may not include room 'wire' (<wire/body_decoder.hpp>)")

    def test_reports_a_missing_licence_line(self):
        self.assert_fault("src/base/error.cpp", "int x;\n", "the first line is not '// SPDX-License-Identifier: MIT'")

    def test_reports_a_missing_include_guard(self):
        self.assert_fault("src/base/table.hpp", SPDX, "no '#pragma once'")

    def test_reports_a_file_that_is_too_long(self):
        self.assert_fault("src/base/error.cpp", SPDX + "\n" * 400,
                          "the file has 401 lines, 400 are allowed: split it by concept")
        self.assert_fault("examples/01_hello.cpp", SPDX + "\n" * 80,
                          "the file has 81 lines, 80 are allowed: split it by concept")

    def test_lets_a_file_be_as_long_as_the_list_allows(self):
        allowed = {"tests/layers/allowed_lengths.txt": "src/base/table.cpp 500 one table\n"}
        self.assertEqual(check({"src/base/table.cpp": SPDX + "\n" * 499, **allowed}), ([], True))
        self.assert_fault("src/base/table.cpp", SPDX + "\n" * 500,
                          "the file has 501 lines, 500 are allowed: split it by concept", **allowed)

    def test_reports_an_allowance_for_a_file_that_is_gone(self):
        self.assertEqual(check({"tests/layers/allowed_lengths.txt": "src/base/table.cpp 500 one table\n"}),
                         (["tests/layers/allowed_lengths.txt:1: src/base/table.cpp is listed, but does not exist"], False))

    def test_reports_a_version_that_differs_from_the_build_file(self):
        header = "include/serval/base/version.hpp"
        text = SPDX + '#pragma once\ninline constexpr std::string_view version = "0.1.0";\n'
        self.assertEqual(check({header: text, "CMakeLists.txt": "project(serval VERSION 0.1.0)\n"}), ([], True))
        self.assert_fault(header, text, "the version differs from the version in CMakeLists.txt",
                          **{"CMakeLists.txt": "project(serval VERSION 0.2.0)\n"})

    def await_faults(self, statement):
        text = "struct Item { std::string name; };\nclass Url { public: explicit Url(int); };\n" + \
            f"Task<void> f() {{\n  {statement}\n}}\n"
        return awaits.faults(text, awaits.types_of([text]))

    def test_reports_what_is_destroyed_twice_beside_a_co_await(self):
        for statement, fault in (
                ("co_await run(pool, [work] { work(); });", "lambda"),
                ("co_await run([&pool, work, &x](int i) mutable { use(i); });", "lambda"),
                ("co_await run([=] { work(); });", "lambda"),
                ("co_await run([work = std::move(work)] {});", "lambda"),
                ("co_await run([&, executor] {});", "lambda"),
                ("co_await run([*this] {});", "lambda"),
                ("co_await run([&work, *this] {});", "lambda"),
                ("co_await outer(inner([work]() -> Task<int> { co_return 1; }));", "lambda"),
                ("both([work] {}, co_await later());", "lambda"),
                ("if (co_await run([work] {})) return;", "lambda"),
                ("for (;;) co_await run([work] {});", "lambda"),
                ("spawn([&]() -> Task<void> { co_await run([work] {}); });", "lambda"),
                ("co_await send(Item{});", "Item{...}"),
                ('co_await send(Item{.name = "a"});', "Item{...}"),
                ("co_await send(Item(name));", "Item(...)"),
                ("co_await send(model::Item(name));", "model::Item(...)"),
                ("const Item item(co_await read());", "Item(...)"),
                ("co_await send(model::Item{name});", "model::Item{...}"),
                ("co_await send(Box<int>{1});", "Box<int>{...}"),
                ("co_await send(std::array<Item, 1>{item});", "std::array<Item,1>{...}"),
                ("co_await a.get(x).send(1, Item{name});", "Item{...}"),
                ("EXPECT_EQ(co_await read(), Item{name});", "Item{...}"),
                ("co_return Item{co_await read()};", "Item{...}"),
                ("const Item item{co_await read()};", "Item{...}"),
                ("auto x = co_await read(Item{name}) ? 1 : 2;", "Item{...}")):
            with self.subTest(statement):
                text = LAMBDA if fault == "lambda" else \
                    f"{fault} in an expression with co_await: create it in a statement before"
                self.assertEqual(self.await_faults(statement), [(4, text)])

    def test_lets_a_co_await_stand_beside_what_is_safe(self):
        for statement in (
                "co_await run(pool, [&] { work(); });",
                "co_await run([this, &work] { work(); });",
                "co_await send(Item(), Url(1), other.item(1), make_item(1));",
                "co_await run([] { const Item item{1}; const auto f = [item] {}; });",
                "const auto work = [executor] {}; co_await run(work);",
                "const Item item{1}, other(2); co_await send(item);",
                "co_await send({1});",
                "co_await send(milliseconds{5}, std::chrono::hours{1}, std::string{a}, int{1}, Url{1});",
                "spawn([work]() -> Task<void> { co_await work(); });",
                "spawn(Item{1}, [&]() -> Task<Item> { co_await work(); });",
                "co_await a[i].b[work];",
                "if (x) { co_await a; } else { b(Item{1}); }",
                "[[maybe_unused]] auto x = co_await a;",
                "co_await say(\"[x] { Item{1} }\");  // [x] {} Item{1}",
                "try { co_await a; } catch (...) { b(Item{1}); }",
                "for (const Item& item : list) { co_await a; }",
                "struct Local { int n; }; Local local; co_await a;",
                "switch (co_await a) { case 1: b(Item{1}); }"):
            with self.subTest(statement):
                self.assertEqual(self.await_faults(statement), [])

    def test_looks_for_it_in_all_sources_and_in_the_code_of_the_docs(self):
        for path in ("include/serval/app/a.hpp", "tests/unit/app/a_test.cpp", "examples/01_a.cpp"):
            with self.subTest(path):
                head = SPDX + "#pragma once\n" if path.endswith("hpp") else SPDX
                self.assert_fault(path, head + "Task<> f() { co_await run([x] {}); }\n", LAMBDA)
        text = "Text `co_await f([x] {})`.\n\n```cpp\nTask<> f() { co_await run([x] {}); }\n```\n"
        for path in ("docs/tutorial/01_a.md", "README.md"):
            with self.subTest(path):
                self.assert_fault(path, text, LAMBDA)

    def test_reports_a_catch_all_in_a_file_that_is_not_listed(self):
        body = SPDX + "void f() {\n  try {\n  } catch (...) {\n  }\n}\n"
        listed = {"tests/layers/catch_all.txt": "src/app/f.cpp handlers: an answer\n"}
        self.assert_fault("src/app/f.cpp", body, CATCH_ALL)
        self.assertEqual(check({"src/app/f.cpp": body, **listed}), ([], True))
        self.assert_clean("src/app/f.cpp", SPDX + "// catch (...)\nvoid f() { g(\"catch (...)\"); }\n")
        self.assertEqual(check({"src/app/f.cpp": SPDX, **listed}),
                         (["tests/layers/catch_all.txt:1: src/app/f.cpp is listed, but has no catch (...)"], False))

    def test_reports_a_default_beside_enumerators(self):
        def switch(label, rest="default: break;"):
            return SPDX + f"void f() {{\n  switch (kind_of(a)) {{\n    case {label}: {{ break; }}\n    {rest}\n  }}\n}}\n"
        fault = "a default beside Kind::text hides new enumerators from the compiler: name every enumerator instead"
        self.assert_fault("src/schema/f.cpp", switch("Kind::text"), fault)
        self.assert_fault("src/schema/f.cpp", switch("7", "case Kind::text: default: break;"), fault)
        self.assert_fault("src/schema/f.cpp", switch("Kind::text", "default: switch (byte) { case 'a': break; }"), fault)
        self.assert_clean("src/schema/f.cpp", switch("Kind::text", ""))
        self.assert_clean("src/schema/f.cpp", switch("Kind::text", "case Kind::uuid: switch (byte) { default: break; }"))
        for label in ("'a'", "7", "ENOENT", "boost::beast::http::field::host", "status::found"):
            self.assert_clean("src/schema/f.cpp", switch(label))
        self.assert_clean("src/schema/f.hpp", SPDX + "#pragma once\nstruct A {\n  A() = default;\n};\n")

    def test_reports_another_spelling_of_websocket(self):
        self.assert_fault("src/net/f.cpp", SPDX + "class Websocket;\n",
                          "Websocket: write WebSocket in types and web_socket elsewhere")
        self.assert_fault("src/net/f.cpp", SPDX + "int websocket_count;\n",
                          "websocket_count: write WebSocket in types and web_socket elsewhere")
        self.assert_clean("src/net/f.cpp", SPDX + 'WebSocket web_socket = app.websocket("x-websockets");\n')


if __name__ == "__main__":
    unittest.main()
