// SPDX-License-Identifier: MIT
#include "toolchain.hpp"

#include "process.hpp"
#include "project.hpp"

namespace serval::tool {

std::vector<std::string> Toolchain::compile_words() const {
  if (ccache.empty()) return {compiler};
  return {ccache, compiler};
}

std::vector<std::string> Toolchain::link_options() const {
  if (linker.empty()) return {};
  return {"-fuse-ld=" + linker};
}

std::vector<std::pair<std::string, std::string>> Toolchain::environment() {
  return {{"CCACHE_SLOPPINESS", "pch_defines,time_macros,include_file_mtime,include_file_ctime"}};
}

Toolchain choose_toolchain(const std::string& compiler) {
  Toolchain chosen;
  if (!compiler.empty()) {
    if (find_program(compiler).empty() && compiler.find('/') == std::string::npos)
      throw UsageError("there is no compiler " + compiler);
    chosen.compiler = compiler;
  } else {
    for (const char* name : {"clang++", "clang++-14", "clang++-15", "clang++-16", "g++", "c++"}) {
      if (!find_program(name).empty()) {
        chosen.compiler = name;
        break;
      }
    }
    if (chosen.compiler.empty()) throw UsageError("there is no compiler: install clang or g++");
  }
  chosen.is_clang = run_now({.words = {chosen.compiler, "--version"}}).output.find("clang") != std::string::npos;
  for (const auto& [program, name] :
       {std::pair("ld.lld", "lld"), std::pair("ld.mold", "mold"), std::pair("ld.gold", "gold")}) {
    if (find_program(program).empty()) continue;
    // g++ before 12.1 does not know mold.
    if (std::string(name) == "mold" && !chosen.is_clang) continue;
    chosen.linker = name;
    break;
  }
  chosen.ccache = find_program("ccache");
  return chosen;
}

}  // namespace serval::tool
