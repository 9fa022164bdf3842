# SPDX-License-Identifier: MIT
"""A recipe for Conan 2. Not tested: only its syntax is checked. See docs/packaging.md."""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy

ROOMS = ("auth", "compression", "dev", "templates")


class ServalConan(ConanFile):
    name = "serval"
    version = "0.1.0"
    description = "Embeddable HTTP/JSON API server library"
    license = "MIT"
    settings = "os", "compiler", "build_type", "arch"
    package_type = "library"
    options = {"shared": [True, False], **{room: [True, False] for room in ROOMS}}
    default_options = {"shared": False, **{room: False for room in ROOMS}}

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "include/*", "src/*", "scripts/cmake/*", "packaging/debian/*"):
            copy(self, pattern, src=root, dst=self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("boost/[>=1.81]", transitive_headers=True)
        self.requires("nlohmann_json/[>=3.11]", transitive_headers=True)
        self.requires("spdlog/[>=1.10]")
        self.requires("re2/[*]")
        if self.options.auth:
            self.requires("openssl/[>=3.0]")
            self.requires("libsodium/[>=1.0.18]")
            self.requires("libxcrypt/[*]")
        if self.options.compression:
            self.requires("zlib/[>=1.2]")
            self.requires("brotli/[>=1.0]")
            self.requires("zstd/[>=1.5]")
        if self.options.templates:
            self.requires("kainjow-mustache/[>=4.1]")

    def generate(self):
        toolchain = CMakeToolchain(self)
        rooms = ["core"] + [room for room in ROOMS if self.options.get_safe(room)]
        toolchain.cache_variables["SERVAL_ROOMS"] = ";".join(rooms)
        toolchain.cache_variables["SERVAL_DOCS_UI"] = "OFF"
        for part in ("TESTS", "EXAMPLES", "BENCH", "TOOLS"):
            toolchain.cache_variables[f"SERVAL_BUILD_{part}"] = "OFF"
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        # Programs use the files that serval itself installs for CMake and pkg-config.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "serval")]
