# SPDX-License-Identifier: MIT
"""`serval dev` replaces a program: no request is lost, and open streams do not delay it.

Option: --saves N, the number of saves under load (default 40)."""
import contextlib
import http.client
import pathlib
import re
import shutil
import socket
import struct
import sys
import time
import unittest
import urllib.parse

from support import HELLO, PATIENCE, Dev, Load, ToolTest, children_of, main, option, save

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "examples"))
import web_socket_client  # noqa: E402

SAVES = option("--saves", 40)

STREAMS = """#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/websocket.hpp>

#include <boost/asio/steady_timer.hpp>

using namespace serval;

Task<void> follow(EventSender<int>& events, Stopping stopping) {
  co_await events.send(7);
  co_await stopping.wait();
}

Task<void> hold(EventSender<int>& events) {  // does not look whether the server stops
  co_await events.send(7);
  boost::asio::steady_timer never(co_await boost::asio::this_coro::executor, boost::asio::steady_timer::time_point::max());
  co_await never.async_wait(boost::asio::use_awaitable);
}

Task<void> echo(WebSocket& socket) {
  co_await socket.accept();
  for (;;) co_await socket.send_text(co_await socket.receive_text());
}

int main(int argc, char** argv) {
  App app;
  app.get("/")([] { return json{{"message", "TEXT"}}; });
  app.get("/events")(follow);
  app.get("/held")(hold);
  app.websocket("/echo")(echo);
  return app.run(argc, argv);
}
"""


class Swaps(ToolTest):
    def test_saves_by_rename_under_load_lose_no_request(self):
        self.main.write_text(HELLO.replace("TEXT", "first"))
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            with Load(dev) as load:
                for number in range(SAVES):
                    mark, text = dev.mark(), f"text {number % 5}"  # the compiler cache has most of them
                    save(self.main, HELLO.replace("TEXT", text))
                    dev.wait_until_served(mark)
                    dev.wait_for_text(text)
            self.assertEqual(load.bad, [])
            self.assertGreater(load.good, 10 * SAVES)
            self.assertEqual(dev.builds(), 1 + SAVES)
            print(f"{SAVES} saves, {load.good} requests", file=sys.stderr)

    def test_saves_in_quick_succession_end_with_one_program_and_the_last_text(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            for number in range(50):
                due = time.monotonic() + 0.1
                save(self.main, HELLO.replace("TEXT", f"quick {number}"))
                while time.monotonic() < due:
                    self.assertEqual(dev.get()[0], 200)
            dev.wait_for_text("quick 49")
            dev.wait_for_one_program()
            self.assertIn("quick 49", dev.get()[2])
            self.assertEqual(len(children_of(dev.tool)), 1)
            self.assertNotRegex(dev.text, "The program (has )?ended|in use")

    def test_open_streams_and_web_sockets_end_at_once(self):
        self.main.write_text(STREAMS)
        with Dev(self.folder, "main.cpp") as dev, contextlib.ExitStack() as open_ones:
            dev.wait_until_served()
            self.open_stream(dev, open_ones, "/held")
            stream = self.open_stream(dev, open_ones, "/events")
            connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", dev.port), PATIENCE))
            frames = open_ones.enter_context(connection.makefile("rb"))
            web_socket_client.shake_hands(connection, frames, urllib.parse.urlsplit(dev.url + "/echo"))
            web_socket_client.send_frame(connection, web_socket_client.TEXT, b"hello")
            self.assertEqual(web_socket_client.receive_frame(frames), (web_socket_client.TEXT, b"hello"))
            mark = dev.mark()
            save(self.main, STREAMS.replace("TEXT", "new"))
            dev.wait_for("serval: built", mark)
            built = time.monotonic()
            dev.wait_for_text("new")
            self.assertLess(time.monotonic() - built, 1)
            opcode, payload = web_socket_client.receive_frame(frames)
            self.assertEqual((opcode, struct.unpack(">H", payload[:2])), (web_socket_client.CLOSE, (1001,)))
            self.assertEqual(stream.read(), b"\n")  # whole, not reset: the end of the first event, and then none
            self.assertLess(time.monotonic() - built, 1)

    def open_stream(self, dev, open_ones, path):
        connection = http.client.HTTPConnection("127.0.0.1", dev.port, timeout=PATIENCE)
        open_ones.enter_context(contextlib.closing(connection))
        connection.request("GET", path)
        stream = connection.getresponse()
        self.assertEqual(stream.readline(), b"data: 7\n")
        return stream


class Calls(ToolTest):
    """The system calls of the tool and of its programs."""

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_hand_the_socket_over_without_a_gap(self):
        record = self.folder / "calls"
        self.main.write_text(HELLO.replace("return serval::json", "retrun serval::json"))
        strace = ["strace", "-f", "--seccomp-bpf", "-yy", "-s", "200", "-o", str(record),
                  "-e", "trace=setsockopt,shutdown,listen,kill,sendto,sendmsg"]
        try:
            dev = Dev(self.folder, "main.cpp", under=strace)
        except AssertionError as fault:
            self.skipTest(f"strace cannot trace here: {fault}")
        with dev:
            dev.wait_for("The build has failed")
            self.assertEqual(dev.get()[0], 503)
            for text in ("one", "two"):
                mark = dev.mark()
                save(self.main, HELLO.replace("TEXT", text))
                dev.wait_until_served(mark)
                dev.wait_for_text(text)
            dev.stop()
        calls = record.read_text()
        self.assertEqual(len(re.findall(r"listen\(.*, 2048\) = 0", calls)), 1)
        self.assertIn("SO_REUSEADDR", calls)
        self.assertNotIn("SO_REUSEPORT", calls)
        # -yy shows a listening socket by its own address, a connection by both.
        self.assertNotRegex(calls, r"shutdown\(\d+<TCP(v6)?:\[[^>\]]*\]>(?<!->)")
        of_interest = re.findall(r"READY=1|kill\(-\d+, SIGTERM", calls)
        self.assertEqual([found.split("(")[0] for found in of_interest], ["READY=1", "READY=1", "kill", "kill"])


if __name__ == "__main__":
    main()
