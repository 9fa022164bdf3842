// SPDX-License-Identifier: MIT
#include "settings/settings_table.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/join.hpp"
#include "schema/encoder.hpp"
#include "settings/visible_text.hpp"

namespace serval::detail {

namespace {

struct Row {
  std::string name, value, source;
};

constexpr std::size_t longest_value = 60;  // bytes

/// Cuts between two characters.
std::string shortened(std::string text) {
  if (text.size() <= longest_value) return text;
  std::size_t end = longest_value;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

/// JSON without the passwords of URLs in its strings. They stay escaped: `:` and `@` are never written as escapes.
std::string json_without_url_passwords(std::string_view json) {
  std::string out;
  for (std::size_t begin = 0; begin < json.size();) {
    std::size_t end = json.find('"', begin);
    if (end == std::string_view::npos) return out.append(json.substr(begin));
    out.append(json.substr(begin, ++end - begin));
    begin = end;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    out.append(without_url_passwords(json.substr(begin, end - begin))) += '"';
    begin = end + 1;
  }
  return out;
}

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

std::string shown_value(const Type& type, const void* value) {
  std::string text;
  try {
    encode(text, type, value, {});
  } catch (const std::exception&) {
    return "(no text)";  // such as an enumerator without a name
  }
  text = json_without_url_passwords(text);
  // A text without its quotes; control characters in it are escaped.
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  return shortened(std::move(text));
}

class TableMaker {
 public:
  explicit TableMaker(const SettingTree& tree) : tree_(tree) {}

  /// `object` is null for a struct that does not exist: an empty optional.
  void add_struct(std::size_t index, const void* object) {
    const Setting& setting = tree_.settings()[index];
    for (std::size_t i = 0; i < setting.parts.size(); ++i)
      add(setting.parts[i], object != nullptr ? setting.model->at(object, i) : nullptr);
  }

  [[nodiscard]] std::string text() const {
    std::size_t names = 0, values = 0;
    for (const Row& row : rows_) {
      names = (std::max)(names, row.name.size());
      values = (std::max)(values, row.value.size());
    }
    std::string out;
    for (const Row& row : rows_) {
      std::string line = row.name + std::string(names + 2 - row.name.size(), ' ') + row.value +
                         std::string(values + 2 - row.value.size(), ' ') + row.source;
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + '\n';
    }
    return out;
  }

 private:
  void add(std::size_t index, const void* value) {
    const Setting& setting = tree_.settings()[index];
    const Type* type = setting.type;
    if (setting.model == nullptr || !setting.faulty_source.empty()) return add_value(setting, value);
    for (; value != nullptr && type->kind == Kind::optional; type = type->element)
      value = type->ops.optional->get(value);
    add_struct(index, value);
  }

  /// That of the setting, or of the struct around it that a source sets to null.
  [[nodiscard]] std::string source_of(const Setting& setting) const {
    for (const Setting* each = &setting; each != tree_.settings().data(); each = &tree_.settings()[each->parent]) {
      if (each->given) return each->given->origin;
    }
    return "default";
  }

  void add_value(const Setting& setting, const void* value) {
    Row row{.name = setting.variable, .value = {}, .source = source_of(setting)};
    if (setting.is_faulty) {
      if (!setting.given) row.source = setting.faulty_source;
      row.value = row.source.empty() ? "(missing)" : "(not valid)";
    } else {
      row.value = value != nullptr ? shown_value(*setting.type, value) : "null";
    }
    row.source = visible(row.source);
    rows_.push_back(std::move(row));
  }

  const SettingTree& tree_;
  std::vector<Row> rows_{{.name = "NAME", .value = "VALUE", .source = "SOURCE"}};
};

}  // namespace

std::string without_url_passwords(std::string_view text) {
  constexpr std::string_view begin_of_authority = "://";
  const std::size_t last_at = text.rfind('@');
  if (last_at == std::string_view::npos) return std::string(text);
  const std::string_view behind = text.substr(last_at);
  text = text.substr(0, last_at);
  std::string out;
  for (;;) {
    const std::size_t begin = text.find(begin_of_authority);
    if (begin == std::string_view::npos) return out.append(text).append(behind);
    const std::size_t after = begin + begin_of_authority.size();
    out += text.substr(0, after);
    text.remove_prefix(after);
    // Passwords are often not escaped, so they may have any characters: rather too much is hidden than too little.
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
      return out.append(text.substr(0, colon + 1)).append("**********").append(behind);
  }
}

std::string settings_table(const SettingTree& tree, const void* settings, const SettingFindings& findings) {
  TableMaker table(tree);
  table.add_struct(0, settings);
  std::string out = table.text();
  out += "\nsources, the strongest first: " + visible(join(findings.sources)) + "\n";
  if (!findings.faults.empty()) out += "\n";
  for (const SettingsFault& fault : findings.faults) out += fault.to_text() + "\n";
  return out;
}

}  // namespace serval::detail
