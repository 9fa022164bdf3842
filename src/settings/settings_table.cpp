// SPDX-License-Identifier: MIT
#include "settings/settings_table.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/join.hpp"
#include "schema/encoder.hpp"

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

std::string shown_value(const Type& type, const void* value) {
  std::string text;
  try {
    encode(text, type, value, {});
  } catch (const std::exception&) {
    return "(no text)";  // such as an enumerator without a name
  }
  // A text without its quotes; control characters in it are escaped.
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  return shortened(without_url_passwords(text));
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

  void add_value(const Setting& setting, const void* value) {
    Row row{.name = setting.variable, .value = {}, .source = setting.given ? setting.given->origin : "default"};
    if (setting.is_faulty) {
      if (!setting.given) row.source = setting.faulty_source;
      row.value = row.source.empty() ? "(missing)" : "(not valid)";
    } else {
      row.value = value != nullptr ? shown_value(*setting.type, value) : "null";
    }
    rows_.push_back(std::move(row));
  }

  const SettingTree& tree_;
  std::vector<Row> rows_{{.name = "NAME", .value = "VALUE", .source = "SOURCE"}};
};

}  // namespace

std::string without_url_passwords(std::string_view text) {
  constexpr std::string_view begin_of_authority = "://";
  std::string out;
  for (;;) {
    const std::size_t begin = text.find(begin_of_authority);
    if (begin == std::string_view::npos) return out.append(text);
    const std::size_t after = begin + begin_of_authority.size();
    out += text.substr(0, after);
    text.remove_prefix(after);
    // Passwords are often not escaped, so the path may be part of one: rather too much is hidden than too little.
    const std::string_view url = text.substr(0, text.find_first_of("\" \\"));
    const std::size_t at = url.rfind('@'), colon = url.find(':');
    if (at == std::string_view::npos || colon > at) continue;
    out.append(url.substr(0, colon + 1)).append("**********");
    text.remove_prefix(at);
  }
}

std::string settings_table(const SettingTree& tree, const void* settings, const SettingFindings& findings) {
  TableMaker table(tree);
  table.add_struct(0, settings);
  std::string out = table.text();
  out += "\nsources, the strongest first: " + join(findings.sources) + "\n";
  if (!findings.faults.empty()) out += "\n";
  for (const SettingsFault& fault : findings.faults) out += fault.to_text() + "\n";
  return out;
}

}  // namespace serval::detail
