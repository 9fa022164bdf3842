// SPDX-License-Identifier: MIT
// error: invalid use of incomplete type 'class serval::UploadFile'
// error: incomplete type 'serval::UploadFile'
// note: // include <serval/files.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.post("/photos")([](serval::File<serval::UploadFile, "photo"> photo) { return photo.filename(); });
}
