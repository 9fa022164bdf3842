// SPDX-License-Identifier: MIT
#include "settings/setting_sources.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <serval/json/json.hpp>

#include "base/ascii.hpp"
#include "base/environment.hpp"
#include "base/kubernetes.hpp"
#include "json/members.hpp"
#include "settings/text_file.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view environment_origin = "environment";

/// "db__host" as it is nested in a JSON file: "db.host".
std::string dotted(std::string path) {
  for (std::size_t found = path.find("__"); found != std::string::npos; found = path.find("__", found))
    path.replace(found, 2, ".");
  return path;
}

std::string line_of(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(offset);
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

/// The byte of a code point.
std::size_t offset_of(std::string_view text, std::size_t code_point) {
  std::size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    const bool begins_one = (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
    if (begins_one && code_point-- == 0) break;
  }
  return offset;
}

/// Whether a word looks like the name of a variable, as shells write it: AWS_PROFILE. Lines of a key do not.
bool is_conventional_name(std::string_view word) {
  return !word.empty() && !is_digit(word[0]) && std::all_of(word.begin(), word.end(), [](char c) {
    return is_digit(c) || c == '_' || (c >= 'A' && c <= 'Z');
  });
}

/// Why an entry of a folder is not a file that can be read; empty if it is one.
std::string fault_no_file(const std::filesystem::directory_entry& entry) {
  std::error_code error;
  const std::filesystem::file_status status = entry.status(error);
  if (std::filesystem::is_regular_file(status)) return {};
  if (status.type() == std::filesystem::file_type::not_found) return "the link leads to no file";
  if (std::filesystem::is_directory(status)) return "a file is needed, but it is a directory";
  return error ? "the file cannot be examined: " + error.message() : "it is no regular file";
}

bool is_numeric(const Setting& setting) {
  const Kind kind = inner_type(*setting.type).kind;
  return kind == Kind::integer || kind == Kind::number;
}

}  // namespace

std::string fault_no_json(const JsonDocument& document, JsonDocument::Outcome outcome) {
  if (outcome != JsonDocument::Outcome::invalid) return "Input should be JSON in UTF-8, not nested too deep";
  const std::size_t offset = offset_of(document.text(), document.error().position);
  const std::size_t line_begin = offset == 0 ? 0 : document.text().rfind('\n', offset - 1) + 1;
  return "Input should be JSON: " + document.error().message + " (line " + line_of(document.text(), offset) +
         ", byte " + std::to_string(offset - line_begin + 1) + ")";
}

void SettingSources::read() {
  read_values();
  read_environment();
  for (auto file = options_.env_files.rbegin(); file != options_.env_files.rend(); ++file) read_env_file(*file);
  if (!options_.json_file.empty()) read_json_file(options_.json_file);
  if (!options_.secrets_dir.empty()) read_secrets(options_.secrets_dir);
}

void SettingSources::read_values() {
  std::vector<Entry> entries;
  entries.reserve(options_.values.size());
  for (const auto& [name, text] : options_.values) entries.push_back({name, text, "values of the program"});
  if (!entries.empty()) findings_.sources.emplace_back("values of the program");
  take(std::move(entries), SettingTree::Names::paths, Repeated::must_agree, UnknownSettings::fail);
}

void SettingSources::read_environment() {
  findings_.sources.emplace_back(environment_origin);
  std::vector<Entry> entries;
  const auto variables = options_.environment ? *options_.environment : environment_with_prefix("");
  entries.reserve(variables.size());
  for (const auto& [name, text] : variables) entries.push_back({name, text, std::string(environment_origin)});
  take(std::move(entries), SettingTree::Names::variables, Repeated::must_agree, options_.unknown);
}

void SettingSources::read_env_file(const std::string& path) {
  EnvFile file = parse_env_file(text_of_source(path).value_or(""));
  for (const EnvFileFault& fault : file.faults) report_line(fault, path + ":" + std::to_string(fault.line));
  std::vector<Entry> entries;
  entries.reserve(file.entries.size());
  for (EnvFileEntry& entry : file.entries) {
    std::string origin = path + ":" + std::to_string(entry.line);
    if (!tree_.find(SettingTree::Names::variables, entry.name))
      findings_.foreign_names.emplace(entry.name, entry.name + " (" + origin + ")");
    entries.push_back({std::move(entry.name), std::move(entry.value), std::move(origin)});
  }
  take(std::move(entries), SettingTree::Names::variables, Repeated::last_counts, options_.unknown);
}

void SettingSources::read_json_file(const std::string& path) {
  Document& document = documents_.emplace_back();
  std::optional<std::string> text = text_of_source(path);
  if (!text) return;
  document.text = std::move(*text);
  const auto outcome = document.json.parse(document.text, schema::max_json_nesting);
  if (outcome != JsonDocument::Outcome::ok) return report(0, {}, path, fault_no_json(document.json, outcome));
  if (!document.json.root().is_object()) return report(0, {}, path, "Input should be a JSON object");
  offer_json(0, document.json.root(), [&](JsonValue value) {
    const std::string_view whole = document.json.text();
    return path + ":" + line_of(whole, static_cast<std::size_t>(value.raw().data() - whole.data()));
  });
}

void SettingSources::read_secrets(const std::string& path) {
  std::error_code error;
  std::vector<Entry> entries;
  std::map<std::string, std::string> unusable;  // the fault of each name
  // Kubernetes links the files to those of a hidden folder.
  for (std::filesystem::directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
    std::string name = each->path().filename().string();
    if (name.starts_with('.')) continue;
    if (std::string fault = fault_no_file(*each); !fault.empty())
      unusable.emplace(std::move(name), std::move(fault));
    else
      entries.push_back({std::move(name), each->path().string(), each->path().string(), true});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  const bool is_absent = error == std::errc::no_such_file_or_directory;
  findings_.sources.push_back(path + (is_absent ? " (not found)" : ""));
  if (error && !is_absent) return report(0, {}, path, "the folder cannot be read: " + error.message());
  for (auto& [name, fault] : unusable) {
    const auto named = tree_.find(SettingTree::Names::variables, name);
    if (!named || named->is_file || tree_.is_decided(named->index)) continue;
    report(named->index, tree_.settings()[named->index].variable, (std::filesystem::path(path) / name).string(),
           std::move(fault));
  }
  take(std::move(entries), SettingTree::Names::variables, Repeated::must_agree, options_.unknown);
}

std::optional<std::string> SettingSources::text_of_source(const std::string& path) {
  TextFile file = read_text_file(path);
  findings_.sources.push_back(path + (file.is_absent ? " (not found)" : ""));
  if (file.fault.empty()) return std::move(file.text);
  if (!file.is_absent) report(0, {}, path, std::move(file.fault));
  return std::nullopt;
}

bool SettingSources::is_passed_over(const Entry& entry, const Setting* setting) const {
  if (entry.is_path) return false;
  if (options_.ignore_empty && entry.text.empty()) return true;
  if (entry.origin != environment_origin) return false;
  // The program may mean the name of a setting, REDIS_SERVICE_PORT, but a number is never an address.
  return setting == nullptr ? is_of_kubernetes(entry.name, entry.text)
                            : is_numeric(*setting) && is_kubernetes_address(entry.text);
}

void SettingSources::take(std::vector<Entry> entries, SettingTree::Names names, Repeated repeated,
                          UnknownSettings unknown) {
  // The members of a struct come after it: in descending order they are read before its whole, which they override.
  std::map<std::size_t, Entry*, std::greater<>> chosen;
  for (Entry& entry : entries) {
    const auto named = tree_.find(names, entry.name);
    if (is_passed_over(entry, named ? &tree_.settings()[named->index] : nullptr)) continue;
    if (named && tree_.is_decided(named->index)) continue;
    // The values themselves have no prefix, and none of them belongs to others.
    const bool is_ours = names == SettingTree::Names::paths || tree_.has_prefix(entry.name);
    if (!named || (entry.is_path && named->is_file)) {
      if (is_ours) report_unknown(entry.name, entry.origin, tree_.nearest(names, entry.name), unknown);
      continue;
    }
    const bool is_path = entry.is_path || named->is_file;
    const auto [place, is_first] = chosen.emplace(named->index, &entry);
    Entry& before = *place->second;
    entry.is_path = is_path;
    if (is_first) continue;
    if (before.is_path != is_path)
      report(named->index, entry.name, entry.origin, "the source also has " + before.name + ": remove one of them");
    else if (repeated == Repeated::must_agree && before.text != entry.text)
      report(named->index, entry.name, entry.origin, "the source also has " + before.name + " with another value");
    place->second = &entry;
  }
  for (const auto& [index, entry] : chosen) offer(index, std::move(*entry));
}

std::string SettingSources::text_of_file(std::size_t index, Entry& entry) {
  const std::string path = std::move(entry.text);
  const Setting& setting = tree_.settings()[index];
  TextFile file = read_text_file(path);
  // Of a secret, a path that cannot be read may be the value itself, by mistake.
  const bool is_hidden = !file.fault.empty() && setting.is_secret;
  if (path != entry.origin) {
    const std::string named = entry.name + ", " + entry.origin;
    entry.origin = is_hidden ? named : path + " (" + named + ")";
  }
  if (!file.fault.empty()) report(index, setting.variable, entry.origin, std::move(file.fault));
  cut_final_newline(file.text);
  return std::move(file.text);
}

void SettingSources::offer(std::size_t index, Entry entry) {
  if (tree_.is_decided(index)) return;
  if (entry.is_path) entry.text = text_of_file(index, entry);
  Setting& setting = tree_.settings()[index];
  if (setting.is_faulty || (options_.ignore_empty && entry.text.empty())) return;
  if (setting.model == nullptr) {
    setting.given = GivenValue{.origin = std::move(entry.origin), .text = std::move(entry.text), .json = {}};
    return;
  }
  Document& document = documents_.emplace_back();
  document.text = std::move(entry.text);
  const auto outcome = document.json.parse(document.text, schema::max_json_nesting);
  if (outcome != JsonDocument::Outcome::ok)
    return report(index, setting.variable, std::move(entry.origin), fault_no_json(document.json, outcome));
  offer_json(index, document.json.root(), [&](JsonValue) { return entry.origin; });
}

void SettingSources::offer_json(std::size_t index, JsonValue value, const Origin& origin) {
  if (tree_.is_decided(index)) return;
  Setting& setting = tree_.settings()[index];
  if (setting.model == nullptr) {
    setting.given = GivenValue{.origin = origin(value), .text = {}, .json = value};
  } else if (value.is_object()) {
    setting.is_present = true;
    offer_members(index, value, origin);
  } else if (value.is_null() && setting.type->kind == Kind::optional) {
    if (!tree_.has_any(index)) setting.given = GivenValue{.origin = origin(value), .text = {}, .json = value};
  } else {
    report(index, setting.variable, origin(value), "Input should be a JSON object with the members of the setting");
  }
}

void SettingSources::offer_members(std::size_t index, JsonValue object, const Origin& origin) {
  const std::string around = index == 0 ? "" : tree_.settings()[index].path + "__";
  const bool is_closed = tree_.settings()[index].model->config.extra == schema::Extra::forbid;
  std::vector<JsonMember> members;
  append_members(members, object);
  // As in `take`, the members of a struct are read before its whole.
  std::map<std::size_t, MemberOfJson, std::greater<>> chosen;
  std::string scratch;
  for (const JsonMember& member : members) {
    const std::string path = around + std::string(member.key.string(scratch));
    const auto named = tree_.find(SettingTree::Names::paths, path);
    if (!named) {
      report_unknown(dotted(path), origin(member.key), dotted(tree_.nearest(SettingTree::Names::paths, path)),
                     is_closed ? UnknownSettings::fail : options_.unknown);
      continue;
    }
    if (tree_.is_decided(named->index)) continue;
    const auto [place, is_first] =
        chosen.emplace(named->index, MemberOfJson{dotted(path), member.value, named->is_file});
    if (is_first) continue;
    const MemberOfJson& before = place->second;
    if (before.is_file != named->is_file)
      report(named->index, dotted(path), origin(member.key),
             "the source also has " + before.name + ": remove one of them");
    else if (before.value.raw() != member.value.raw())
      report(named->index, dotted(path), origin(member.key),
             "the source also has " + before.name + " with another value");
  }
  for (const auto& [part, member] : chosen) offer_member(part, member, origin);
}

void SettingSources::offer_member(std::size_t index, const MemberOfJson& member, const Origin& origin) {
  if (!member.is_file) return offer_json(index, member.value, origin);
  if (tree_.is_decided(index)) return;
  if (!member.value.is_string())
    return report(index, member.name, origin(member.value), "Input should be the path of a file");
  std::string scratch;
  offer(index, {member.name, std::string(member.value.string(scratch)), origin(member.value), true});
}

void SettingSources::report_line(const EnvFileFault& fault, std::string origin) {
  const std::string& name = fault.name.empty() ? fault.word : fault.name;
  if (tree_.has_prefix(name) || tree_.find(SettingTree::Names::variables, name))
    return report(0, fault.name, std::move(origin), fault.message);
  // The file is shared with other programs, which may read such lines.
  if (fault.has_more_lines || (fault.name.empty() && !is_conventional_name(fault.word)))
    report_by_option({fault.name, std::move(origin), fault.message}, options_.unknown);
}

void SettingSources::report(std::size_t index, std::string name, std::string origin, std::string message) {
  if (index != 0) {
    tree_.settings()[index].is_faulty = true;
    tree_.settings()[index].faulty_source = origin;
  }
  findings_.faults.push_back({std::move(name), std::move(origin), std::move(message)});
}

void SettingSources::report_unknown(std::string name, std::string origin, const std::string& nearest,
                                    UnknownSettings unknown) {
  SettingsFault fault{std::move(name), std::move(origin), "no setting has this name"};
  if (!nearest.empty()) fault.message += "; do you mean " + nearest + "?";
  report_by_option(std::move(fault), unknown);
}

void SettingSources::report_by_option(SettingsFault fault, UnknownSettings unknown) {
  if (unknown == UnknownSettings::ignore) return;
  if (unknown == UnknownSettings::fail)
    findings_.faults.push_back(std::move(fault));
  else
    findings_.warnings.push_back(fault.to_text());
}

}  // namespace serval::detail
