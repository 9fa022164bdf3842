// SPDX-License-Identifier: MIT
// Which contents are not worth compressing.
#pragma once

#include <string_view>

namespace serval::detail {

/// Whether a content of that type is packed already, as images, video, audio and archives are, or must not wait in an
/// encoder, as events must not. Parameters do not count. What says nothing of itself ("") is not.
[[nodiscard]] bool is_packed_type(std::string_view content_type) noexcept;

}  // namespace serval::detail
