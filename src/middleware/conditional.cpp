// SPDX-License-Identifier: MIT
#include <serval/middleware/conditional.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/headers.hpp>

#include "base/ascii.hpp"
#include "base/sip_hash.hpp"
#include "http/conditional_file.hpp"
#include "http/precondition.hpp"

namespace serval {

namespace {

/// The tag of a body, with its quotes. It is the same in every process, so that any server knows the tags of another
/// one.
class BodyTag {
 public:
  explicit BodyTag(const Response& response) noexcept {
    // Different types of one resource may have the same bytes.
    const std::uint64_t type = detail::sip_hash({}, response.content_type());
    char* out = text_.data();
    *out++ = '"';
    for (const std::uint64_t word : detail::sip_hash_128({.first = type, .second = 0}, response.body())) {
      for (int shift = 60; shift >= 0; shift -= 4) *out++ = detail::lower_hex_digits[word >> shift & 0xFU];
    }
    *out = '"';
  }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_.size()}; }

 private:
  std::array<char, 2 + 32> text_;
};

bool may_be_compared(const Request& request, const Response& response) {
  const http::Method method = request.method();
  return response.status() == 200 && (method == http::Method::get || method == http::Method::head) &&
         !response.is_in_parts() && !response.file();
}

/// A handler for HEAD need not make the body that GET has.
bool has_whole_body(const Request& request, const Response& response) {
  return request.method() == http::Method::get || !response.body().empty();
}

}  // namespace

void Conditional::after(const Request& request, Response& response) {
  if (!may_be_compared(request, response)) return;
  http::Headers& fields = response.headers();
  if (!fields.contains("etag")) {
    if (response.body().size() > options_.max_bytes || options_.max_bytes == 0) return;
    if (!has_whole_body(request, response) || http::has_list_element(fields, "cache-control", "no-store")) return;
    fields.add("etag", BodyTag(response).view());
  }
  const std::string_view current = *fields.get("etag");
  const auto found = detail::find_none_match(request.headers(), current);
  if (!found) return;
  const std::string known(*found);
  // A tag that is weak only at the client is of a compressed response; a cache finds it by the same form of the tag.
  const bool was_packed = known.starts_with("W/") && !current.starts_with("W/");
  detail::become_not_modified(response);
  if (was_packed) response.add_vary("Accept-Encoding");
  fields.set("etag", known);
}

}  // namespace serval
