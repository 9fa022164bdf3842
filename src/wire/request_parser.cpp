// SPDX-License-Identifier: MIT
#include "wire/request_parser.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <algorithm>
#include <charconv>
#include <limits>

#include "http/grammar.hpp"

namespace serval::detail {

namespace beast = boost::beast;
namespace beast_http = boost::beast::http;

namespace {

[[nodiscard]] std::string_view view(beast::string_view text) noexcept { return {text.data(), text.size()}; }

/// Parses the head. Beast 1.81 checks the grammar of lines, tokens and values, but not the framing of the body. All
/// decisions about that are made here from the fields themselves, and never from Beast's own flags.
class HeadParser final : public beast_http::basic_parser<true> {
 public:
  HeadParser(Request& request, RequestFraming& framing) noexcept : request_(request), framing_(framing) {
    // The scanner has applied our limits, and bodies do not pass through this parser.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
  }

  [[nodiscard]] Refusal run(std::string_view head) {
    beast::error_code error;
    const std::size_t used = put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (refusal_) return refusal_;
    if (error) return refusal_for(error);
    if (used != head.size() || !is_header_done()) return {400, "Malformed request head"};
    return decide();
  }

 private:
  void on_request_impl(beast_http::verb, beast::string_view method, beast::string_view target, int version,
                       beast::error_code& error) override {
    head_.method_text = view(method);
    head_.method = serval::http::parse_method(head_.method_text);
    head_.target = view(target);
    head_.version_minor = version - 10;
    const auto parts = http::Target::parse(head_.target);
    if (!parts) return fail(error, {400, "Malformed request target"});
    head_.parts = *parts;
    request_.assign(head_);
    if (const Refusal refusal = check_target()) fail(error, refusal);
  }

  /// Checks that the form of the target fits the method (RFC 9112 section 3.2).
  [[nodiscard]] Refusal check_target() const noexcept {
    switch (head_.parts.form) {
      case http::Target::Form::authority:
        return {400, "Tunnels are not supported"};
      case http::Target::Form::asterisk:
        if (head_.method != http::Method::options) return {400, "Malformed request target"};
        break;
      case http::Target::Form::absolute:
        if (head_.parts.authority.empty() || !http::is_valid_host(head_.parts.authority)) {
          return {400, "Malformed request target"};
        }
        break;
      case http::Target::Form::origin:
        break;
    }
    if (head_.method == http::Method::connect) return {400, "Tunnels are not supported"};
    return {};
  }

  void on_field_impl(beast_http::field name, beast::string_view name_text, beast::string_view value_text,
                     beast::error_code& error) override {
    const std::string_view value = view(value_text);
    request_.mutable_headers().add(view(name_text), value);
    switch (name) {
      case beast_http::field::host:
        ++hosts_;
        if (!http::is_valid_host(value)) fail(error, {400, "Malformed Host"});
        break;
      case beast_http::field::content_type:
        // A program that inspected the body before may have read it as the other type.
        if (++content_types_ > 1) fail(error, {400, "More than one Content-Type"});
        break;
      case beast_http::field::content_length:
        on_content_length(value, error);
        break;
      case beast_http::field::transfer_encoding:
        on_transfer_encoding(value, error);
        break;
      case beast_http::field::expect:
        // RFC 9110 section 10.1.1; an expectation in a 1.0 request is ignored.
        if (head_.version_minor == 0) break;
        if (!http::iequals(value, "100-continue")) return fail(error, {417, "Expectation not supported"});
        framing_.expects_continue = true;
        break;
      case beast_http::field::upgrade:
        framing_.has_upgrade = true;
        break;
      default:
        break;
    }
  }

  // RFC 9112 section 6.3: identical repeats and lists may be accepted or refused; proxies differ, so they are refused.
  void on_content_length(std::string_view value, beast::error_code& error) {
    if (++content_lengths_ > 1) return fail(error, {400, "More than one Content-Length"});
    const char* const end = value.data() + value.size();
    const auto [stop, fault] = std::from_chars(value.data(), end, framing_.content_length);
    if (stop != end || fault != std::errc{}) fail(error, {400, "Malformed Content-Length"});
  }

  // RFC 9112 section 6.1: only "chunked", once, as the last coding and in HTTP/1.1.
  void on_transfer_encoding(std::string_view value, beast::error_code& error) {
    if (++transfer_encodings_ > 1) return fail(error, {400, "More than one Transfer-Encoding"});
    if (head_.version_minor == 0) return fail(error, {400, "Transfer-Encoding in an HTTP/1.0 request"});
    if (http::iequals(value, "chunked")) return;
    fail(error, {has_known_coding_before_chunked(value) ? 501 : 400, "Transfer-Encoding not supported"});
  }

  /// Returns whether only known codings precede a final "chunked". The framing of such a body is clear, and a server
  /// that supports the codings could decode it; this holds for no other list.
  [[nodiscard]] static bool has_known_coding_before_chunked(std::string_view value) noexcept {
    const std::size_t comma = value.rfind(',');
    if (comma == std::string_view::npos || !http::iequals(trim_whitespace(value.substr(comma + 1)), "chunked"))
      return false;
    for (std::string_view rest = value.substr(0, comma); !rest.empty();) {
      const std::string_view coding = trim_whitespace(rest.substr(0, rest.find(',')));
      if (!http::iequals(coding, "gzip") && !http::iequals(coding, "x-gzip") && !http::iequals(coding, "deflate") &&
          !http::iequals(coding, "compress") && !http::iequals(coding, "x-compress")) {
        return false;
      }
      rest.remove_prefix(std::min(rest.find(','), rest.size() - 1) + 1);
    }
    return true;
  }

  [[nodiscard]] Refusal decide() {
    // RFC 9112 section 3.2: a 1.1 request has exactly one Host, which may be empty.
    if (hosts_ > 1) return {400, "More than one Host"};
    if (hosts_ == 0 && head_.version_minor == 1) return {400, "Host missing"};
    // Both fields together are used for request smuggling (RFC 9112 section 6.3).
    if (transfer_encodings_ != 0 && content_lengths_ != 0) {
      return {400, "Content-Length together with Transfer-Encoding"};
    }
    if (transfer_encodings_ != 0) {
      framing_.body = RequestFraming::Body::chunked;
    } else if (content_lengths_ != 0) {
      framing_.body = RequestFraming::Body::length;
    }
    framing_.keep_alive = keep_alive();
    return {};
  }

  /// Converts an error of Beast, which checks framing fields before it passes them to us and so may report an error
  /// first.
  [[nodiscard]] static Refusal refusal_for(const beast::error_code& error) noexcept {
    if (error == beast_http::error::bad_method) return {400, "Malformed method"};
    if (error == beast_http::error::bad_target) return {400, "Malformed request target"};
    if (error == beast_http::error::bad_version) return {400, "Malformed request line"};
    if (error == beast_http::error::bad_field) return {400, "Malformed header name"};
    if (error == beast_http::error::bad_value) return {400, "Malformed header value"};
    if (error == beast_http::error::bad_content_length) return {400, "Malformed Content-Length"};
    if (error == beast_http::error::multiple_content_length) return {400, "More than one Content-Length"};
    if (error == beast_http::error::bad_transfer_encoding) return {400, "Malformed Transfer-Encoding"};
    return {400, "Malformed request head"};
  }

  /// Stops the parser with a refusal. Any error makes `put` return; its value does not matter, since `refusal_` has the
  /// reason.
  void fail(beast::error_code& error, Refusal refusal) {
    refusal_ = refusal;
    error = beast_http::error::bad_field;
  }

  // Only the head goes through this parser.
  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
  std::size_t on_body_impl(beast::string_view body, beast::error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, beast::error_code&) override {
    return body.size();
  }
  void on_finish_impl(beast::error_code&) override {}
  void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}

  Request& request_;
  RequestFraming& framing_;
  http::RequestHead head_;
  unsigned hosts_ = 0;
  unsigned content_types_ = 0;
  unsigned content_lengths_ = 0;
  unsigned transfer_encodings_ = 0;
  Refusal refusal_;
};

}  // namespace

Refusal parse_request_head(std::string_view head, Request& request, RequestFraming& framing) {
  framing = RequestFraming{};
  return HeadParser(request, framing).run(head);
}

}  // namespace serval::detail
