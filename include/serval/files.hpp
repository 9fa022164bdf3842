// SPDX-License-Identifier: MIT
// Files in and out: `UploadFile` for `File<UploadFile, "photo">`, the `http::FormData` of `Request::form`, and
// `FileResponse`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/http/file_response.hpp>
#include <serval/http/form.hpp>
#include <serval/params/upload.hpp>
