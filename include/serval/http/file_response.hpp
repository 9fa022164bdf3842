// SPDX-License-Identifier: MIT
// A file as an answer, sent from where it is: its bytes never pass through the program's memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <serval/http/open_file.hpp>
#include <serval/http/response.hpp>

namespace serval::http {

/// Whether a browser saves a file or shows it (RFC 6266 section 4.2).
enum class Disposition : std::uint8_t { attachment, inline_ };

/// What a file is sent with: `FileResponse("report.pdf", {.filename = "Report 2024.pdf"})`.
struct FileOptions {
  /// The content type. Empty: by the suffix of `filename`, else of the path; `application/octet-stream` for a suffix
  /// that is not known.
  std::string media_type{};
  /// The name under which a browser saves the file. Empty: no `content-disposition` is sent.
  std::string filename{};
  /// Whether a browser saves the file or shows it; counts where there is a `filename`.
  Disposition disposition = Disposition::attachment;
  /// The status of the whole file; a request for a range or with a condition may get 206, 304, 412 or 416. Default: the
  /// route's `status_code`, else 200.
  std::optional<int> status{};
  /// Further fields, or others in place of `etag`, `last-modified` and `accept-ranges`. Default: none.
  Headers headers{};
};

}  // namespace serval::http

namespace serval {

/// Has `accept-ranges`, `last-modified` and `etag`. An application makes 206, 304, 412 or 416 of it where a GET or HEAD
/// asks for that (RFC 9110 sections 13 and 14); several ranges are `multipart/byteranges`.
/// The file is opened here and read when the answer is sent: one that is replaced meanwhile is sent as it was, one that
/// is cut short ends the connection.
/// Errors: `std::system_error` for a file that is missing, or is none (see OpenFile): uncaught it is a 500, since the
/// program names its files itself. `std::invalid_argument` for CR, LF or NUL in a field. Where clients name the file,
/// use StaticFiles: a path put together from their texts leads anywhere.
class FileResponse : public Response {
 public:
  explicit FileResponse(const std::string& path, const http::FileOptions& options = {});
  /// A file that is open already; `path` says of what type it is.
  FileResponse(http::OpenFile file, const std::string& path, const http::FileOptions& options = {});
};

}  // namespace serval
