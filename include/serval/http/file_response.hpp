// SPDX-License-Identifier: MIT
// A file as a response; the kernel sends it, so its bytes never pass through the program's memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <serval/http/open_file.hpp>
#include <serval/http/response.hpp>

namespace serval::http {

/// Whether a browser saves a file or shows it (RFC 6266 section 4.2).
enum class Disposition : std::uint8_t { attachment, inline_ };

/// The options of a file response: `FileResponse("report.pdf", {.filename = "Report 2024.pdf"})`.
struct FileOptions {
  /// The content type. Empty: by the suffix of `filename`, otherwise of the path; `application/octet-stream` for an
  /// unknown suffix.
  std::string media_type{};
  /// The name under which a browser saves the file. Empty: no `content-disposition` is sent.
  std::string filename{};
  /// Whether a browser saves the file or shows it; used only with a `filename`.
  Disposition disposition = Disposition::attachment;
  /// The status of the whole file; a request for a range or with a condition may get 206, 304, 412 or 416. Default: the
  /// route's `status_code`, otherwise 200.
  std::optional<int> status{};
  /// Additional fields, or replacements for `etag`, `last-modified` and `accept-ranges`. Default: none.
  Headers headers{};
};

}  // namespace serval::http

namespace serval {

/// A response with a file as its body. It has `accept-ranges`, `last-modified` and `etag`. The application turns it
/// into 206, 304, 412 or 416 for range and conditional requests (RFC 9110 sections 13 and 14); several ranges are
/// `multipart/byteranges`. The constructor opens the file, and it is read when the response is sent: if the file is
/// replaced meanwhile, the old one is sent; if it is truncated, the connection is closed.
/// Errors: `std::system_error` for a missing file or something that is not a regular file (see OpenFile): if it is not
/// caught, the response is 500, since the program itself chooses its files. `std::invalid_argument` for CR, LF or NUL
/// in a field. If clients choose the file, use StaticFiles: a path that is built from their texts may lead anywhere.
class FileResponse : public Response {
 public:
  explicit FileResponse(const std::string& path, const http::FileOptions& options = {});
  /// An already open file; `path` determines its type.
  FileResponse(http::OpenFile file, const std::string& path, const http::FileOptions& options = {});
};

}  // namespace serval
