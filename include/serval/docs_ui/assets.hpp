// SPDX-License-Identifier: MIT
// The files that the docs pages load, embedded in the library when it was built.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval::docs_ui {

/// A file in the forms in which it is embedded. All texts live as long as the program.
struct Asset {
  /// "swagger-ui-bundle.js".
  std::string_view name;
  /// Below the folder of the assets, with a digest of the content:
  /// "swagger-ui-dist@5.1.0/swagger-ui-bundle.0f1e2d3c.js". Different content has a different path, so that responses
  /// may be cached forever.
  std::string_view path;
  std::string_view content_type;
  /// Hexadecimal digits, for entity tags.
  std::string_view digest;
  /// The content uncompressed, compressed with gzip, and with brotli. A form that is not embedded is empty; at least
  /// one of the first two is embedded.
  std::string_view plain{};
  std::string_view gzip{};
  std::string_view brotli{};
};

/// All embedded files: the favicon always; the scripts and styles if the build had them (option SERVAL_DOCS_UI).
[[nodiscard]] std::span<const Asset> assets() noexcept;
/// The file with this name. Null if it was not embedded.
[[nodiscard]] const Asset* find_asset(std::string_view name) noexcept;
/// The file with this path. Null if there is none.
[[nodiscard]] const Asset* find_asset_at(std::string_view path) noexcept;

/// The content in the coding that the request's `accept-encoding` prefers, cacheable for a year, with an entity tag for
/// that coding; 304 if `if-none-match` names it.
[[nodiscard]] Response asset_response(const Asset& asset, const Request& request);

/// The content itself, decompressed if only a compressed form is embedded. Errors: `std::runtime_error` for damaged
/// data.
[[nodiscard]] std::string content(const Asset& asset);

}  // namespace serval::docs_ui
