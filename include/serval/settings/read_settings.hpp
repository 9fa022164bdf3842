// SPDX-License-Identifier: MIT
// Reads the settings of a program into a plain struct: `const auto settings = read_settings<Settings>(argc, argv,
// {.prefix = "SHOP_", .env_files = {".env"}});`.
#pragma once

#include <cstdint>

#include <serval/schema/type_of.hpp>
#include <serval/settings/settings_options.hpp>

namespace serval {

namespace detail {

/// Whether faults of the settings are thrown, or end the program, perhaps with advice to try `--settings`.
enum class OnFault : std::uint8_t { raise, exit, exit_with_advice };

void fill_settings(const Type& type, void* out, const SettingsOptions& options, OnFault on_fault);
void answer_settings_option(int argc, const char* const* argv, const Type& type, void* out,
                            const SettingsOptions& options);

template <class T>
constexpr void require_settings() {
  static_assert(type_of<T>.kind == Kind::model,
                "serval: settings are a plain struct, each member of which is a setting");
}

}  // namespace detail

/// The settings, for tests and libraries. They are a model: a plain struct with rules, defaults and `check`, as for a
/// JSON body. Texts are converted like query parameters; lists, maps and variants with structs in them are JSON. A
/// member that is a struct has the settings `db__host`, `db__port`, ..., and is also read as a whole, from JSON. See
/// `SettingsOptions` for the sources.
/// Errors: `SettingsError` with all faults; `SetupError` for a prefix with other characters than letters, digits and
/// `_`, for two settings of one name, and for a member that cannot be read from text; exceptions of `default_factory`
/// functions. Thread safety: not while another thread changes the environment.
template <class T>
[[nodiscard]] T load_settings(const SettingsOptions& options = {}) {
  detail::require_settings<T>();
  T settings{};
  detail::fill_settings(detail::type_of<T>, &settings, options, detail::OnFault::raise);
  return settings;
}

/// The settings, for `main`: as `load_settings`, but all faults are written to standard error, and the program ends
/// with exit code 2, by `std::exit`. Pass `argc` and `argv`, too, so that the program knows `--settings`. Thread
/// safety: call it before the program starts threads.
template <class T>
[[nodiscard]] T read_settings(const SettingsOptions& options = {}) {
  detail::require_settings<T>();
  T settings{};
  detail::fill_settings(detail::type_of<T>, &settings, options, detail::OnFault::exit);
  return settings;
}

/// As above. If an argument is `--settings`, it prints a table of all settings with their values and sources, and the
/// program ends with exit code 0, or 2 if there are faults. A `Secret` is shown as "**********", as is the password in
/// a URL. Of several calls, the first one does this. `App::run` lists `--settings` in its help.
template <class T>
[[nodiscard]] T read_settings(int argc, const char* const* argv, const SettingsOptions& options = {}) {
  detail::require_settings<T>();
  T settings{};
  detail::answer_settings_option(argc, argv, detail::type_of<T>, &settings, options);
  detail::fill_settings(detail::type_of<T>, &settings, options, detail::OnFault::exit_with_advice);
  return settings;
}

}  // namespace serval
