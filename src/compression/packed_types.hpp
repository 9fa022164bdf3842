// SPDX-License-Identifier: MIT
// Content types that are not worth compressing.
#pragma once

#include <string_view>

namespace serval::detail {

/// Whether content of this type is already compressed, like images, video, audio and archives, or must not wait in an
/// encoder, like event streams. Parameters of the type are ignored. False for an empty type.
[[nodiscard]] bool is_packed_type(std::string_view content_type) noexcept;

}  // namespace serval::detail
