// SPDX-License-Identifier: MIT
// The content that the copies of an `UploadFile` share.
#pragma once

#include <string>
#include <utility>

#include <serval/http/headers.hpp>

#include "http/spooled_file.hpp"

namespace serval::detail {

/// Written only by the form reader, constant afterwards.
struct UploadContent {
  UploadContent(std::string own_filename, http::Headers own_headers, SpooledFile::Options options)
      : filename(std::move(own_filename)),
        content_type(own_headers.get("content-type").value_or("")),
        headers(std::move(own_headers)),
        bytes(std::move(options)) {}

  std::string filename;
  std::string content_type;
  http::Headers headers;
  SpooledFile bytes;
};

}  // namespace serval::detail
