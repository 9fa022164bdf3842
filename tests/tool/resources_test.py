# SPDX-License-Identifier: MIT
"""What `serval dev` needs of the machine."""
import pathlib
import re

from support import HELLO, Dev, ToolTest, main, save

MOST_KILOBYTES = 15 * 1024


def kilobytes(process):
    return int(re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{process}/status").read_text())[1])


def switches(process):
    """How often its threads have waited, which counts how often something woke them."""
    texts = [task.joinpath("status").read_text() for task in pathlib.Path(f"/proc/{process}/task").iterdir()]
    return sum(int(count) for text in texts for count in re.findall(r"ctxt_switches:\s+(\d+)", text))


class Resources(ToolTest):
    def test_are_small_and_nothing_happens_without_a_change(self):
        self.main.write_text(HELLO.replace("return serval::json", "retrun serval::json"))
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_for("The build has failed")
            self.assertEqual(dev.get()[0], 503)
            self.assertLessEqual(kilobytes(dev.tool), MOST_KILOBYTES)  # with a server of its own
            for text in ("one", "two"):
                mark = dev.mark()
                save(self.main, HELLO.replace("TEXT", text))
                dev.wait_until_served(mark)
            self.assertLessEqual(kilobytes(dev.tool), MOST_KILOBYTES)
            dev.wait_for_one_program()
            before = switches(dev.tool)
            self.assertTrue(dev.is_quiet(dev.mark(), 2))
            # A deadline of a start or of the first build may still pass; looking every 500 ms would be four.
            self.assertLessEqual(switches(dev.tool) - before, 2)


if __name__ == "__main__":
    main()
