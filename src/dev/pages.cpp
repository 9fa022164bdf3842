// SPDX-License-Identifier: MIT
#include "dev/pages.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>

#include <serval/http/headers.hpp>
#include <serval/http/target.hpp>

#include "http/file_body.hpp"

namespace serval::detail {

namespace {

/// Where the application is, seen from a page. A mount changes the paths of the request.
struct OuterRoot {
  std::string path;  // that it knows of; empty: none
  std::string way;   // relative, as "../../"
};

bool is_equal_in_lower_case(char any, char lower) { return std::tolower(static_cast<unsigned char>(any)) == lower; }

/// Whether an element of the page may change what relative URLs mean.
bool has_base(std::string_view page) {
  constexpr std::string_view element = "<base";
  return std::search(page.begin(), page.end(), element.begin(), element.end(), is_equal_in_lower_case) != page.end();
}

bool is_page(const Request& request, const Response& response) {
  constexpr std::uint64_t most = 1024 * 1024;
  if (request.method() != http::Method::get || response.is_in_parts()) return false;
  if (response.status() == 204 || response.status() == 206 || response.status() == 304) return false;
  if (response.headers().contains("content-encoding") || !response.content_type().starts_with("text/html"))
    return false;
  const std::uint64_t size = response.file() ? response.file()->size() : response.body().size();
  return size != 0 && size <= most;
}

/// The nonce with which the page's own policy lets scripts run; empty if it needs none (Content Security Policy Level 3
/// section 2.3.1).
std::string_view nonce_of(const Response& response) {
  const std::string_view policy = response.headers().get("content-security-policy").value_or("");
  constexpr std::string_view mark = "'nonce-";
  const std::size_t begin = policy.find(mark);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = policy.substr(begin + mark.size());
  return rest.substr(0, rest.find('\''));
}

}  // namespace

std::string with_tag(std::string page, std::string_view tag) {
  constexpr std::string_view end = "</body>";
  const auto found = std::find_end(page.begin(), page.end(), end.begin(), end.end(), is_equal_in_lower_case);
  page.insert(static_cast<std::size_t>(found - page.begin()), tag);
  return page;
}

void DevPages::before(Request& request) {
  auto& root = request.state<OuterRoot>();
  root.path = request.root_path();
  const std::string_view path = request.raw_path();
  for (auto levels = std::count(path.begin(), path.end(), '/'); levels > 1; --levels) root.way += "../";
}

void DevPages::after(const Request& request, Response& response) const {
  const DevChannel::State state = channel_->state();
  http::Headers& fields = response.headers();
  if (!state.error.empty()) fields.set("serval-dev", "stale");
  if (!is_page(request, response)) return;
  const DevSetting& setting = channel_->setting();
  const auto* root = request.find_state<OuterRoot>();
  std::string page = response.file() ? response.file()->read() : std::move(response.body());
  // A proxy may have removed a prefix of which the program knows nothing.
  const bool is_relative = root != nullptr && root->path.empty() && !has_base(page);
  const std::string way = is_relative ? root->way : (root != nullptr ? root->path : std::string()) + "/";
  std::string tag = "<script src=\"" + way + "__serval/dev/" + setting.token + "/client.js\" data-generation=\"" +
                    setting.generation + "\"";
  if (const std::string_view nonce = nonce_of(response); !nonce.empty()) tag += " nonce=\"" + std::string(nonce) + "\"";
  tag += "></script>\n";
  response.set_body(with_tag(std::move(page), tag));
  // A page that a browser kept would have the script of a program that is gone.
  fields.set("cache-control", "no-store");
  for (const char* name : {"etag", "last-modified", "accept-ranges"}) fields.erase(name);
}

bool is_own_page(const Request& request, const DevSetting& setting) {
  const auto parts = http::split_host(request.host());
  if (!parts) return false;
  std::string_view host = parts->host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const std::string_view peer = request.client().host;
  const bool is_peer_here = peer == "::1" || peer.starts_with("127.") || peer.starts_with("::ffff:127.");
  const bool is_here = is_peer_here && (host == "127.0.0.1" || host == "localhost" || host == "::1");
  if (!is_here && (setting.host.empty() || host != setting.host)) return false;
  const std::optional<std::string_view> origin = request.header("origin");
  return !origin || *origin == std::string(request.scheme()) + "://" + std::string(request.host());
}

}  // namespace serval::detail
