// SPDX-License-Identifier: MIT
// Runs a piece of a program in a process of its own, which it may end.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::settings_test {

struct Ended {
  int exit_code;  ///< -1: a signal ended it
  std::string out, err;
};

/// The exit code is 100 if `program` returns.
template <class Program>
Ended run_in_child(Program program) {
  const serval::testing::TemporaryFolder folder;
  const std::string out = folder.write("out", ""), err = folder.write("err", "");
  std::fflush(nullptr);  // else both processes write what is buffered
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_redirected =
        std::freopen(out.c_str(), "w", stdout) != nullptr && std::freopen(err.c_str(), "w", stderr) != nullptr;
    if (!is_redirected) std::_Exit(101);
    program();
    std::fflush(nullptr);
    std::_Exit(100);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, serval::testing::text_of(out), serval::testing::text_of(err)};
}

}  // namespace serval::settings_test
