# SPDX-License-Identifier: MIT
"""Tests the syntax of the files for vcpkg and Conan, and that they have the version and the rooms of CMakeLists.txt. Neither
program is needed."""
import ast
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONAN = ROOT / "packaging" / "conan"
VCPKG = ROOT / "packaging" / "vcpkg"

# Stands for vcpkg: its functions print their arguments. Any other name is an error.
VCPKG_FUNCTIONS = """cmake_minimum_required(VERSION 3.21)
foreach(name IN ITEMS vcpkg_cmake_configure vcpkg_cmake_install vcpkg_cmake_config_fixup vcpkg_fixup_pkgconfig
        vcpkg_install_copyright)
  cmake_language(EVAL CODE "function(${name})\\n  message(STATUS \\"${name}: \\${ARGN}\\")\\nendfunction()")
endforeach()
set(CURRENT_PACKAGES_DIR "${folder}")
include("${portfile}")
"""


def version():
    return re.search(r"project\(serval VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]


def rooms():
    text = (ROOT / "scripts" / "cmake" / "serval_rooms.cmake").read_text()
    return sorted(re.search(r"set\(serval_optional_rooms ([^)]*)\)", text)[1].split())


def constant(tree, name):
    """Returns the value of the assignment to a name, anywhere in a module."""
    return next(ast.literal_eval(node.value) for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == name for target in node.targets))


class Vcpkg(unittest.TestCase):
    def test_manifest_has_the_version_and_a_feature_for_each_room(self):
        manifest = json.loads((VCPKG / "vcpkg.json").read_text())
        self.assertEqual(manifest["version"], version())
        self.assertEqual(sorted(manifest["features"]), rooms())

    def run_portfile(self, features):
        with tempfile.TemporaryDirectory() as folder:
            script = pathlib.Path(folder, "run.cmake")
            script.write_text(VCPKG_FUNCTIONS)
            return subprocess.run(["cmake", f"-DFEATURES={';'.join(features)}", f"-Dfolder={folder}",
                                   f"-Dportfile={VCPKG / 'portfile.cmake'}", "-P", script],
                                  capture_output=True, text=True, check=False)

    def test_portfile_passes_the_rooms_to_cmake(self):
        for chosen in ([], *([room] for room in rooms()), rooms()):
            run = self.run_portfile(["core", *chosen])
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn("-DSERVAL_ROOMS=" + ";".join(["core", *chosen]), run.stdout)
            self.assertIn(f"SOURCE_PATH;{ROOT};", run.stdout)


class Conan(unittest.TestCase):
    def test_recipe_has_the_version_and_an_option_for_each_room(self):
        tree = ast.parse((CONAN / "conanfile.py").read_text())
        self.assertEqual(constant(tree, "version"), version())
        self.assertEqual(sorted(constant(tree, "ROOMS")), rooms())

    def test_recipe_exports_files_that_exist(self):
        patterns = re.search(r"for pattern in \(([^)]*)\)", (CONAN / "conanfile.py").read_text())[1]
        for pattern in ast.literal_eval(f"({patterns})"):
            self.assertTrue(list(ROOT.glob(pattern)), pattern)

    def test_package_test_can_be_parsed(self):
        tree = ast.parse((CONAN / "test_package" / "conanfile.py").read_text())
        self.assertTrue([node for node in tree.body if isinstance(node, ast.ClassDef)])


if __name__ == "__main__":
    unittest.main()
