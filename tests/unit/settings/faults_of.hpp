// SPDX-License-Identifier: MIT
// Reads settings in tests: from the given sources only, never from the environment of the test.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <serval/settings.hpp>

namespace serval::settings_test {

/// Options whose environment has these variables.
inline SettingsOptions variables(std::map<std::string, std::string> environment, SettingsOptions options = {}) {
  options.environment = std::move(environment);
  return options;
}

/// A line for each fault; "none" if the settings are valid.
template <class T>
std::string faults_of(const SettingsOptions& options) {
  try {
    static_cast<void>(load_settings<T>(options));
    return "none";
  } catch (const SettingsError& error) {
    std::string lines;
    for (const SettingsFault& fault : error.faults()) lines += (lines.empty() ? "" : "\n") + fault.to_text();
    EXPECT_EQ(error.what(), "the settings are not valid\n" + lines);
    return lines;
  }
}

/// The warnings, each in a line.
template <class T>
std::string warnings_of(SettingsOptions options) {
  std::string lines;
  options.on_warning = [&](std::string_view warning) { lines += std::string(warning) + "\n"; };
  static_cast<void>(load_settings<T>(options));
  return lines;
}

}  // namespace serval::settings_test
