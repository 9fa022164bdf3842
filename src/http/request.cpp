// SPDX-License-Identifier: MIT
#include <serval/http/request.hpp>

#include <serval/http/language.hpp>
#include <serval/http/media_type.hpp>
#include <serval/http/route_names.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <stdexcept>
#include <utility>

#include "base/ascii.hpp"
#include "http/form_reader.hpp"

namespace serval {

namespace {

std::string decoded_path(std::string_view raw) {
  std::string text = http::percent_decode(raw);
  return http::is_valid_utf8(text) ? text : http::replace_invalid_utf8(text);
}

// Ids distinguish requests in logs; they are not secrets, so an engine that is seeded once per thread is enough. Its
// seed has more bits than an id, so that two threads do not make the same ids.
std::uint64_t random_bits() {
  thread_local std::mt19937_64 engine = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  return engine();
}

void append_random_id(std::string& out) {
  std::array<char, 32> digits;
  for (std::size_t half : {0U, 16U}) {
    std::uint64_t bits = random_bits();
    for (std::size_t digit = 0; digit < 16; ++digit, bits >>= 4)
      digits[half + digit] = detail::lower_hex_digits[bits & 0xF];
  }
  out.append(digits.data(), digits.size());
}

}  // namespace

std::optional<std::string_view> http::PathParams::get(std::string_view name) const noexcept {
  for (const Entry& entry : entries_) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

void http::PathParams::add(std::string_view name, std::string_view raw) {
  if (raw.find('%') == std::string_view::npos) {
    entries_.push_back({name, raw});
    return;
  }
  decoded_.push_back(std::make_unique<std::string>(decoded_path(raw)));
  entries_.push_back({name, *decoded_.back()});
}

void http::PathParams::truncate(std::size_t count) noexcept {
  while (entries_.size() > count) {
    const bool owned = !decoded_.empty() && entries_.back().value.data() == decoded_.back()->data();
    entries_.pop_back();
    if (owned) decoded_.pop_back();
  }
}

void http::PathParams::clear() noexcept {
  entries_.clear();
  decoded_.clear();
}

std::string Request::path() const { return decoded_path(raw_path()); }

const http::QueryParams& Request::query_params() const {
  if (!query_parsed_) {
    query_params_.assign(query_string(), max_query_params_);
    query_parsed_ = true;
  }
  return query_params_;
}

const http::Cookies& Request::cookies() const {
  if (!cookies_parsed_) {
    cookies_.clear();
    for (const http::HeaderView& field : headers_) {
      if (http::iequals(field.name, "cookie")) cookies_.parse(field.value);
    }
    cookies_parsed_ = true;
  }
  return cookies_;
}

const http::FormData& Request::form() const {
  if (!form_) {
    static constexpr http::Limits defaults;
    detail::FormReader reader(content_type(), limits_ != nullptr ? *limits_ : defaults);
    if (!body_.empty()) {
      reader.take(body_);
      reader.end();
      form_ = std::make_shared<const http::FormData>(reader.take_data());
    } else {
      form_ = std::make_shared<const http::FormData>();
    }
  }
  return *form_;
}

std::string_view Request::content_type() const noexcept { return headers_.get("content-type").value_or(""); }

std::optional<std::string_view> Request::preferred_type(std::initializer_list<std::string_view> offered) const {
  return http::negotiate(headers_.get_joined("accept"), std::span(offered.begin(), offered.size()));
}

std::string_view Request::preferred_language(std::initializer_list<std::string_view> offered) const {
  return http::negotiate_language(headers_.get_joined("accept-language"), std::span(offered.begin(), offered.size()));
}

std::string_view Request::host() const noexcept {
  // RFC 9112 section 3.2.2: the authority of an absolute target takes precedence over Host.
  if (!head_.parts.authority.empty()) return head_.parts.authority;
  return headers_.get("host").value_or("");
}

std::string Request::url() const {
  std::string text;
  const std::string_view authority = host();
  if (!authority.empty()) text.append(scheme_).append("://").append(authority);
  // "*" and the authority form name the server, not a resource on it (RFC 9112 section 3.3).
  if (raw_path().starts_with('/')) text.append(root_path_).append(raw_path());
  if (!query_string().empty()) text.append("?").append(query_string());
  return text;
}

std::string Request::base_url() const {
  std::string text;
  const std::string_view authority = host();
  if (!authority.empty()) text.append(scheme_).append("://").append(authority);
  text += root_path_;
  if (!text.ends_with('/')) text += '/';
  return text;
}

std::string Request::url_for(std::string_view name, std::initializer_list<http::PathValue> values) const {
  const http::NamedPath path = find_path(name, values);
  std::string text;
  if (!public_origin_.empty())
    text = public_origin_;
  else if (!host().empty())
    text.append(scheme_).append("://").append(host());
  if (path.is_web_socket && text.starts_with("http")) text.replace(0, 4, "ws");
  return text.append(root_path_).append(path.text);
}

std::string Request::url_path_for(std::string_view name, std::initializer_list<http::PathValue> values) const {
  return root_path_ + find_path(name, values).text;
}

http::NamedPath Request::find_path(std::string_view name, std::initializer_list<http::PathValue> values) const {
  if (route_names_ == nullptr) throw std::invalid_argument("url_for: the request has not reached an application");
  return route_names_->find(name, std::span(values.begin(), values.size()));
}

std::string_view Request::request_id() const {
  if (request_id_.empty()) append_random_id(request_id_);
  return request_id_;
}

void Request::set_request_id(std::string_view id) {
  request_id_ = id;
  if (id.empty()) append_random_id(request_id_);
  has_given_id_ = true;
}

void Request::follow(const Request& other) {
  head_ = other.head_;
  headers_ = other.headers_;
  route_ = other.route_;
  route_options_ = other.route_options_;
  route_names_ = other.route_names_;
  public_origin_ = other.public_origin_;
  client_ = other.client_;
  scheme_ = other.scheme_;
  root_path_ = other.root_path_;
  // An id that was not set may be made by the other request's handler just now.
  if (other.has_given_id_) set_request_id(other.request_id_);
  state_.share(other.state_);
}

void Request::reset() noexcept {
  state_.clear();
  head_ = http::RequestHead{};
  headers_.clear();
  path_params_.clear();
  body_ = {};
  route_ = {};
  route_options_ = nullptr;
  route_names_ = nullptr;
  public_origin_ = {};
  scheme_ = "http";
  root_path_.clear();
  max_query_params_ = 1000;
  limits_ = nullptr;
  form_.reset();
  if (std::exchange(query_parsed_, false)) query_params_.clear();
  if (std::exchange(cookies_parsed_, false)) cookies_.clear();
  if (!request_id_.empty()) {
    request_id_.clear();
    has_given_id_ = false;
  }
}

}  // namespace serval
