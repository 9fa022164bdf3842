// SPDX-License-Identifier: MIT
#include <serval/http/response.hpp>

#include <serval/http/body_encoder.hpp>
#include <serval/http/url.hpp>

#include <cstddef>
#include <stdexcept>

#include "http/grammar.hpp"

namespace serval {
namespace {

// `reset` frees a body that grew beyond this: one large response must not keep its memory for the life of a connection.
constexpr std::size_t max_kept_body_bytes = 64 * 1024;

constexpr std::string_view json_type = "application/json";

bool names_charset(std::string_view content_type) noexcept {
  constexpr std::string_view charset = "charset=";
  while (content_type.size() >= charset.size()) {
    if (http::iequals(content_type.substr(0, charset.size()), charset)) return true;
    content_type.remove_prefix(1);
  }
  return false;
}

}  // namespace

Response::Response() noexcept = default;
Response::Response(const Response& other) = default;
Response::Response(Response&& other) noexcept = default;
Response& Response::operator=(const Response& other) = default;
Response& Response::operator=(Response&& other) noexcept = default;
Response::~Response() = default;

Response::Response(int status) { set_status(status); }

Response::Response(int status, std::string body, std::string_view content_type) : body_(std::move(body)) {
  set_status(status);
  set_content_type(content_type);
}

void detail::refuse_status(int status) {
  throw std::invalid_argument("an answer cannot have the status " + std::to_string(status) +
                              "; use one from 200 to 599");
}

void Response::set_content_type(std::string_view content_type) {
  if (content_type == json_type) {  // of nearly all responses, so it is not checked each time
    content_type_.assign(json_type);
    return;
  }
  if (detail::breaks_a_line(content_type)) throw std::invalid_argument("a content type has CR, LF or NUL in it");
  const bool needs_charset = http::iequals(content_type.substr(0, 5), "text/") && !names_charset(content_type);
  constexpr std::string_view utf8 = "; charset=utf-8";
  content_type_.reserve(content_type.size() + (needs_charset ? utf8.size() : 0));
  content_type_.assign(content_type);
  if (needs_charset) content_type_ += utf8;
}

void Response::add_vary(std::string_view request_field) {
  std::string names;
  for (const auto& [name, value] : headers_) {
    if (!http::iequals(name, "vary")) continue;
    if (!names.empty()) names += ", ";
    names += value;
  }
  for (std::string_view rest = names; !rest.empty();) {
    const std::string_view own = detail::take_element(rest);
    if (own == "*" || http::iequals(own, request_field)) return;
  }
  if (!names.empty()) names += ", ";
  headers_.set("vary", names.append(request_field));
}

void Response::set_cookie(std::string_view name, std::string_view value, const http::CookieOptions& options) {
  headers_.add("set-cookie", http::format_set_cookie(name, value, options));
}

void Response::delete_cookie(std::string_view name, std::string_view path, std::string_view domain) {
  http::CookieOptions options;
  options.max_age = std::chrono::seconds{0};
  options.expires = std::chrono::system_clock::now();
  options.path = path;
  options.domain = domain;
  set_cookie(name, "", options);
}

void Response::set_body(std::string body) noexcept {
  body_ = std::move(body);
  file_.reset();
}

void Response::set_encoder(std::shared_ptr<http::BodyEncoder> encoder) noexcept { encoder_ = std::move(encoder); }

void Response::set_file(std::shared_ptr<const detail::FileBody> file) noexcept { file_ = std::move(file); }

void Response::clear_body() noexcept {
  body_.clear();
  file_.reset();
}

void Response::reset() noexcept {
  status_ = 200;
  status_set_ = false;
  content_type_.clear();
  headers_.clear();
  if (body_.capacity() > max_kept_body_bytes) std::string().swap(body_);
  clear_body();
  in_parts_ = false;
  encoder_.reset();
}

PlainTextResponse::PlainTextResponse(std::string body) {
  set_body(std::move(body));
  set_content_type(media_type);
}

HtmlResponse::HtmlResponse(std::string body) {
  set_body(std::move(body));
  set_content_type(media_type);
}

RedirectResponse::RedirectResponse(std::string_view location) {
  if (detail::breaks_a_line(location)) throw std::invalid_argument("a redirect's location has CR, LF or NUL in it");
  set_default_status(default_status);
  headers().set("location", http::encode_location(location));
}

RedirectResponse::RedirectResponse(std::string_view location, int status) : RedirectResponse(location) {
  set_status(status);
}

PlainTextResponse plain_text(std::string body) { return PlainTextResponse(std::move(body)); }
PlainTextResponse plain_text(std::string body, int status) { return {std::move(body), status}; }
HtmlResponse html(std::string body) { return HtmlResponse(std::move(body)); }
HtmlResponse html(std::string body, int status) { return {std::move(body), status}; }
RedirectResponse redirect(std::string_view location) { return RedirectResponse(location); }
RedirectResponse redirect(std::string_view location, int status) { return {location, status}; }

}  // namespace serval
