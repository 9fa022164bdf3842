// SPDX-License-Identifier: MIT
// A folder that contains nothing but generated files, and is replaced as a whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace serval::tool {

/// The files of a folder that the generator has not written, relative to it and sorted: those that do not begin with
/// its comment, links, and anything else that is not a file. None if there is no such folder.
[[nodiscard]] std::vector<std::string> foreign_files(const std::filesystem::path& folder);

/// How a folder differs from a newly generated one: one line a file, sorted, such as "sdk.gen.ts is missing". An empty
/// list means that all files have the same bytes.
[[nodiscard]] std::vector<std::string> differences(const std::filesystem::path& made,
                                                   const std::filesystem::path& folder);

/// Copies `made` to the place of `folder`, in one step where the file system can exchange folders. A failure leaves the
/// old folder as it is. Errors: std::runtime_error.
void replace_folder(const std::filesystem::path& made, const std::filesystem::path& folder);

/// The absolute path of a folder to generate into, without links. Errors: UsageError if it exists and is not a folder,
/// if it contains foreign files, or if it contains the current folder, which a replacement would remove.
[[nodiscard]] std::filesystem::path output_folder(const std::string& argument);

}  // namespace serval::tool
