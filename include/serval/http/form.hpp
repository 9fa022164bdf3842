// SPDX-License-Identifier: MIT
// `FormData`: the fields and files of a form, from `multipart/form-data` or `application/x-www-form-urlencoded`. No
// I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/http/upload_file.hpp>

namespace serval::http {

/// One field of a form: a text or a file. Name and text are well-formed UTF-8; ill-formed sequences became U+FFFD.
struct FormEntry {
  std::string name;                ///< the name of the field
  std::string text;                ///< empty for a file
  std::optional<UploadFile> file;  ///< a part whose Content-Disposition has a filename, which may be empty
};

/// The fields of a form in the order of the body; names may repeat and compare byte by byte.
class FormData {
 public:
  /// All fields. Lifetime: this object's.
  [[nodiscard]] const std::vector<FormEntry>& entries() const noexcept { return entries_; }
  /// The last text with that name; files are skipped.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  /// All texts of that name, in order.
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// The last file with that name, positioned at its beginning; texts are skipped. It may be `UploadFile::empty`.
  [[nodiscard]] std::optional<UploadFile> file(std::string_view name) const;
  /// All files of that name, in order.
  [[nodiscard]] std::vector<UploadFile> files(std::string_view name) const;
  /// Whether there is a text or a file of that name.
  [[nodiscard]] bool contains(std::string_view name) const noexcept;
  /// The number of texts and files together.
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// For the library's form reader.
  void add_text(std::string name, std::string text);
  void add_file(std::string name, UploadFile file);

 private:
  std::vector<FormEntry> entries_;
};

}  // namespace serval::http
