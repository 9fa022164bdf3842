// SPDX-License-Identifier: MIT
// A folder that nothing is opened outside of.
#pragma once

#include <string>
#include <variant>

#include <serval/http/open_file.hpp>

namespace serval::static_files {

enum class Symlinks { refused, followed };

/// How the system is kept below the folder.
enum class Confinement {
  best,        ///< openat2 where the kernel has it, else as below
  own_checks,  ///< without it: each part opened on its own, or the place of what was opened looked up
};

class RootDirectory {
 public:
  struct Nothing {};
  struct Directory {};
  using Found = std::variant<Nothing, Directory, http::OpenFile>;

  /// Errors: `std::system_error` where that is no folder.
  RootDirectory(const std::string& path, Symlinks symlinks, Confinement confinement = Confinement::best);
  RootDirectory(const RootDirectory&) = delete;
  RootDirectory& operator=(const RootDirectory&) = delete;
  ~RootDirectory();

  /// What stands there: a regular file, opened, a folder, or nothing, which is also what cannot be read and what lies
  /// outside. Waits for no pipe. `path` is relative; empty for the folder itself.
  /// Errors: `std::system_error` for faults that are not the path's: no descriptors, no memory, a broken disk.
  [[nodiscard]] Found open(const std::string& path) const;

 private:
  [[nodiscard]] int open_descriptor(const std::string& path) const;
  [[nodiscard]] int open_by_parts(const std::string& path) const;
  [[nodiscard]] int open_and_look(const std::string& path) const;

  Symlinks symlinks_;
  Confinement confinement_;
  int descriptor_;
  std::string place_;  // as the system knows it, without links
};

}  // namespace serval::static_files
