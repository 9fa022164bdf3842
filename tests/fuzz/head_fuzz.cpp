// SPDX-License-Identifier: MIT
// Reads request heads from any bytes. Each head is refused or has exactly one framing, and this does not depend on how
// the bytes are split into reads.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/head_scanner.hpp"
#include "wire/request_parser.hpp"

using namespace serval;
using detail::HeadScanner;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void check_head(std::string_view head) {
  Request request;
  detail::RequestFraming framing;
  const auto refusal = detail::parse_request_head(head, request, framing);
  if (refusal) {
    check(refusal.status >= 400 && refusal.status <= 505);
    return;
  }
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  std::size_t codings = 0;
  for (const auto& [name, value] : request.headers()) {
    check(name.data() >= head.data() && name.data() + name.size() <= head.data() + head.size());
    check(value.data() >= head.data() && value.data() + value.size() <= head.data() + head.size());
    for (const char c : value) check(c != '\r' && c != '\n' && c != '\0');
    hosts += http::iequals(name, "host");
    lengths += http::iequals(name, "content-length");
    codings += http::iequals(name, "transfer-encoding");
  }
  check(hosts <= 1 && lengths <= 1 && codings <= 1 && lengths + codings <= 1);
  check((framing.body == detail::RequestFraming::Body::chunked) == (codings == 1));
  check((framing.body == detail::RequestFraming::Body::length) == (lengths == 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  http::Limits limits;
  limits.max_head_bytes = 2048;
  limits.max_target_bytes = 512;
  limits.max_header_fields = 20;
  const std::size_t cut = data[0];
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  HeadScanner whole;
  const auto result = whole.scan(bytes, limits);
  HeadScanner pieces;
  auto piecewise = HeadScanner::Result::need_more;
  for (std::size_t end = 0; piecewise == HeadScanner::Result::need_more; end += cut + 1) {
    piecewise = pieces.scan(std::string_view(bytes).substr(0, end), limits);
    if (end >= bytes.size()) break;
  }
  // A head that arrives in pieces may be refused before it is complete, as soon as it can no longer become valid.
  check((piecewise == HeadScanner::Result::complete) <= (result == HeadScanner::Result::complete));
  if (result != HeadScanner::Result::complete) return 0;
  check(whole.head_end() <= bytes.size() && whole.head_end() - whole.head_begin() <= limits.max_head_bytes);
  if (piecewise == HeadScanner::Result::complete) check(pieces.head_end() == whole.head_end());
  // A copy of exactly this size lets the address sanitizer find reads past its end.
  check_head(std::string(bytes, whole.head_begin(), whole.head_end() - whole.head_begin()));
  return 0;
}
