// SPDX-License-Identifier: MIT
#include <serval/docs_ui/assets.hpp>

#include <serval/http/content_coding.hpp>

#include <algorithm>
#include <vector>

#include "docs_ui/unpack.hpp"

namespace serval::docs_ui {

namespace {

std::string_view stored(const Asset& asset, std::string_view coding) {
  if (coding == "br") return asset.brotli;
  return coding == "gzip" ? asset.gzip : asset.plain;
}

std::string_view chosen_coding(const Asset& asset, const Request& request) {
  std::vector<std::string_view> offered;
  for (const std::string_view coding : {"br", "gzip"}) {
    if (!stored(asset, coding).empty()) offered.push_back(coding);
  }
  // Fields of the same name are one list (RFC 9110 section 5.3).
  std::string accepted;
  for (const std::string_view field : request.headers().get_all("accept-encoding")) accepted.append(field).append(",");
  return http::negotiate_coding(accepted, offered);
}

/// RFC 9110 section 13.1.2: any member of the list, compared weakly, or "*". The tag has no comma and no quote inside.
bool names_tag(const Request& request, std::string_view tag) {
  for (const std::string_view field : request.headers().get_all("if-none-match")) {
    if (field == "*" || field.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

const Asset* find_asset(std::string_view name) noexcept {
  const auto found = std::ranges::find(assets(), name, &Asset::name);
  return found == assets().end() ? nullptr : &*found;
}

const Asset* find_asset_at(std::string_view path) noexcept {
  const auto found = std::ranges::find(assets(), path, &Asset::path);
  return found == assets().end() ? nullptr : &*found;
}

std::string content(const Asset& asset) {
  return asset.plain.empty() ? unpack_gzip(asset.gzip) : std::string(asset.plain);
}

Response asset_response(const Asset& asset, const Request& request) {
  const std::string_view coding = chosen_coding(asset, request);
  // Each coding is a separate representation with its own tag (RFC 9110 section 8.8.3.3).
  std::string tag = "\"" + std::string(asset.digest);
  if (coding != "identity") tag.append("-").append(coding);
  tag += '"';
  const bool unchanged = names_tag(request, tag);
  Response response(unchanged ? 304 : 200);
  http::Headers& headers = response.headers();
  headers.set("cache-control", "public, max-age=31536000, immutable");
  headers.set("etag", tag);
  headers.set("vary", "accept-encoding");
  if (unchanged) return response;
  headers.set("x-content-type-options", "nosniff");
  response.set_content_type(asset.content_type);
  if (coding == "identity") {
    response.set_body(content(asset));
  } else {
    headers.set("content-encoding", coding);
    response.set_body(std::string(stored(asset, coding)));
  }
  return response;
}

}  // namespace serval::docs_ui
