// SPDX-License-Identifier: MIT
#include "http/part_head.hpp"

#include <serval/http/http_error.hpp>
#include <serval/http/url.hpp>

#include <utility>

#include "base/ascii.hpp"
#include "http/grammar.hpp"
#include "http/header_parameters.hpp"

namespace serval::detail {
namespace {

// HTML section 4.10.21.8: a browser escapes these three bytes, but not '%'.
std::string decode_name(std::string_view text) {
  std::string out;
  for (std::size_t position = 0; position < text.size(); ++position) {
    out += text[position];
    if (text[position] != '%' || text.size() - position < 3) continue;
    const int byte = hex_byte(text[position + 1], text[position + 2]);
    if (byte != '"' && byte != '\r' && byte != '\n') continue;
    out.back() = static_cast<char>(byte);
    position += 2;
  }
  return http::replace_invalid_utf8(out);
}

std::optional<std::string> filename_of(const HeaderParameters& disposition) {
  const auto extended = disposition.get("filename*");
  if (extended) {
    if (auto decoded = decode_extended_value(*extended)) return decoded;
  }
  if (const auto plain = disposition.get("filename")) return decode_name(*plain);
  // A file whose name cannot be read is still a file.
  return extended ? std::optional(std::string()) : std::nullopt;
}

}  // namespace

void refuse_multipart() { throw HttpError(400, "Invalid multipart data."); }

std::size_t PartHead::take(std::string_view piece) {
  std::size_t taken = 0;
  while (!is_whole_ && taken < piece.size()) {
    const std::string_view rest = piece.substr(taken);
    const std::size_t end = rest.find('\n');
    const std::string_view part = rest.substr(0, end == std::string_view::npos ? end : end + 1);
    taken += part.size();
    bytes_ += part.size();
    if (limits_.max_form_part_header_bytes != 0 && bytes_ > limits_.max_form_part_header_bytes) {
      throw HttpError(400, "The header fields of a part exceeded their maximum size of " +
                               std::to_string(limits_.max_form_part_header_bytes) + " bytes.");
    }
    line_ += part;
    if (end == std::string_view::npos) break;
    take_line(line_);
    line_.clear();
  }
  return taken;
}

void PartHead::take_line(std::string_view line) {
  line.remove_suffix(1);
  if (line.empty() || line.back() != '\r') refuse_multipart();
  line.remove_suffix(1);
  is_whole_ = line.empty();
  if (is_whole_) return;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) refuse_multipart();
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim_whitespace(line.substr(colon + 1));
  if (!is_token(name) || breaks_a_line(value)) refuse_multipart();
  if (limits_.max_form_part_header_fields != 0 && headers_.size() == limits_.max_form_part_header_fields) {
    throw HttpError(400, "Too many header fields in a part. Maximum number of header fields is " +
                             std::to_string(limits_.max_form_part_header_fields) + ".");
  }
  headers_.add(name, value);
}

http::Headers PartHead::take_headers() {
  bytes_ = 0;
  is_whole_ = false;
  return std::exchange(headers_, {});
}

PartDisposition part_disposition(const http::Headers& headers) {
  const std::vector<std::string_view> fields = headers.get_all("content-disposition");
  // Two of them could name two fields: one for us, another for a proxy that inspected the body before.
  if (fields.size() > 1) refuse_multipart();
  const auto parsed = HeaderParameters::parse(fields.empty() ? std::string_view{} : fields.front());
  if (!parsed) refuse_multipart();
  const auto name = parsed->get("name");
  if (!name) throw HttpError(400, "The Content-Disposition header field \"name\" must be provided.");
  return {decode_name(*name), filename_of(*parsed)};
}

}  // namespace serval::detail
