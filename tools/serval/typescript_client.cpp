// SPDX-License-Identifier: MIT
#include "typescript_client.hpp"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "client_document.hpp"
#include "generated_folder.hpp"
#include "node_packages.hpp"
#include "process.hpp"
#include "project.hpp"
#include "surroundings.hpp"

namespace serval::tool {

using std::filesystem::path;

namespace {

/// A folder for the files of one run, which is removed with the object.
class Workspace {
 public:
  Workspace() : folder_((std::filesystem::temp_directory_path() / "serval-XXXXXX").string()) {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::system_error(errno, std::generic_category(), folder_);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] path operator/(const char* name) const { return path(folder_) / name; }

 private:
  std::string folder_;
};

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

/// In the workspace, since the generator would read a configuration in the current folder.
void run_script(std::vector<std::string> words, const Workspace& workspace, const std::string& what_failed) {
  words.insert(words.begin(), "node");
  const Ended ended =
      run_now({.words = std::move(words), .folder = (workspace / "").string(), .environment = {{"NO_COLOR", "1"}}});
  if (ended.code != 0) throw std::runtime_error(what_failed + trimmed(ended.output));
}

std::string text_of_file(const std::string& name) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(name, ignored)) throw UsageError("there is no file " + name);
  return text_of(name);
}

/// The document, or nothing after it has been shown why the program has none.
std::optional<json> document_of(const ClientOptions& options, const path& scripts, const Workspace& workspace,
                                const Terminal& terminal) {
  if (options.from.empty()) {
    const std::optional<std::string> text = program_document(options.program, terminal);
    if (!text) return std::nullopt;
    return read_document(*text, "the document of the program");
  }
  const std::string address = document_address(options.from);
  const path copy = workspace / "fetched.json";
  run_script({(scripts / "fetch.mjs").string(), address, copy.string()}, workspace, "");
  return read_document(text_of(copy), address);
}

path generate(const json& document, const path& scripts, const path& packages, const Workspace& workspace) {
  const path input = workspace / "openapi.json", made = workspace / "made";
  std::ofstream out(input, std::ios::binary);
  out << with_event_schemas(document).dump();
  out.close();
  if (!out) throw std::runtime_error("cannot write " + input.string());
  run_script({(scripts / "generate.mjs").string(), packages.string(), input.string(), made.string()}, workspace,
             "the generator has failed: ");
  return made;
}

int compare(const path& made, const path& folder, const std::string& name, const Terminal& terminal) {
  const std::vector<std::string> lines = differences(made, folder);
  if (lines.empty()) return 0;
  terminal.complain("serval: " + name + " is not the client of the document: write it without --check");
  for (const std::string& line : lines) terminal.complain("  " + line);
  return 1;
}

}  // namespace

int make_typescript_client(const ClientOptions& options, const Terminal& terminal) {
  const path folder = output_folder(options.out);
  std::optional<json> document;
  if (!options.from.empty() && !is_address(options.from))
    document = read_document(text_of_file(options.from), options.from);
  const path scripts = find_installation().share / "client_ts";
  const path packages = installed_packages(scripts, terminal);
  const Workspace workspace;
  if (!document) document = document_of(options, scripts, workspace, terminal);
  if (!document) return 1;
  const path made = generate(*document, scripts, packages, workspace);
  if (options.checks) return compare(made, folder, options.out, terminal);
  if (differences(made, folder).empty()) {
    terminal.say("serval: " + options.out + " is up to date");
    return 0;
  }
  replace_folder(made, folder);
  terminal.say("serval: wrote the client " + options.out);
  return 0;
}

}  // namespace serval::tool
