# SPDX-License-Identifier: MIT
"""The pages of a program under `serval dev`: their script, who may load it, and where a proxy has moved it."""
import contextlib
import http.client
import re
import shutil
import socket
import subprocess
import unittest
import urllib.parse

from support import HELLO, PATIENCE, Dev, ToolTest, main, save

SCRIPT = r'<script src="([^"]+)/client\.js" data-generation="([^"]+)"></script>\n</body>'

class Pages(ToolTest):
    def test_have_a_script_that_only_this_machine_may_use(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            page = dev.get("/page")[2]
            script = urllib.parse.urljoin("/page", re.search(SCRIPT, page).group(1))
            self.assertRegex(script, "^/__serval/dev/[0-9a-f]{32}$")
            self.assertEqual(dev.get()[2], '{"message":"TEXT"}')
            self.assertEqual(dev.get(script + "/client.js")[0], 200)
            self.assertEqual(dev.get(script + "/client.js", {"origin": dev.url})[0], 200)
            for fields in ({"host": "evil.example"}, {"origin": "http://evil.example"}, {"origin": "null"}):
                self.assertEqual(dev.get(script + "/client.js", fields)[0], 404, fields)
                self.assertEqual(dev.get(script, fields)[0], 404, fields)  # the stream of events
            self.assertEqual(dev.get("/__serval/dev/" + "0" * 32 + "/client.js")[0], 404)

    def test_can_be_left_as_they_are(self):
        self.main.write_text(HELLO)
        with Dev(self.folder, "main.cpp", "--no-browser-reload") as dev:
            dev.wait_until_served()
            self.assertEqual(dev.get("/page")[2], "<html><body>TEXT</body></html>")


NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{
    listen unix:{folder}/socket;
    location /shop/ {{ proxy_pass http://127.0.0.1:{port}/; proxy_http_version 1.1; proxy_buffering on; }}
  }}
}}
"""


class OverUnixSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.path)

    def accepts(self):
        with contextlib.closing(self), contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
            self.connect()
            return True
        return False


class BehindNginx(ToolTest):
    """nginx gives the program another place, of which it knows nothing."""

    @contextlib.contextmanager
    def nginx(self, port):
        folder = self.folder / "nginx"
        folder.mkdir()
        (folder / "conf").write_text(CONFIGURATION.format(folder=folder, port=port))
        process = subprocess.Popen([NGINX, "-e", "stderr", "-p", folder, "-c", folder / "conf"], stderr=subprocess.DEVNULL)
        self.proxy = folder / "socket"
        try:
            while not OverUnixSocket(self.proxy).accepts():
                self.assertIsNone(process.poll(), "nginx has ended")
            yield
        finally:
            process.terminate()
            process.wait()

    def get(self, path):
        with contextlib.closing(OverUnixSocket(self.proxy)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def next_event(self, path):
        """The data of the first event."""
        with contextlib.closing(OverUnixSocket(self.proxy)) as connection:
            connection.request("GET", path, headers={"accept": "text/event-stream"})
            response = connection.getresponse()
            return next(line for line in iter(response.readline, b"") if line.startswith(b"data:")).decode()

    @unittest.skipUnless(NGINX, "nginx is not installed")
    def test_scripts_and_events_are_found_under_a_prefix(self):
        deep = 'app.get("/deep/{n}/page")([](serval::Path<int, "n">) { return serval::HtmlResponse("<body></body>"); });'
        text = HELLO.replace('app.get("/page")', deep + '\n  app.get("/page")')
        self.main.write_text(text)
        with Dev(self.folder, "main.cpp") as dev:
            dev.wait_until_served()
            with self.nginx(dev.port):
                for page in ("/shop/page", "/shop/deep/7/page"):
                    status, body = self.get(page)
                    self.assertEqual(status, 200)
                    stream, generation = re.search(SCRIPT, body).groups()
                    stream = urllib.parse.urljoin(page, stream)
                    self.assertTrue(stream.startswith("/shop/__serval/dev/"), stream)
                    self.assertEqual(self.get(stream + "/client.js")[0], 200)
                    self.assertIn(f'"{generation}"', self.next_event(stream))
                save(self.main, text.replace("TEXT", "changed"))
                dev.wait_for_text("changed")
                # The page asks again until it hears of another program, and then reloads itself.
                self.assertTrue(any(f'"{generation}"' not in self.next_event(stream) for _ in range(100)))


if __name__ == "__main__":
    main()
