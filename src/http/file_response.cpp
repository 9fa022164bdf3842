// SPDX-License-Identifier: MIT
#include <serval/http/file_response.hpp>

#include <serval/http/file_type.hpp>
#include <serval/http/http_date.hpp>

#include <utility>

#include "http/content_disposition.hpp"
#include "http/file_body.hpp"

namespace serval {

FileResponse::FileResponse(const std::string& path, const http::FileOptions& options)
    : FileResponse(http::OpenFile(path), path, options) {}

FileResponse::FileResponse(http::OpenFile file, const std::string& path, const http::FileOptions& options) {
  if (options.status) set_status(*options.status);
  set_content_type(!options.media_type.empty()
                       ? std::string_view(options.media_type)
                       : http::media_type_of_path(options.filename.empty() ? path : options.filename));
  if (!options.filename.empty()) {
    headers().add("content-disposition",
                  detail::format_content_disposition(
                      options.disposition == http::Disposition::inline_ ? "inline" : "attachment", options.filename));
  }
  headers().add("accept-ranges", "bytes");
  headers().add("last-modified", http::format_http_date(file.modified()));
  headers().add("etag", file.etag());
  for (const auto& [name, value] : options.headers) headers().set(name, value);
  set_file(std::make_shared<const detail::FileBody>(std::move(file)));
}

}  // namespace serval
