// SPDX-License-Identifier: MIT
// `FormData`: the fields and files of a form, as they came with `multipart/form-data` or
// `application/x-www-form-urlencoded`. No I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/http/upload_file.hpp>

namespace serval::http {

/// One field of a form: a text or a file. Name and text are well-formed UTF-8, what was not became U+FFFD.
struct FormEntry {
  std::string name;                ///< of the field
  std::string text;                ///< empty for a file
  std::optional<UploadFile> file;  ///< a part whose Content-Disposition has a filename, be it an empty one
};

/// The fields of a form in the order of the body; names may repeat and compare byte by byte.
class FormData {
 public:
  /// Lifetime: of this object.
  [[nodiscard]] const std::vector<FormEntry>& entries() const noexcept { return entries_; }
  /// The last text of that name; files are passed over.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  /// All texts of that name, in order.
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// The last file of that name, read from its beginning; texts are passed over. It may be `UploadFile::empty`.
  [[nodiscard]] std::optional<UploadFile> file(std::string_view name) const;
  /// All files of that name, in order.
  [[nodiscard]] std::vector<UploadFile> files(std::string_view name) const;
  /// Whether there is a text or a file of that name.
  [[nodiscard]] bool contains(std::string_view name) const noexcept;
  /// Texts and files together.
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// For whoever reads forms.
  void add_text(std::string name, std::string text);
  void add_file(std::string name, UploadFile file);

 private:
  std::vector<FormEntry> entries_;
};

}  // namespace serval::http
