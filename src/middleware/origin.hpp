// SPDX-License-Identifier: MIT
// Origins of pages, as in the field `origin`: "https://shop.example:8443" (RFC 6454 section 6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace serval::detail {

/// The origin in one form: in lower case, without a port that is the usual one of http or https. Nothing for anything
/// but a scheme, "://" and a host with or without a port; so for "null".
[[nodiscard]] std::optional<std::string> normal_origin(std::string_view text);

/// Whether it is the origin of pages of this host, a value of `host`. Where `host` has no port, it has the usual one of
/// the origin's scheme: that is the scheme which the client uses if they are the same.
[[nodiscard]] bool is_origin_of(std::string_view origin, std::string_view host);

}  // namespace serval::detail
