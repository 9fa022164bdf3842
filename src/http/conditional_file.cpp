// SPDX-License-Identifier: MIT
#include "http/conditional_file.hpp"

#include <serval/http/http_date.hpp>

#include <chrono>
#include <initializer_list>
#include <random>
#include <vector>

#include "http/byte_range.hpp"
#include "http/file_body.hpp"
#include "http/precondition.hpp"

namespace serval::detail {
namespace {

void erase(Response& response, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) response.headers().erase(name);
}

/// Removes the body from the response, and all fields that describe it. Other fields of the handler, such as cookies,
/// stay.
void drop_file(Response& response, int status) {
  response.set_status(status);
  response.clear_body();
  response.set_content_type({});
  erase(response, {"content-disposition", "content-encoding", "content-language", "accept-ranges", "last-modified"});
}

void refuse(Response& response, int status, std::string_view text = {}) {
  drop_file(response, status);
  // The cache time of the file does not apply to this response.
  erase(response, {"etag", "cache-control", "expires"});
  if (text.empty()) return;
  response.set_body(std::string(text));
  response.set_content_type("text/plain");
}

Validators validators_of(const Response& response) {
  Validators current{.etag = response.headers().get("etag").value_or("")};
  if (const auto field = response.headers().get("last-modified")) {
    if (const auto time = http::parse_http_date(*field))
      current.modified = std::chrono::floor<std::chrono::seconds>(*time);
  }
  return current;
}

/// A boundary must not occur in the file: 26 random letters do not (RFC 2046 section 5.1.1).
std::string new_boundary() {
  thread_local std::random_device source;
  std::string boundary(26, '\0');
  for (char& letter : boundary) letter = static_cast<char>('a' + source() % 26);
  return boundary;
}

/// RFC 9110 section 14.6.
std::vector<FileBody::Segment> multipart_segments(const std::vector<ByteRange>& ranges, std::uint64_t size,
                                                  std::string_view content_type, const std::string& boundary) {
  std::vector<FileBody::Segment> segments;
  std::string text = "--" + boundary;
  for (const ByteRange& range : ranges) {
    text.append("\r\n");
    if (!content_type.empty()) text.append("content-type: ").append(content_type).append("\r\n");
    text.append("content-range: ").append(content_range(range, size)).append("\r\n\r\n");
    segments.push_back({.text = std::move(text)});
    segments.push_back({.offset = range.first, .length = range.size()});
    text = "\r\n--" + boundary;
  }
  segments.push_back({.text = text + "--\r\n"});
  return segments;
}

void answer_ranges(Response& response, const std::vector<ByteRange>& ranges) {
  const FileBody& whole = *response.file();
  const std::uint64_t size = whole.size();
  std::vector<FileBody::Segment> segments;
  if (ranges.size() == 1) {
    segments.push_back({.offset = ranges.front().first, .length = ranges.front().size()});
    response.headers().set("content-range", content_range(ranges.front(), size));
  } else {
    const std::string boundary = new_boundary();
    segments = multipart_segments(ranges, size, response.content_type(), boundary);
    response.set_content_type("multipart/byteranges; boundary=" + boundary);
  }
  response.set_status(206);
  response.set_file(std::make_shared<const FileBody>(whole, std::move(segments)));
}

void apply_range(std::string_view field, Response& response) {
  const std::uint64_t size = response.file()->size();
  const RangeSelection selection = select_ranges(field, size);
  switch (selection.outcome) {
    case RangeSelection::Outcome::ranges:
      return answer_ranges(response, selection.ranges);
    case RangeSelection::Outcome::unsatisfiable:
      refuse(response, 416);
      return response.headers().set("content-range", unsatisfied_range(size));
    case RangeSelection::Outcome::unknown_unit:
      return;  // RFC 9110 section 14.2: ignored
    case RangeSelection::Outcome::malformed:
      return refuse(response, 400, "Malformed range header.");
  }
}

}  // namespace

void become_not_modified(Response& response) { drop_file(response, 304); }

void apply_conditions(const Request& request, Response& response) {
  if (!response.file() || response.status() != 200) return;
  const bool is_get = request.method() == http::Method::get;
  if (!is_get && request.method() != http::Method::head) return;
  const Validators current = validators_of(response);
  switch (evaluate_preconditions(request.headers(), current)) {
    case Precondition::failed:
      return refuse(response, 412);
    case Precondition::not_modified:
      return become_not_modified(response);
    case Precondition::holds:
      break;
  }
  const std::vector<std::string_view> ranges = request.headers().get_all("range");
  // Ranges are not defined for HEAD (section 14.2); of two fields, which do not form a list, neither is known to be the
  // right one.
  if (ranges.size() != 1 || !is_get) return;
  if (range_counts(request.headers(), current, std::chrono::system_clock::now())) apply_range(ranges.front(), response);
}

}  // namespace serval::detail
