# SPDX-License-Identifier: MIT
"""Programs that do not start under `serval dev`: the old one serves, the user sees why, and the next save heals."""
import os
import unittest.mock

from support import HELLO, Dev, ToolTest, main, save, signal

WAITS = """app.on_start([] {
    std::fputs("waiting at the gate\\n", stderr);
    std::fclose(std::fopen("gate", "r"));
  });
"""


class Starts(ToolTest):
    def heals(self, dev):
        status, fields, body = dev.get()
        self.assertEqual((status, fields["serval-dev"], body), (200, "stale", '{"message":"good"}'))
        mark = dev.mark()
        save(self.main, HELLO.replace("TEXT", "mended"))
        dev.wait_until_served(mark)
        status, fields, _ = dev.wait_for_text("mended")
        self.assertEqual(status, 200)
        self.assertNotIn("serval-dev", fields)

    def test_an_exception_or_a_setup_error_at_start_leaves_the_old_program(self):
        self.main.write_text(HELLO.replace("TEXT", "good"))
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            mark = dev.mark()
            save(self.main, HELLO.replace("serval::App app;", "serval::App app; app.on_start([] { throw 1; });"))
            dev.wait_for("The program ended before it served: exit code 3", mark)
            self.assertIn("good", dev.get()[2])
            mark = dev.mark()
            save(self.main, HELLO.replace("serval::App app;", 'serval::App app; app.get("/page")([] { return 1; });'))
            dev.wait_for("The program ended before it served: ", mark)
            dev.wait_for("/page", mark)
            self.heals(dev)

    def test_the_socket_for_the_signal_of_readiness_is_private_and_removed(self):
        self.main.write_text(HELLO.replace("TEXT", "good"))
        temporary = self.folder / "temporary"
        temporary.mkdir()
        with unittest.mock.patch.dict(os.environ, {"TMPDIR": str(temporary)}):
            with Dev(self.folder, "main.cpp") as dev:
                dev.wait_until_served()
                (folder,) = temporary.glob("serval-dev-*")
                self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
                self.assertEqual(dev.stop(), 0)
        self.assertEqual(list(temporary.glob("serval-dev-*")), [])

    def test_a_program_that_is_killed_before_it_serves_is_shown(self):
        self.main.write_text(HELLO.replace("TEXT", "good"))
        os.mkfifo(self.folder / "gate")
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            mark = dev.mark()
            save(self.main, "#include <cstdio>\n" + HELLO.replace("serval::App app;", f"serval::App app; {WAITS}"))
            dev.wait_for("waiting at the gate", mark)
            self.assertIn("good", dev.get()[2])
            os.kill(dev.program(), signal.SIGKILL)
            dev.wait_for("The program ended before it served: SIGKILL", mark)
            self.heals(dev)

    def test_a_first_program_that_is_killed_before_it_serves_is_shown(self):
        self.main.write_text("#include <cstdio>\n" + HELLO.replace("serval::App app;", f"serval::App app; {WAITS}"))
        os.mkfifo(self.folder / "gate")
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_for("waiting at the gate")
            os.kill(dev.program(), signal.SIGKILL)
            dev.wait_for("The program ended before it served: SIGKILL")
            status, _, body = dev.get()
            self.assertEqual(status, 503)
            self.assertIn("SIGKILL", body)


if __name__ == "__main__":
    main()
