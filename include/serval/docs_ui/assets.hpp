// SPDX-License-Identifier: MIT
// The files that the docs pages load, embedded in the library when it was built.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval::docs_ui {

/// A file in the forms it is kept in. All texts live as long as the program.
struct Asset {
  /// "swagger-ui-bundle.js".
  std::string_view name;
  /// Below the folder of the assets, with a digest of the content:
  /// "swagger-ui-dist@5.1.0/swagger-ui-bundle.0f1e2d3c.js". Another content has another path, so that answers may be
  /// cached for ever.
  std::string_view path;
  std::string_view content_type;
  /// Hexadecimal digits, for entity tags.
  std::string_view digest;
  /// The content as it is, packed by gzip, packed by brotli; at least one of the first two, else empty.
  std::string_view plain{};
  std::string_view gzip{};
  std::string_view brotli{};
};

/// All that are embedded: the favicon always; the scripts and styles where the build had them (option SERVAL_DOCS_UI).
[[nodiscard]] std::span<const Asset> assets() noexcept;
/// By name. Null where it was not embedded.
[[nodiscard]] const Asset* find_asset(std::string_view name) noexcept;
/// By path. Null where there is none.
[[nodiscard]] const Asset* find_asset_at(std::string_view path) noexcept;

/// The content in the coding that the request's `accept-encoding` asks for, to be kept for a year, with an entity tag
/// of its own; 304 where `if-none-match` names that.
[[nodiscard]] Response asset_response(const Asset& asset, const Request& request);

/// The content itself, unpacked where it is kept packed only. Errors: `std::runtime_error` for damaged data.
[[nodiscard]] std::string content(const Asset& asset);

}  // namespace serval::docs_ui
