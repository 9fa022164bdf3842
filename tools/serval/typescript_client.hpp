// SPDX-License-Identifier: MIT
// `serval client ts`: a TypeScript client from an OpenAPI document.
#pragma once

#include <string>

#include "program.hpp"
#include "terminal.hpp"

namespace serval::tool {

struct ClientOptions {
  ProgramOptions program{};    ///< the program whose document is taken if `from` is empty
  std::string from{};          ///< a file, or the address of a document or of a server
  std::string out = "client";  ///< a folder
  bool checks = false;         ///< whether to compare with the folder instead of writing it
};

/// Writes the client, or compares it. Returns the exit code. Errors: std::runtime_error, UsageError.
[[nodiscard]] int make_typescript_client(const ClientOptions& options, const Terminal& terminal);

}  // namespace serval::tool
