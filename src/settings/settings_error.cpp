// SPDX-License-Identifier: MIT
#include <serval/settings/settings_error.hpp>

#include <utility>

#include "settings/visible_text.hpp"

namespace serval {

namespace {

std::string lines_of(const std::vector<SettingsFault>& faults) {
  std::string lines = "the settings are not valid";
  for (const SettingsFault& fault : faults) lines += "\n" + fault.to_text();
  return lines;
}

}  // namespace

std::string SettingsFault::to_text() const {
  using detail::append_visible;
  std::string text;
  append_visible(text, name);
  if (name.empty())
    append_visible(text, source);
  else if (!source.empty())
    append_visible(text += " (", source), text += ')';
  if (!text.empty()) text += ": ";
  append_visible(text, message);
  return text;
}

SettingsError::SettingsError(std::vector<SettingsFault> faults)
    : std::runtime_error(lines_of(faults)), faults_(std::move(faults)) {}

}  // namespace serval
