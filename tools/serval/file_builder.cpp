// SPDX-License-Identifier: MIT
// Programs of one file: two command lines, and a precompiled header of the library that all of them share.
#include "builder.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "process.hpp"
#include "surroundings.hpp"

namespace serval::tool {

using std::filesystem::path;
using Clock = std::chrono::steady_clock;

std::vector<std::string> dependencies_in(const std::string& text) {
  std::vector<std::string> found;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) found.push_back(std::exchange(word, {}));
  };
  for (std::size_t i = std::min(text.find(": "), text.size()) + 1; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\n';
    if (c == '\\' && (next == ' ' || next == '#')) {
      word += text[++i];
    } else if (c == '$' && next == '$') {
      word += text[++i];
    } else if (c == '\\' && next == '\n') {
      end_word();
      ++i;
    } else if (c == ' ' || c == '\n' || c == '\t') {
      end_word();
      if (c == '\n') break;  // further rules, for headers that are gone
    } else {
      word += c;
    }
  }
  end_word();
  return found;
}

namespace {

constexpr std::string_view header_text = "#include <serval/serval.hpp>\n#include <serval/task.hpp>\n";

std::string hex_of(std::size_t number) {
  std::ostringstream text;
  text << std::hex << number;
  return text.str();
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

void append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
}

class FileBuilder final : public Builder {
 public:
  FileBuilder(Project project, Installation installation, Toolchain toolchain, BuildKind kind, const Terminal& terminal)
      : project_(std::move(project)),
        installation_(std::move(installation)),
        toolchain_(std::move(toolchain)),
        kind_(kind),
        terminal_(terminal),
        folder_(cache_folder() / (is_for_development() ? "dev" : "run") /
                hex_of(std::hash<std::string>()(project_.main_file.string() + toolchain_.compiler))) {
    std::filesystem::create_directories(folder_);
    find_flags();
  }

  Task<Built> build() override {
    Built built;
    if (is_for_development()) {
      co_await make_shared(built);
      if (!built.output.empty()) co_return built;
    }
    const auto begun = Clock::now();
    Command compile = compile_command();
    Ended compiled = co_await run(std::move(compile));
    built.output += compiled.output;
    built.times.emplace_back("compile", since(begun));
    if (compiled.code != 0) co_return built;
    const auto linking = Clock::now();
    Command link = link_command();
    Ended linked = co_await run(std::move(link));
    built.output += linked.output;
    built.times.emplace_back("link", since(linking));
    built.is_built = linked.code == 0;
    built.program = program().string();
    co_return built;
  }

  std::set<path> inputs() const override {
    std::set<path> found{project_.main_file};
    for (const std::string& name : dependencies_in(text_of(folder_ / "object.d"))) {
      const path file = (project_.folder / name).lexically_normal();
      const bool is_of_library = file.string().starts_with((installation_.prefix / "include" / "serval").string());
      if (!is_of_library) found.insert(file);
    }
    return found;
  }

 private:
  [[nodiscard]] bool is_for_development() const { return kind_ == BuildKind::development; }
  static std::chrono::milliseconds since(Clock::time_point begun) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
  }
  [[nodiscard]] path program() const { return folder_ / project_.main_file.stem(); }

  /// Asks pkg-config. All rooms are linked: of those that a program does not use, nothing becomes a part of it.
  void find_flags() {
    std::vector<std::string> modules;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(installation_.pkg_config, ignored)) {
      const std::string name = entry.path().stem().string();
      const bool is_room = name == "serval" || name.starts_with("serval-");
      if (entry.path().extension() == ".pc" && is_room && (is_for_development() || name != "serval-dev"))
        modules.push_back(name);
    }
    std::sort(modules.rbegin(), modules.rend());  // rooms before the core, which they need
    if (modules.empty()) modules = {"serval"};
    compile_flags_ = ask("--cflags", modules);
    libraries_ = ask("--libs", modules);
  }
  [[nodiscard]] std::vector<std::string> ask(const std::string& what, const std::vector<std::string>& modules) const {
    std::vector<std::string> words{what};
    if (what == "--libs" && !std::filesystem::exists(installation_.pkg_config.parent_path() / "libserval.so"))
      words.emplace_back("--static");
    append(words, modules);
    const Ended found = ask_pkg_config(installation_, words);
    if (found.code != 0) throw std::runtime_error("pkg-config does not find the library serval: " + found.output);
    return words_of(found.output);
  }

  [[nodiscard]] std::vector<std::string> flags() const {
    std::vector<std::string> words{"-std=c++20", "-pthread"};
    append(words,
           is_for_development() ? std::vector<std::string>{"-O0", "-g1"} : std::vector<std::string>{"-O2", "-DNDEBUG"});
    append(words, compile_flags_);
    words.emplace_back("-fdiagnostics-color=never");  // the tool reads the messages
    return words;
  }

  /// The folder of the precompiled header and of the part of `serval dev` in the program. Its name tells for which
  /// compiler, flags and headers they were made.
  [[nodiscard]] path shared_folder() const {
    std::string key = run_now({.words = {toolchain_.compiler, "--version"}}).output;
    for (const std::string& flag : flags()) key += flag + "\n";
    std::vector<path> headers;
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(installation_.prefix / "include" / "serval", ignored)) {
      if (entry.is_regular_file()) headers.push_back(entry.path());
    }
    std::sort(headers.begin(), headers.end());
    for (const path& header : headers) key += header.string() + text_of(header);
    return cache_folder() / "pch" / hex_of(std::hash<std::string>()(key));
  }

  /// Makes what the programs of all projects share, once. A fault is in the output.
  Task<void> make_shared(Built& built) {
    if (!shared_.empty()) co_return;
    const path folder = shared_folder();
    std::filesystem::create_directories(folder);
    // A precompiled header names its source, so it is made in its final place.
    if (!std::filesystem::exists(folder / "serval.hpp")) std::ofstream(folder / "serval.hpp") << header_text;
    bool has_said = false;
    for (const auto& [file, made_by] : shared_commands(folder)) {
      if (std::filesystem::exists(folder / file)) continue;
      if (!std::exchange(has_said, true))
        terminal_.say("serval: preparing the library for " + toolchain_.compiler + " (once, some seconds)");
      const path aside = folder / (file + "." + std::to_string(::getpid()));
      Command command = made_by;
      append(command.words, {"-o", aside.string()});
      const Ended ended = co_await run(std::move(command));
      if (ended.code != 0) {
        built.output = ended.output.empty() ? "the library could not be prepared" : ended.output;
        co_return;
      }
      std::filesystem::rename(aside, folder / file);
    }
    if (has_said) forget_old(folder.parent_path());
    shared_ = folder;
  }

  /// The files and the commands that make them, without "-o".
  [[nodiscard]] std::vector<std::pair<std::string, Command>> shared_commands(const path& folder) const {
    Command header{.words = {toolchain_.compiler}};
    append(header.words, flags());
    append(header.words, {"-x", "c++-header", (folder / "serval.hpp").string()});
    if (toolchain_.is_clang) append(header.words, {"-fpch-instantiate-templates", "-Xclang", "-fno-pch-timestamp"});
    std::vector<std::pair<std::string, Command>> commands;
    commands.emplace_back(toolchain_.is_clang ? "serval.pch" : "serval.hpp.gch", std::move(header));
    const path part = installation_.share / "dev.cpp";
    if (std::filesystem::exists(part)) {
      Command object{.words = {toolchain_.compiler}};
      append(object.words, flags());
      append(object.words, {"-c", part.string()});
      commands.emplace_back("dev.o", std::move(object));
    }
    return commands;
  }

  /// Keeps the newest three.
  static void forget_old(const path& folder) {
    constexpr std::size_t kept = 3;
    std::vector<std::pair<std::filesystem::file_time_type, path>> all;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
      all.emplace_back(entry.last_write_time(ignored), entry.path());
    std::sort(all.rbegin(), all.rend());
    for (std::size_t i = kept; i < all.size(); ++i) std::filesystem::remove_all(all[i].second, ignored);
  }

  [[nodiscard]] Command compile_command() const {
    Command command{.words = toolchain_.compile_words(),
                    .folder = project_.folder.string(),
                    .environment = Toolchain::environment()};
    append(command.words, flags());
    if (!shared_.empty() && toolchain_.is_clang) {
      append(command.words, {"-include-pch", (shared_ / "serval.pch").string(), "-fpch-instantiate-templates",
                             "-Xclang", "-fno-pch-timestamp"});
    } else if (!shared_.empty()) {
      append(command.words, {"-include", (shared_ / "serval.hpp").string(), "-fpch-preprocess"});
    }
    append(command.words, {"-MMD", "-MF", (folder_ / "object.d").string(), "-c", project_.main_file.string(), "-o",
                           (folder_ / "object.o").string()});
    return command;
  }

  [[nodiscard]] Command link_command() const {
    Command command{.words = {toolchain_.compiler}, .folder = project_.folder.string()};
    append(command.words, toolchain_.link_options());
    append(command.words, {"-pthread", (folder_ / "object.o").string(), "-o", program().string()});
    if (!shared_.empty() && std::filesystem::exists(shared_ / "dev.o"))
      command.words.push_back((shared_ / "dev.o").string());
    command.words.emplace_back("-Wl,--as-needed");
    append(command.words, libraries_);
    return command;
  }

  Project project_;
  Installation installation_;
  Toolchain toolchain_;
  BuildKind kind_;
  const Terminal& terminal_;
  path folder_;  // for the object and the program
  path shared_;  // empty: not made yet
  std::vector<std::string> compile_flags_, libraries_;
};

}  // namespace

std::unique_ptr<Builder> make_file_builder(Project project, Installation installation, Toolchain toolchain,
                                           BuildKind kind, const Terminal& terminal) {
  return std::make_unique<FileBuilder>(std::move(project), std::move(installation), std::move(toolchain), kind,
                                       terminal);
}

}  // namespace serval::tool
