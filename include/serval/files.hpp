// SPDX-License-Identifier: MIT
// Files in and out: `UploadFile` for `File<UploadFile, "photo">`, and `FileResponse`.
#pragma once

#include <serval/http/file_response.hpp>
#include <serval/params/upload.hpp>
