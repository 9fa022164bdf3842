// SPDX-License-Identifier: MIT
// CMake projects: a build folder of the tool's own, in which CMake's File API tells targets and files. The project's
// CMakeLists.txt stays as it is: dev.cmake adds the precompiled header and the fast linker.
#include "builder.hpp"

#include <serval/json/json.hpp>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "compile_commands.hpp"
#include "process.hpp"
#include "surroundings.hpp"
#include "watcher.hpp"

namespace serval::tool {

using std::filesystem::path;
using Clock = std::chrono::steady_clock;

namespace {

/// A program that links serval.
struct Target {
  std::string name;
  path program;
  std::vector<path> sources;
};

json read_json(const path& file) {
  json value = json::parse(text_of(file), nullptr, false);
  if (value.is_discarded()) throw std::runtime_error("CMake wrote no JSON to " + file.string());
  return value;
}

/// CMake's replies to the queries in a build folder (cmake-file-api(7)).
class FileApi {
 public:
  explicit FileApi(path build) : folder_(std::move(build) / ".cmake" / "api" / "v1") {}

  void ask() const {
    std::filesystem::create_directories(folder_ / "query");
    for (const char* query : {"codemodel-v2", "cmakeFiles-v1"}) std::ofstream(folder_ / "query" / query);
  }

  /// Errors: std::runtime_error if there is no reply.
  [[nodiscard]] std::vector<Target> programs_with_serval(const path& source, const path& build) const {
    std::vector<Target> found;
    const json model = reply("codemodel");
    for (const json& configuration : model["configurations"]) {
      for (const json& each : configuration["targets"]) {
        const json target = read_json(folder_ / "reply" / each["jsonFile"].get<std::string>());
        if (target["type"] != "EXECUTABLE" || !links_serval(target)) continue;
        Target program;
        program.name = target["name"];
        program.program = build / target["artifacts"][0]["path"].get<std::string>();
        for (const json& file : target["sources"])
          program.sources.push_back((source / file["path"].get<std::string>()).lexically_normal());
        found.push_back(std::move(program));
      }
    }
    return found;
  }

  /// The files that CMake read, without those of its own and generated ones.
  [[nodiscard]] std::vector<path> cmake_inputs(const path& source) const {
    std::vector<path> files;
    const json read = reply("cmakeFiles");
    for (const json& input : read["inputs"]) {
      if (input.value("isCMake", false) || input.value("isGenerated", false)) continue;
      files.push_back((source / input["path"].get<std::string>()).lexically_normal());
    }
    return files;
  }

  /// The file that CMake has written last. Errors: std::runtime_error if there is none.
  [[nodiscard]] std::string newest_reply() const {
    std::vector<path> indices;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "reply", ignored)) {
      if (entry.path().filename().string().starts_with("index-")) indices.push_back(entry.path());
    }
    if (indices.empty()) throw std::runtime_error("CMake has not described the project");
    return std::max_element(indices.begin(), indices.end())->string();
  }

 private:
  [[nodiscard]] json reply(const std::string& kind) const {
    const json index = read_json(newest_reply());
    for (const json& object : index["objects"]) {
      if (object["kind"] == kind) return read_json(folder_ / "reply" / object["jsonFile"].get<std::string>());
    }
    throw std::runtime_error("CMake has not described its " + kind);
  }
  static bool links_serval(const json& target) {
    if (!target.contains("link") || !target["link"].contains("commandFragments")) return false;
    for (const json& fragment : target["link"]["commandFragments"]) {
      if (fragment["fragment"].get<std::string>().find("libserval") != std::string::npos) return true;
    }
    return false;
  }

  path folder_;
};

/// The file names in the output of `ninja -t deps`: those lines are indented.
std::vector<path> ninja_dependencies(const std::string& output) {
  constexpr std::string_view indent = "    ";
  std::vector<path> files;
  for (const std::string_view line : lines_of(output)) {
    if (line.starts_with(indent)) files.emplace_back(line.substr(indent.size()));
  }
  return files;
}

class CmakeBuilder final : public Builder {
 public:
  CmakeBuilder(Project project, Installation installation, Toolchain toolchain, BuildKind kind,
               const Terminal& terminal)
      : project_(std::move(project)),
        installation_(std::move(installation)),
        toolchain_(std::move(toolchain)),
        kind_(kind),
        terminal_(terminal),
        build_(project_.folder / "build" / (is_for_development() ? "serval-dev" : "serval-run")),
        api_(build_) {
    guess_inputs();
  }

  Task<Built> build() override {
    Built built;
    const auto begun = Clock::now();
    if (!std::filesystem::exists(build_ / "build.ninja") || text_of(build_ / "serval-dev.txt") != setting())
      co_await configure(built);
    if (!built.output.empty()) co_return built;
    if (described_ != api_.newest_reply()) choose_target();
    bool is_another = true;  // CMake may run again within the build, and the program be another one afterwards
    for (int tries = 0; is_another && tries < 2; ++tries) {
      Command build_target = configured({"--build", build_.string(), "--target", target_.name});
      Ended ended = co_await run(std::move(build_target));
      built.is_built = ended.code == 0;
      built.output = std::move(ended.output);
      is_another = described_ != api_.newest_reply();
      if (is_another) is_another = choose_target();
    }
    built.times.emplace_back("build", std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun));
    co_await find_inputs();
    built.program = target_.program.string();
    co_return built;
  }

  std::set<path> inputs() const override { return inputs_; }

 private:
  [[nodiscard]] bool is_for_development() const { return kind_ == BuildKind::development; }

  [[nodiscard]] Command configured(std::vector<std::string> arguments) const {
    Command command{.words = {"cmake"}, .folder = project_.folder.string(), .environment = Toolchain::environment()};
    command.words.insert(command.words.end(), arguments.begin(), arguments.end());
    return command;
  }

  /// What a build folder is configured for.
  [[nodiscard]] std::string setting() const {
    return toolchain_.compiler + "\n" + toolchain_.linker + "\n" + installation_.prefix.string() + "\n";
  }

  /// A fault is in the output.
  Task<void> configure(Built& built) {
    std::error_code ignored;
    std::filesystem::remove_all(build_, ignored);  // CMake keeps the compiler of a build folder
    terminal_.say("serval: configuring " + project_.folder.filename().string() + " with " + toolchain_.compiler);
    api_.ask();
    std::vector<std::string> arguments{"-S", project_.folder.string(),
                                       "-B", build_.string(),
                                       "-G", "Ninja",
                                       "-D", "CMAKE_CXX_COMPILER=" + toolchain_.compiler,
                                       "-D", "CMAKE_PREFIX_PATH=" + installation_.prefix.string()};
    const auto define = [&](const std::string& what) {
      arguments.emplace_back("-D");
      arguments.push_back(what);
    };
    if (!toolchain_.ccache.empty()) define("CMAKE_CXX_COMPILER_LAUNCHER=" + toolchain_.ccache);
    define("BUILD_TESTING=OFF");
    if (is_for_development()) {
      define("CMAKE_BUILD_TYPE=Debug");
      define("CMAKE_CXX_FLAGS_DEBUG=-O0 -g1");
      define("CMAKE_EXPORT_COMPILE_COMMANDS=ON");
      define("CMAKE_PROJECT_INCLUDE=" + (installation_.share / "dev.cmake").string());
      if (!toolchain_.linker.empty()) define("SERVAL_DEV_LINKER=" + toolchain_.linker);
    } else {
      define("CMAKE_BUILD_TYPE=Release");
    }
    Command command = configured(std::move(arguments));
    Ended ended = co_await run(std::move(command));
    if (ended.code == 0)
      std::ofstream(build_ / "serval-dev.txt") << setting();  // without it, the next build configures again
    else
      built.output = std::move(ended.output);
  }

  /// Returns whether it is another one than before. Errors: UsageError with the list, if it is not clear which program
  /// is meant.
  bool choose_target() {
    described_ = api_.newest_reply();
    if (is_for_development()) remove_precompiled_headers(build_ / "compile_commands.json");
    const std::vector<Target> programs = api_.programs_with_serval(project_.folder, build_);
    std::string names;
    for (const Target& each : programs) {
      if (each.name == project_.target || (project_.target.empty() && programs.size() == 1)) {
        const bool is_another = each.name != target_.name || each.program != target_.program;
        target_ = each;
        return is_another;
      }
      names += (names.empty() ? "" : ", ") + each.name;
    }
    if (programs.empty()) throw UsageError("no program of this project links serval");
    throw UsageError("choose a program with --target: " + names);
  }

  Task<void> find_inputs() {
    std::set<path> files{target_.sources.begin(), target_.sources.end()};
    for (path& file : api_.cmake_inputs(project_.folder)) files.insert(std::move(file));
    Command list{.words = {"ninja", "-C", build_.string(), "-t", "deps"}};
    const Ended listed = co_await run(std::move(list));
    for (const path& file : ninja_dependencies(listed.output)) files.insert((build_ / file).lexically_normal());
    std::erase_if(files, [&](const path& file) { return is_foreign(file); });
    inputs_ = std::move(files);
  }

  /// Whether a file belongs to the system, the library or the build.
  [[nodiscard]] bool is_foreign(const path& file) const {
    const std::string name = file.string();
    const path build = project_.folder / "build";
    return name.starts_with("/usr/") || name.starts_with((installation_.prefix / "").string()) ||
           name.starts_with((build / "").string());
  }

  /// All files of the project that look like sources: what may matter to a build that has not ended yet.
  void guess_inputs() {
    std::error_code ignored;
    std::filesystem::recursive_directory_iterator at(project_.folder, ignored);
    for (; at != std::filesystem::recursive_directory_iterator(); at.increment(ignored)) {
      const path& each = at->path();
      if (at->is_directory(ignored) && (each == project_.folder / "build" || each.filename().string().starts_with(".")))
        at.disable_recursion_pending();
      else if (looks_like_source(each))
        inputs_.insert(each);
    }
  }

  Project project_;
  Installation installation_;
  Toolchain toolchain_;
  BuildKind kind_;
  const Terminal& terminal_;
  path build_;
  FileApi api_;
  std::string described_;  // the reply of CMake that tells of the target
  Target target_;
  std::set<path> inputs_;
};

}  // namespace

std::unique_ptr<Builder> make_cmake_builder(Project project, Installation installation, Toolchain toolchain,
                                            BuildKind kind, const Terminal& terminal) {
  return std::make_unique<CmakeBuilder>(std::move(project), std::move(installation), std::move(toolchain), kind,
                                        terminal);
}

std::unique_ptr<Builder> make_builder(Project project, Installation installation, Toolchain toolchain, BuildKind kind,
                                      const Terminal& terminal) {
  if (project.is_single_file())
    return make_file_builder(std::move(project), std::move(installation), std::move(toolchain), kind, terminal);
  return make_cmake_builder(std::move(project), std::move(installation), std::move(toolchain), kind, terminal);
}

}  // namespace serval::tool
