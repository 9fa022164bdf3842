// SPDX-License-Identifier: MIT
// A folder outside of which no file is opened.
#pragma once

#include <string>
#include <variant>

#include <serval/http/open_file.hpp>

namespace serval::static_files {

enum class Symlinks { refused, followed };

/// How files outside of the folder are refused.
enum class Confinement {
  best,        ///< openat2 if the kernel has it, otherwise as below
  own_checks,  ///< without openat2: each segment is opened separately, or the path of the opened file is checked
};

class RootDirectory {
 public:
  struct Nothing {};
  struct Directory {};
  using Found = std::variant<Nothing, Directory, http::OpenFile>;

  /// Errors: `std::system_error` if it is not a folder.
  RootDirectory(const std::string& path, Symlinks symlinks, Confinement confinement = Confinement::best);
  RootDirectory(const RootDirectory&) = delete;
  RootDirectory& operator=(const RootDirectory&) = delete;
  ~RootDirectory();

  /// Opens `path`: the result is an open regular file, a folder, or nothing, also for files that cannot be read or are
  /// outside. It does not wait for pipes. `path` is relative; empty for the folder itself.
  /// Errors: `std::system_error` for errors not caused by the path: no descriptors, no memory, a broken disk.
  [[nodiscard]] Found open(const std::string& path) const;

 private:
  [[nodiscard]] int open_descriptor(const std::string& path) const;
  [[nodiscard]] int open_by_parts(const std::string& path) const;
  [[nodiscard]] int open_and_look(const std::string& path) const;

  Symlinks symlinks_;
  Confinement confinement_;
  int descriptor_;
  std::string place_;  // its absolute path without links
};

}  // namespace serval::static_files
