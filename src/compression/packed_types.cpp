// SPDX-License-Identifier: MIT
#include "compression/packed_types.hpp"

#include <serval/http/headers.hpp>

#include <algorithm>

namespace serval::detail {
namespace {

bool starts_with(std::string_view text, std::string_view start) noexcept {
  return http::iequals(text.substr(0, start.size()), start);
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
  return text.size() >= end.size() && http::iequals(text.substr(text.size() - end.size()), end);
}

std::string_view without_blanks(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// Exceptions from `packed_kinds`: types of uncompressed text or pixels.
constexpr std::string_view plain_types[] = {"image/svg+xml", "image/bmp", "image/x-ms-bmp", "image/x-portable-pixmap"};

constexpr std::string_view packed_kinds[] = {"image/",
                                             "video/",
                                             "audio/",
                                             "font/woff",
                                             "application/font-woff",
                                             "application/x-font-woff",
                                             "application/vnd.openxmlformats-officedocument.",
                                             "application/vnd.oasis.opendocument."};

// Structured syntax suffixes for compressed formats, from RFC 6839, RFC 8478 and similar ones.
constexpr std::string_view packed_suffixes[] = {"+zip", "+gzip", "+zstd"};

constexpr std::string_view packed_types[] = {
    "text/event-stream",
    "application/gzip",
    "application/java-archive",
    "application/pdf",
    "application/vnd.android.package-archive",
    "application/vnd.debian.binary-package",
    "application/vnd.ms-cab-compressed",
    "application/vnd.rar",
    "application/x-7z-compressed",
    "application/x-brotli",
    "application/x-bzip",
    "application/x-bzip2",
    "application/x-compress",
    "application/x-compressed",
    "application/x-gzip",
    "application/x-lzip",
    "application/x-lzma",
    "application/x-rar-compressed",
    "application/x-rpm",
    "application/x-xz",
    "application/x-zip-compressed",
    "application/zip",
    "application/zstd",
};

}  // namespace

bool is_packed_type(std::string_view content_type) noexcept {
  const std::string_view type = without_blanks(content_type.substr(0, content_type.find(';')));
  const auto is = [type](std::string_view other) { return http::iequals(type, other); };
  if (std::ranges::any_of(plain_types, is)) return false;
  return std::ranges::any_of(packed_types, is) ||
         std::ranges::any_of(packed_kinds, [type](std::string_view kind) { return starts_with(type, kind); }) ||
         std::ranges::any_of(packed_suffixes, [type](std::string_view suffix) { return ends_with(type, suffix); });
}

}  // namespace serval::detail
