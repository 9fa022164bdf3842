// SPDX-License-Identifier: MIT
// `UploadFile` as the type of a parameter, `File<UploadFile, "photo">`, or of a member of a form's struct. In a
// response it is written as its file name.
#pragma once

#include <serval/http/upload_file.hpp>
#include <serval/params/argument.hpp>

namespace serval::detail {

inline constexpr UploadOps upload_ops{
    [](void* value, const void* file) { *static_cast<UploadFile*>(value) = *static_cast<const UploadFile*>(file); },
    [](const void* value) { return std::string_view(static_cast<const UploadFile*>(value)->filename()); }};

template <>
struct WrapperType<UploadFile> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::upload;
    type.ops.upload = &upload_ops;
    return type;
  }
};

}  // namespace serval::detail
