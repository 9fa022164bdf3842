// SPDX-License-Identifier: MIT
#include "base/program_options.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::program_options_test {

/// The advice of the option of that name; "unknown" if there is none.
std::string advice_of(std::string_view name) {
  for (const ProgramOption& each : program_options()) {
    if (each.name == name) return std::string(each.advice);
  }
  return "unknown";
}

TEST(ProgramOptions, AreKnownOnceDeclaredAndStayAnswered) {
  constexpr std::string_view name = "program-options-test";
  EXPECT_EQ(advice_of(name), "unknown");
  declare_program_option({.name = name, .help = "", .advice = "ask first"});
  EXPECT_EQ(advice_of(name), "ask first");
  declare_program_option({.name = name, .help = "", .advice = ""});
  EXPECT_EQ(advice_of(name), "");
  declare_program_option({.name = name, .help = "", .advice = "ask first"});
  EXPECT_EQ(advice_of(name), "");
}

}  // namespace serval::detail::program_options_test
