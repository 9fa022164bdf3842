// SPDX-License-Identifier: MIT
// The text that `--settings` prints.
#pragma once

#include <string>
#include <string_view>

#include "settings/setting_sources.hpp"
#include "settings/setting_tree.hpp"

namespace serval::detail {

/// A line for each setting with its name, its value and its source, then the sources and the faults. `settings` is the
/// filled struct. It shows no `Secret` and no password in a URL.
[[nodiscard]] std::string settings_table(const SettingTree& tree, const void* settings,
                                         const SettingFindings& findings);

/// The text with "**********" in place of the password of a URL: "postgres://shop:**********@db/shop". Everything up to
/// the last "@" counts as the password, also another URL.
[[nodiscard]] std::string without_url_passwords(std::string_view text);

}  // namespace serval::detail
