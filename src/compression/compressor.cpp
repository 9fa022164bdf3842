// SPDX-License-Identifier: MIT
#include "compression/compressor.hpp"

#include <serval/app/route_options.hpp>
#include <serval/base/error.hpp>
#include <serval/base/task.hpp>
#include <serval/http/content_coding.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "compression/packed_types.hpp"

namespace serval::detail {
namespace {

void check_range(std::string_view option, int value, int least, int most) {
  if (value >= least && value <= most) return;
  throw SetupError("compression." + std::string(option) + " is " + std::to_string(value) + ", but must be " +
                       std::to_string(least) + " to " + std::to_string(most),
                   {});
}

// Fields that describe the bytes of the body: their range, their coding, or their digest (RFC 9530).
constexpr std::string_view fields_of_bytes[] = {"content-encoding", "content-range", "content-digest",
                                                "repr-digest",      "digest",        "content-md5"};

bool may_be_packed(const Response& response) {
  const http::Headers& headers = response.headers();
  return http::status_has_body(response.status()) && response.status() != status::partial_content && !response.file() &&
         !is_packed_type(response.content_type()) &&
         std::ranges::none_of(fields_of_bytes, [&](std::string_view name) { return headers.contains(name); }) &&
         !http::has_list_element(headers, "cache-control", "no-transform");
}

/// Changes the head to describe a compressed body.
void mark(Response& response, http::ContentCoding coding) {
  http::Headers& headers = response.headers();
  // RFC 9110 section 8.8.3: a strong entity tag identifies exact bytes, and compression changes the bytes.
  if (const auto etag = headers.get("etag"); etag && etag->starts_with('"')) {
    const std::string weak = "W/" + std::string(*etag);
    headers.set("etag", weak);
  }
  headers.set("content-encoding", name_of(coding));
}

}  // namespace

Compressor::Compressor(CompressionOptions options)
    : options_(std::move(options)),
      pool_(options_.pool != nullptr ? options_.pool
                                     : std::make_shared<Pool>(PoolOptions{.threads = 0, .queue = 128})) {
  check_range("gzip_level", options_.gzip_level, 1, 9);
  check_range("brotli_quality", options_.brotli_quality, 0, 11);
  check_range("zstd_level", options_.zstd_level, 1, 19);
  http::ContentCodings& codings = options_.codings;
  for (const http::ContentCoding coding : codings) {
    if (!http::has_coding(coding))
      throw SetupError("compression.codings names " + std::string(name_of(coding)) +
                           ", which this build lacks; remove it, or build serval with its library",
                       {});
  }
  if (codings.empty()) {
    for (const http::ContentCoding coding :
         {http::ContentCoding::zstd, http::ContentCoding::br, http::ContentCoding::gzip}) {
      if (http::has_coding(coding)) codings.push_back(coding);
    }
  }
  for (const http::ContentCoding coding : codings) names_.push_back(name_of(coding));
}

/// `RouteOptions::compress` takes precedence over `CompressionOptions::enabled`.
bool Compressor::is_wanted(const Request& request) const noexcept {
  const RouteOptions* route = request.route_options();
  return route != nullptr ? route->compress.value_or(options_.enabled) : options_.enabled;
}

std::optional<http::ContentCoding> Compressor::choose(const Request& request, Response& response) const {
  if (!is_wanted(request) || !may_be_packed(response)) return std::nullopt;
  const std::size_t size = response.body().size();
  if (!response.is_in_parts() && (size == 0 || size < options_.minimum_size)) return std::nullopt;
  response.add_vary("Accept-Encoding");
  const std::string_view name = http::negotiate_coding(request.headers().get_joined("accept-encoding"), names_);
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) return std::nullopt;
  return options_.codings[static_cast<std::size_t>(found - names_.begin())];
}

http::Pending Compressor::apply(const Request& request, Response& response) {
  const auto coding = choose(request, response);
  if (!coding) return {};
  if (response.is_in_parts()) {
    std::shared_ptr<http::BodyEncoder> encoder = make_encoder({*coding, level_of(*coding), std::nullopt});
    mark(response, *coding);
    response.set_encoder(std::move(encoder));
  } else if (response.body().size() >= options_.pool_size) {
    return http::Pending(pack_on_pool(response, *coding));
  } else {
    pack(response, *coding);
  }
  return {};
}

Task<void> Compressor::pack_on_pool(Response& response, http::ContentCoding coding) {
  try {
    co_await pool_->run([&] { pack(response, coding); });
  } catch (const Unavailable&) {
    // The pool is full: the response is sent uncompressed.
  }
}

void Compressor::pack(Response& response, http::ContentCoding coding) const {
  const std::string& body = response.body();
  std::string packed;
  make_encoder({coding, level_of(coding), body.size()})->encode(body, http::BodyEncoder::Until::end, packed);
  if (packed.size() >= body.size()) return;
  mark(response, coding);
  response.set_body(std::move(packed));
}

int Compressor::level_of(http::ContentCoding coding) const noexcept {
  switch (coding) {
    case http::ContentCoding::gzip:
      return options_.gzip_level;
    case http::ContentCoding::br:
      return options_.brotli_quality;
    case http::ContentCoding::zstd:
      return options_.zstd_level;
  }
  return 0;
}

}  // namespace serval::detail
