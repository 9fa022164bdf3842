# SPDX-License-Identifier: MIT
"""`serval dev` with a program of one file: start, changes, errors, ends."""
import concurrent.futures
import os

from support import HELLO, Dev, ToolTest, main, save, serval, signal


class OneFile(ToolTest):
    def test_serves_rebuilds_and_stops(self):
        self.main.write_text(HELLO.replace("TEXT", "one"))
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            self.assertEqual(dev.get()[2], '{"message":"one"}')
            mark = dev.mark()
            save(self.main, HELLO.replace("TEXT", "two"))
            dev.wait_until_served(mark)
            dev.wait_for_text('{"message":"two"}')
            self.assertEqual(dev.stop(), 0)

    def test_old_program_serves_while_the_new_one_is_broken(self):
        self.main.write_text(HELLO.replace("TEXT", "good"))
        with Dev(self.folder, "main.cpp") as dev, concurrent.futures.ThreadPoolExecutor(4) as clients:
            dev.wait_until_served()
            mark = dev.mark()
            save(self.main, HELLO.replace("TEXT", "bad").replace("return serval::json", "retrun serval::json"))
            answers = clients.map(lambda _: dev.get(), range(500))
            shown = dev.wait_for(r"The build has failed\n(.*\n)", mark).group(1)
            self.assertRegex(shown, r"^main.cpp:4:\d+: error: ")
            self.assertEqual({(status, body) for status, _, body in answers}, {(200, '{"message":"good"}')})
            self.assertEqual(dev.get()[1]["serval-dev"], "stale")
            save(self.main, HELLO.replace("TEXT", "mended"))
            self.assertNotIn("serval-dev", dev.wait_for_text("mended")[1])

    def test_a_header_is_watched(self):
        header = self.folder / "text.hpp"
        header.write_text('#define WORD "one"\n')
        self.main.write_text('#include "text.hpp"\n' + HELLO.replace('"TEXT"}', "WORD}"))
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            save(header, '#define WORD "two"\n')
            dev.wait_for_text("two")

    def test_equal_bytes_build_nothing(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            mark = dev.mark()
            save(self.main, HELLO)
            (self.folder / "shop.log").write_text("written by the program")
            self.assertTrue(dev.is_quiet(mark))
            save(self.main, HELLO.replace("TEXT", "other"))
            dev.wait_for_text("other")
            self.assertEqual(dev.builds(mark), 1)

    def test_a_first_build_that_fails_is_shown(self):
        self.main.write_text(HELLO.replace("return serval::json", "retrun serval::json"))
        with Dev(self.folder, "main.cpp") as dev:
            mark = dev.mark()
            dev.wait_for("The build has failed")
            status, fields, body = dev.get()
            self.assertEqual((status, fields["content-type"], fields["cache-control"]),
                             (503, "application/problem+json", "no-store"))
            self.assertIn("main.cpp:4", body)
            page = dev.get(headers={"accept": "text/html"})
            self.assertTrue(page[1]["content-type"].startswith("text/html"))
            self.assertIn("main.cpp:4", page[2])
            save(self.main, HELLO)
            dev.wait_until_served(mark)
            self.assertEqual(dev.get()[0], 200)

    def test_a_program_that_ends_is_shown_until_the_next_save(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            mark = dev.mark()
            os.kill(dev.program(), signal.SIGKILL)
            dev.wait_for("The program has ended: SIGKILL", mark)
            status, _, body = dev.get()
            self.assertEqual(status, 503)
            self.assertIn("SIGKILL", body)
            save(self.main, HELLO.replace("TEXT", "again"))
            dev.wait_until_served(mark)
            self.assertIn("again", dev.get()[2])

    def test_arguments_reach_the_program(self):
        self.main.write_text(HELLO.replace('"TEXT"', "argc > 1 ? argv[1] : \"none\"").replace("([] {", "([argc, argv] {"))
        with Dev(self.folder, "main.cpp", arguments=["--log-level", "warning"]) as dev:
            dev.wait_until_served()
            self.assertEqual(dev.get()[2], '{"message":"--log-level"}')

    def test_ends_with_its_program_at_sigterm(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            program = dev.program()
            self.assertEqual(dev.stop(signal.SIGTERM), 0)
            with self.assertRaises(ProcessLookupError):
                os.kill(program, 0)


class Usage(ToolTest):
    def test_what_does_not_exist_is_named(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.main.write_text(HELLO)
        for arguments, message in ((["dev", "none.cpp"], "there is no file none.cpp"),
                                   (["dev", str(empty)], "there is neither a CMakeLists.txt nor a main.cpp in"),
                                   (["dev", "main.cpp", "--compiler", "nocc"], "there is no compiler nocc"),
                                   (["dev", "main.cpp", "--", "--port", "1"], "--port belongs before"), (["dev", "--prot", "1"], "--prot"), ([], "")):
            ended = serval(*arguments, folder=self.folder)
            self.assertEqual(ended.returncode, 2, arguments)
            self.assertIn(message, ended.stderr + ended.stdout)

    def test_a_port_in_use_is_named(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            ended = serval("dev", "main.cpp", "--port", str(dev.port), folder=self.folder)
            self.assertEqual(ended.returncode, 1)
            self.assertIn("cannot listen on 127.0.0.1:", ended.stderr)


if __name__ == "__main__":
    main()
