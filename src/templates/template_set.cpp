// SPDX-License-Identifier: MIT
#include "templates/template_set.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include <serval/base/error.hpp>
#include <serval/http/url.hpp>

namespace serval::detail {

namespace {

namespace fs = std::filesystem;
using kainjow::mustache::mustache;

constexpr std::size_t max_file_bytes = std::size_t{1} << 20;
constexpr std::size_t max_page_bytes = std::size_t{16} << 20;

/// A tag of a template, `{{> header}}`: its content without delimiters and white space, and the place that it takes.
struct Tag {
  std::string_view content;
  std::size_t begin;
  std::size_t end;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The tags as the library reads them; it reports one that is not closed.
std::vector<Tag> tags_of(std::string_view text) {
  std::vector<Tag> tags;
  for (std::size_t begin = text.find("{{"); begin != std::string_view::npos;) {
    const bool is_raw = text.substr(begin + 2).starts_with('{');
    const std::string_view close = is_raw ? "}}}" : "}}";
    const std::size_t inner = begin + (is_raw ? 3 : 2);
    const std::size_t stop = text.find(close, inner);
    if (stop == std::string_view::npos) break;
    const std::size_t end = stop + close.size();
    // The content of a raw tag is only a name.
    if (!is_raw) tags.push_back({.content = trimmed(text.substr(inner, stop - inner)), .begin = begin, .end = end});
    begin = text.find("{{", end);
  }
  return tags;
}

/// A tag that is alone on its line takes the whole line, as in the specification of Mustache.
void take_line(std::string_view text, Tag& tag) {
  constexpr std::string_view blanks = " \t";
  const std::size_t before = text.substr(0, tag.begin).find_last_not_of(blanks);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  if (begin > 0 && text[begin - 1] != '\n') return;
  std::size_t end = std::min(text.find_first_not_of(blanks, tag.end), text.size());
  if (text.substr(end).starts_with('\r')) ++end;
  if (end < text.size() && text[end] != '\n') return;
  tag.begin = begin;
  tag.end = std::min(end + 1, text.size());
}

/// Reads and checks all files, so that one error reports all faults.
class Loader {
 public:
  explicit Loader(const fs::path& directory) : directory_(directory) {}

  void read_all();
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& texts() const noexcept { return texts_; }
  [[nodiscard]] const std::vector<std::string>& faults() const noexcept { return faults_; }
  /// The text with all included templates. Errors: adds a fault if one includes itself or it is too large.
  [[nodiscard]] std::string expand(const std::string& name);

 private:
  void add_fault(const std::string& name, std::size_t offset, const std::string& why);
  void read(const fs::path& file);
  void check(const std::string& name, const std::string& text);
  [[nodiscard]] const std::string* find_included(const std::string& from, std::string_view name) const;
  void append(std::string& out, const std::string& name, std::vector<std::string>& around);

  const fs::path directory_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<std::string> faults_;
};

void Loader::add_fault(const std::string& name, std::size_t offset, const std::string& why) {
  std::string fault = (directory_ / name).string();
  if (const auto text = texts_.find(name); text != texts_.end()) {
    const auto end = text->second.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text->second.size()));
    fault.append(":").append(std::to_string(1 + std::count(text->second.begin(), end, '\n')));
  }
  fault.append(": ").append(why);
  if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end()) faults_.push_back(std::move(fault));
}

void Loader::read_all() {
  std::error_code error;
  fs::recursive_directory_iterator entry(directory_, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
      continue;
    }
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) read(entry->path());
  }
  if (error)
    faults_.push_back("templates: the directory " + directory_.string() + " cannot be read: " + error.message());
  for (const auto& [name, text] : texts_) check(name, text);
}

void Loader::read(const fs::path& file) {
  const std::string name = file.lexically_relative(directory_).generic_string();
  std::ifstream stream(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream.good() && !stream.eof()) return add_fault(name, 0, "cannot be read");
  if (text.size() > max_file_bytes) return add_fault(name, 0, "is larger than 1 MiB");
  if (!http::is_valid_utf8(text)) return add_fault(name, 0, "is not UTF-8");
  texts_.emplace(name, std::move(text));
}

void Loader::check(const std::string& name, const std::string& text) {
  for (const Tag& tag : tags_of(text)) {
    if (tag.content.starts_with('=')) return add_fault(name, tag.begin, "the delimiters cannot be changed");
    if (!tag.content.starts_with('>')) continue;
    const std::string_view included = trimmed(tag.content.substr(1));
    if (find_included(name, included) == nullptr)
      add_fault(name, tag.begin, "there is no template \"" + std::string(included) + "\" to include");
  }
  const mustache parsed(text);
  if (parsed.is_valid()) return;
  // "Unclosed tag at 17": the number is an offset.
  const std::string& message = parsed.error_message();
  const std::size_t at = message.rfind(" at ");
  std::size_t offset = 0;
  if (at != std::string::npos) std::from_chars(message.data() + at + 4, message.data() + message.size(), offset);
  add_fault(name, offset, message.substr(0, at));
}

/// "header" is also "header.html" in a template whose name ends with ".html".
const std::string* Loader::find_included(const std::string& from, std::string_view name) const {
  auto found = texts_.find(name);
  if (found == texts_.end()) found = texts_.find(std::string(name) + fs::path(from).extension().string());
  return found != texts_.end() ? &found->first : nullptr;
}

std::string Loader::expand(const std::string& name) {
  std::string out;
  std::vector<std::string> around;
  append(out, name, around);
  return out;
}

void Loader::append(std::string& out, const std::string& name, std::vector<std::string>& around) {
  const std::string& text = texts_.at(name);
  around.push_back(name);
  std::size_t done = 0;
  for (Tag& tag : tags_of(text)) {
    if (!tag.content.starts_with('>') || out.size() > max_page_bytes) continue;
    take_line(text, tag);
    out.append(text, done, tag.begin - done);
    done = tag.end;
    const std::string& included = *find_included(name, trimmed(tag.content.substr(1)));
    if (std::find(around.begin(), around.end(), included) != around.end())
      add_fault(name, tag.begin, "includes itself by way of \"" + included + "\"");
    else
      append(out, included, around);
  }
  out.append(text, done);
  if (out.size() > max_page_bytes) add_fault(around.front(), 0, "is larger than 16 MiB with all that it includes");
  around.pop_back();
}

[[noreturn]] void fail(const std::vector<std::string>& faults, SourceLocation where) {
  std::string message;
  for (const std::string& fault : faults) {
    if (!message.empty()) message += '\n';
    message += fault;
  }
  throw SetupError(message, where);
}

}  // namespace

TemplateSet::TemplateSet(const std::filesystem::path& directory, SourceLocation where) {
  Loader loader(directory);
  loader.read_all();
  if (!loader.faults().empty()) fail(loader.faults(), where);
  for (const auto& [name, text] : loader.texts()) {
    const std::string page = loader.expand(name);
    if (!loader.faults().empty()) fail(loader.faults(), where);
    templates_.emplace(name, std::make_unique<mustache>(page));
  }
}

kainjow::mustache::mustache* TemplateSet::find(std::string_view name) const {
  const auto found = templates_.find(name);
  return found != templates_.end() ? found->second.get() : nullptr;
}

}  // namespace serval::detail
