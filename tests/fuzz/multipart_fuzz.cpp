// SPDX-License-Identifier: MIT
// Parses forms. The fields or the refusal do not depend on how the bytes are split into reads, and the content of a
// file stays unchanged. The first byte of the input determines the size of a read, and its lowest bit the media type.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/http_error.hpp>
#include <serval/http/url.hpp>

#include "http/form_reader.hpp"

using namespace serval;

namespace {

constexpr const char* multipart = "multipart/form-data; boundary=b";

void require(bool holds) {
  if (!holds) __builtin_trap();
}

http::Limits small_limits() {
  http::Limits limits;
  limits.max_form_fields = 8;
  limits.max_form_files = 4;
  limits.max_form_field_bytes = 64;
  limits.form_file_memory_bytes = 512;
  limits.max_form_part_header_bytes = 256;
  limits.max_form_part_header_fields = 4;
  return limits;
}

std::string read(std::string_view type, std::string_view body, std::size_t piece) {
  const http::Limits limits = small_limits();
  std::string outcome;
  try {
    detail::FormReader reader(type, limits);
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) reader.take(body.substr(0, piece));
    reader.end();
    const http::FormData form = reader.take_data();
    require(form.size() <= limits.max_form_fields + limits.max_form_files);
    for (const http::FormEntry& entry : form.entries()) {
      require(http::is_valid_utf8(entry.name) && http::is_valid_utf8(entry.text));
      outcome += entry.name + '=' + entry.text;
      if (!entry.file) continue;
      UploadFile file = *entry.file;
      const std::string safe = file.safe_filename();
      require(http::is_valid_utf8(file.filename()) && !safe.empty() && safe.size() <= 255);
      require(safe.find_first_of("/\\") == std::string::npos && safe.front() != '.');
      outcome += file.filename() + ':' + file.read() + ';';
    }
  } catch (const HttpError& error) {
    require(error.status() == 400);
    outcome = error.what();
  }
  return outcome;
}

// Any content without a delimiter can be the content of a file.
void check_content(std::string_view content, std::size_t piece) {
  if (content.substr(0, 3) == "--b" || content.find("\r\n--b") != std::string_view::npos) return;
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n" + std::string(content) + "\r\n--b--";
  require(read(multipart, body, piece) == "f=x:" + std::string(content) + ';');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = std::size_t{data[0]} / 2 + 1;
  const bool is_multipart = data[0] % 2 == 0;
  const std::string_view type = is_multipart ? multipart : "application/x-www-form-urlencoded";
  require(read(type, body, piece) == read(type, body, size));
  if (is_multipart) check_content(body, piece);
  return 0;
}
