# SPDX-License-Identifier: MIT
"""Which changes of files `serval dev` answers with a build, and how many."""
import shutil
import sqlite3
import subprocess

from support import HELLO, Dev, ToolTest, environment, main, save

VIM = shutil.which("vim") or shutil.which("vim.tiny")
NO_WATCHES = ["unshare", "-Ur", "sh", "-c", 'echo 0 >/proc/sys/user/max_inotify_watches && exec "$@"', "sh"]

WRITES = """#include <fstream>
#include <serval/serval.hpp>
int main(int argc, char** argv) {
  serval::App app;
  app.get("/")([] {
    std::ofstream("shop.log", std::ios::app) << "asked\\n";
    std::ofstream("shop.log.1") << std::ifstream("main.cpp").rdbuf();
    std::rename("shop.log.1", "shop.log.2");
    std::ofstream("cache.tmp") << "TEXT";
    std::remove("cache.tmp");
    return serval::json{{"message", "TEXT"}};
  });
  return app.run(argc, argv);
}
"""


class Editors(ToolTest):
    """Each way of saving is one build. All of them change the text to that of `text`."""

    def run_editor(self, *words, **options):
        subprocess.run(words, cwd=self.folder, check=True, capture_output=True, **options)

    def sed(self, text):
        self.run_editor("sed", "-i", f's/"message", "[^"]*"/"message", "{text}"/', "main.cpp")

    def mv(self, text):
        (self.folder / "aside").write_text(HELLO.replace("TEXT", text))
        self.run_editor("mv", "aside", "main.cpp")

    def nano(self, text):
        """As nano writes without backups: the file itself is emptied and written."""
        self.main.write_text(HELLO.replace("TEXT", text))

    def vim(self, text, *settings):
        commands = [*settings, f'%s/"message", "[^"]*"/"message", "{text}"/', "wq"]
        self.run_editor(VIM, "-N", "-u", "NONE", "-es", *(word for each in commands for word in ("-c", each)), "main.cpp",
                        stdin=subprocess.DEVNULL)

    def vim_with_backup(self, text):
        self.vim(text, "set backup backupcopy=no")

    def test_build_once_for_each_save(self):
        ways = [self.sed, self.mv, self.nano]
        if VIM:
            ways += [self.vim, self.vim_with_backup]
        else:
            print("SKIPPED: vim is not installed")
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            for number, way in enumerate(ways):
                with self.subTest(way.__name__):
                    mark = dev.mark()
                    way(f"text {number}")
                    dev.wait_until_served(mark)
                    dev.wait_for_text(f"text {number}")
                    self.assertTrue(dev.is_quiet(dev.mark(), 0.4), dev.text[mark:])
                    self.assertEqual(dev.builds(mark), 1)


class OwnFiles(ToolTest):
    def test_logs_and_databases_of_the_program_build_nothing(self):
        self.main.write_text(WRITES)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            mark = dev.mark()
            self.assertEqual(dev.get()[0], 200)
            with sqlite3.connect(self.folder / "shop.db") as database:  # with a journal beside it
                database.execute("create table items (name text)")
            database.execute("pragma journal_mode=wal")
            database.execute("insert into items values ('tea')")
            database.commit()
            database.close()
            self.assertEqual((self.folder / "shop.log.2").read_text(), WRITES)
            self.assertTrue(dev.is_quiet(mark), dev.text[mark:])
            save(self.main, WRITES.replace("TEXT", "changed"))
            dev.wait_for_text("changed")
            self.assertEqual(dev.builds(mark), 1)


class Polling(ToolTest):
    def test_replaces_watches_if_none_are_left(self):
        if subprocess.run([*NO_WATCHES, "true"], env=environment(), capture_output=True).returncode != 0:
            self.skipTest("no namespace of users can be made here, so the watches cannot be limited")
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp", under=NO_WATCHES) as dev:
            dev.wait_until_served()
            self.assertIn("looking at the files every 500 ms: no inotify watches are left", dev.text)
            save(self.main, HELLO.replace("TEXT", "changed"))
            dev.wait_for_text("changed")
            self.assertEqual(dev.text.count("looking at the files"), 1)


if __name__ == "__main__":
    main()
