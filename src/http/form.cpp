// SPDX-License-Identifier: MIT
#include <serval/http/form.hpp>

#include <algorithm>
#include <utility>

namespace serval::http {

std::optional<std::string_view> FormData::get(std::string_view name) const noexcept {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (!entry->file && entry->name == name) return entry->text;
  }
  return std::nullopt;
}

std::vector<std::string_view> FormData::get_all(std::string_view name) const {
  std::vector<std::string_view> texts;
  for (const FormEntry& entry : entries_) {
    if (!entry.file && entry.name == name) texts.push_back(entry.text);
  }
  return texts;
}

std::optional<UploadFile> FormData::file(std::string_view name) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->file && entry->name == name) return entry->file;
  }
  return std::nullopt;
}

std::vector<UploadFile> FormData::files(std::string_view name) const {
  std::vector<UploadFile> found;
  for (const FormEntry& entry : entries_) {
    if (entry.file && entry.name == name) found.push_back(*entry.file);
  }
  return found;
}

bool FormData::contains(std::string_view name) const noexcept {
  return std::any_of(entries_.begin(), entries_.end(), [name](const FormEntry& entry) { return entry.name == name; });
}

void FormData::add_text(std::string name, std::string text) {
  entries_.push_back({.name = std::move(name), .text = std::move(text), .file = std::nullopt});
}

void FormData::add_file(std::string name, UploadFile file) {
  entries_.push_back({.name = std::move(name), .text = {}, .file = std::move(file)});
}

}  // namespace serval::http
