# SPDX-License-Identifier: MIT
"""`serval new`: each template is a project that builds without warnings, passes its tests, and is served by `serval dev`."""
import pathlib
import subprocess

import support
from support import Dev, Load, ToolTest, main, save, serval


def command(*words, folder, **variables):
    return subprocess.run(words, cwd=folder, env={**support.environment(), "CMAKE_PREFIX_PATH": str(support.PREFIX), **variables},
                          capture_output=True, text=True, timeout=600)


class Templates(ToolTest):
    def make(self, template, name="tea_shop"):
        made = serval("new", name, "--template", template, folder=self.folder)
        self.assertEqual(made.returncode, 0, made.stderr)
        return self.folder / name

    def build_and_test(self, project, compiler):
        for words in (["cmake", "--preset", "dev", f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON"],
                      ["cmake", "--build", "--preset", "dev"], ["ctest", "--preset", "dev"]):
            ended = command(*words, folder=project)
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
            self.assertNotIn("warning:", ended.stdout + ended.stderr)
        self.assertIn("100% tests passed", ended.stdout)

    def test_hello_with_gcc(self):
        self.build_and_test(self.make("hello"), "g++")

    def test_service_with_gcc(self):
        project = self.make("service")
        names = "\n".join(str(path) for path in project.rglob("*"))
        text = "\n".join(path.read_text() for path in project.rglob("*") if path.is_file())
        for placeholder in ("my_service", "MY_SERVICE", "MyService"):
            self.assertNotIn(placeholder, names + text)
        self.build_and_test(project, "g++")

    def test_service_with_clang(self):
        self.build_and_test(self.make("service"), "clang++")

    def test_are_named_if_there_is_no_such_one(self):
        made = serval("new", "shop", "--template", "none", folder=self.folder)
        self.assertEqual(made.returncode, 2)
        self.assertIn("the templates are: hello, service", made.stderr)
        self.assertEqual(serval("new", "My-Shop", folder=self.folder).returncode, 2)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_leave_a_folder_with_files_alone(self):
        (self.folder / "shop").mkdir()
        (self.folder / "shop" / "mine.txt").write_text("mine")
        self.assertEqual(serval("new", "shop", folder=self.folder).returncode, 2)
        self.assertEqual([path.name for path in (self.folder / "shop").iterdir()], ["mine.txt"])

    def test_are_served_and_rebuilt(self):
        project = self.make("service")
        with Dev(project) as dev:
            dev.wait_until_served()
            self.assertEqual(dev.get("/health")[2], '{"status":"ok"}')
            with Load(dev, "/health") as load:
                self.change_everything(dev, project)
            self.assertEqual(load.bad, [])
            self.assertEqual(dev.stop(), 0)

    def change_everything(self, dev, project):
        """A source, a header, a new source, the CMakeLists.txt, a broken one."""
        app = project / "src" / "app.cpp"
        text = app.read_text()
        save(app, text.replace('"ok"', '"changed"'))
        dev.wait_for_text("changed", "/health")
        header = project / "src" / "item.hpp"
        save(header, header.read_text().replace("max_length(100)", "max_length(3)"))
        dev.wait_for_text("maxLength\":3", "/openapi.json")
        (project / "src" / "word.cpp").write_text('const char* word() { return "added"; }\n')
        save(app, text.replace('"ok"', "word()").replace("void set_up", "const char* word();\n\nvoid set_up"))
        cmake_lists = project / "CMakeLists.txt"
        save(cmake_lists, cmake_lists.read_text().replace("src/app.cpp", "src/app.cpp src/word.cpp"))
        dev.wait_for_text("added", "/health")
        good = cmake_lists.read_text()
        mark = dev.mark()
        save(cmake_lists, good + "\nno_such_command()\n")
        dev.wait_for("The build has failed", mark)
        self.assertIn("added", dev.get("/health")[2])
        mark = dev.mark()
        save(cmake_lists, good)
        dev.wait_until_served(mark)


class Questions(ToolTest):
    def test_routes_and_document_of_a_project(self):
        made = serval("new", "shop", folder=self.folder)
        self.assertEqual(made.returncode, 0)
        project = self.folder / "shop"
        routes = serval("routes", folder=project)
        self.assertEqual(routes.returncode, 0, routes.stderr)
        self.assertRegex(routes.stdout, r"GET +/hello/\{name\}")
        document = serval("openapi", folder=project)
        self.assertTrue(document.stdout.startswith('{\n  "openapi": "3.1.0"'))
        self.assertEqual(serval("openapi", "api.json", folder=project).returncode, 0)
        self.assertEqual((project / "api.json").read_text(), document.stdout)
        self.assertEqual(serval("openapi", "--check", "api.json", folder=project).returncode, 0)
        (project / "api.json").write_text("{}")
        self.assertEqual(serval("openapi", "--check", "api.json", folder=project).returncode, 1)

    def test_run_serves_a_new_project_and_passes_commands_on(self):
        self.assertEqual(serval("new", "shop", folder=self.folder).returncode, 0)
        project = self.folder / "shop"
        main_file = project / "main.cpp"
        main_file.write_text(main_file.read_text().replace(
            "return app.run", 'app.command("hi", [] { return 7; });\n  return app.run'))
        ran = serval("run", "--", "hi", folder=project)
        self.assertEqual(ran.returncode, 7, ran.stderr)
        self.assertEqual(serval("run", "--", "--version", folder=project).stdout, "0.1.0\n")

    def test_doctor_finds_the_library(self):
        found = serval("doctor")
        self.assertEqual(found.returncode, 0, found.stdout)
        self.assertRegex(found.stdout, r"ok +serval 0\.1\.0 in ")
        self.assertRegex(found.stdout, r"ok +ninja 1\.")
        self.assertIn('"level"', serval("doctor", "--json").stdout)

    def test_version_and_completion(self):
        self.assertEqual(serval("--version").stdout, "0.1.0\n")
        self.assertIn("complete -o default -F _serval serval", serval("completion", "bash").stdout)
        self.assertEqual(serval("__complete", "ro").stdout, "routes\n")
        script = pathlib.Path(self.folder) / "completion"
        script.write_text(serval("completion", "bash").stdout)
        shell = command("bash", "-c", f'source {script}; COMP_WORDS=(serval dev --po); COMP_CWORD=2; _serval; echo "${{COMPREPLY[*]}}"',
                        folder=self.folder)
        self.assertEqual(shell.stdout.split(), ["--poll", "--port"])


if __name__ == "__main__":
    main()
