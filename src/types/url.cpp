// SPDX-License-Identifier: MIT
// The basic URL parser of the WHATWG URL Standard, section 4.4, for absolute URLs.
#include <serval/types/url.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <vector>

#include <serval/types/ip_address.hpp>

#include "base/ascii.hpp"
#include "types/scalar_text.hpp"
#include "types/text_parsers.hpp"

namespace serval {

namespace {

struct Special {
  std::string_view scheme;
  std::uint16_t port;  // 0: none
};
const Special* find_special(std::string_view scheme) {
  static constexpr std::array<Special, 6> all{
      {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", 0}}};
  const auto* const found =
      std::find_if(all.begin(), all.end(), [&](const Special& each) { return each.scheme == scheme; });
  return found == all.end() ? nullptr : &*found;
}

/// Escapes control characters, non-ASCII characters, and `more`. Existing escapes are unchanged.
std::string escaped(std::string_view text, std::string_view more) {
  std::string out;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && more.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      detail::append_hex(out, byte);
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool may_escape = text[i] == '%' && i + 2 < text.size();
    const int byte = may_escape ? detail::hex_byte(text[i + 1], text[i + 2]) : -1;
    if (byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_dot(std::string_view segment) { return segment == "." || detail::equals_ignoring_case(segment, "%2e"); }
bool is_double_dot(std::string_view segment) {
  return segment == ".." || detail::equals_ignoring_case(segment, ".%2e") ||
         detail::equals_ignoring_case(segment, "%2e.") || detail::equals_ignoring_case(segment, "%2e%2e");
}

}  // namespace

/// Parses a URL from left to right. Errors are thrown as texts and caught in `parse`.
class UrlParser {
 public:
  /// Returns an empty text, or the error.
  static std::string parse(std::string_view text, Url& out) {
    try {
      UrlParser parser;
      parser.read(text);
      out = std::move(parser.url_);
      return {};
    } catch (const Refusal& refusal) {
      return refusal.text;
    }
  }

 private:
  struct Refusal {
    const char* text;
  };

  void read(std::string_view text) {
    const std::string clean = without_controls(text);
    std::string_view rest = clean;
    if (rest.empty()) throw Refusal{"input is empty"};
    read_scheme(rest);
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
      url_.fragment_ = escaped(rest.substr(hash + 1), "\"<>`");
      rest = rest.substr(0, hash);
    }
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
      url_.query_ = escaped(rest.substr(mark + 1), special_ != nullptr ? "\"#<>'" : "\"#<>");
      rest = rest.substr(0, mark);
    }
    std::string slashes(rest);
    if (special_ != nullptr) {
      std::replace(slashes.begin(), slashes.end(), '\\', '/');
      read_special(slashes);
    } else {
      read_other(rest);
    }
    write();
  }

  /// Removes white space and control characters at the ends, and tabs and line ends anywhere.
  static std::string without_controls(std::string_view text) {
    const auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && is_trimmed(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_trimmed(text.back())) text.remove_suffix(1);
    std::string out;
    for (char c : text)
      if (c != '\t' && c != '\n' && c != '\r') out += c;
    return out;
  }

  void read_scheme(std::string_view& rest) {
    std::size_t end = 0;
    const auto is_scheme_character = [](char c) {
      return detail::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
    };
    while (end < rest.size() && is_scheme_character(rest[end])) ++end;
    if (end == 0 || !detail::is_alpha(rest.front()) || end == rest.size() || rest[end] != ':')
      throw Refusal{"relative URL without a base"};
    for (char c : rest.substr(0, end)) url_.scheme_ += detail::to_lower(c);
    rest.remove_prefix(end + 1);
    special_ = find_special(url_.scheme_);
  }

  void read_special(std::string_view rest) {
    const bool is_file = url_.scheme_ == "file";
    std::size_t slashes = 0;
    while (slashes < rest.size() && rest[slashes] == '/') ++slashes;
    has_authority_ = true;
    if (is_file && slashes < 2) return read_path('/' + std::string(rest.substr(slashes)));  // file:/etc/hosts
    rest.remove_prefix(is_file ? 2 : slashes);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (is_file) {
      read_host(rest.substr(0, end));
      if (url_.host_ == "localhost") url_.host_.clear();
    } else {
      read_authority(rest.substr(0, end));
      if (url_.host_.empty()) throw Refusal{"empty host"};
    }
    read_path(rest.substr(end));
    if (url_.path_.empty()) url_.path_ = "/";
  }

  void read_other(std::string_view rest) {
    if (rest.starts_with("//")) {
      rest.remove_prefix(2);
      const std::size_t end = std::min(rest.find('/'), rest.size());
      has_authority_ = true;
      read_authority(rest.substr(0, end));
      read_path(rest.substr(end));
    } else if (rest.starts_with('/')) {
      read_path(rest);
    } else {
      for (char c : rest) url_.path_ += escape_of_control(c);  // mailto:ann@example.com: a path without segments
    }
  }

  static std::string escape_of_control(char c) { return c == ' ' ? " " : escaped({&c, 1}, {}); }

  void read_authority(std::string_view text) {
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
      read_user(text.substr(0, at));
      text.remove_prefix(at + 1);
    }
    std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && text.find(']', colon) != std::string_view::npos)
      colon = std::string_view::npos;  // inside an IPv6 address
    if (colon != std::string_view::npos) {
      read_port(text.substr(colon + 1));
      text = text.substr(0, colon);
    }
    read_host(text);
  }

  void read_user(std::string_view text) {
    constexpr std::string_view unsafe = "\"#<>?`{}/:;=@[\\]^|";
    const std::size_t colon = std::min(text.find(':'), text.size());
    url_.user_info_ = escaped(text.substr(0, colon), unsafe);
    if (colon + 1 < text.size()) url_.user_info_ += ':' + escaped(text.substr(colon + 1), unsafe);
  }

  void read_port(std::string_view text) {
    if (text.empty()) return;
    std::uint32_t port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || port > 0xFFFF)
      throw Refusal{"invalid port number"};
    if (special_ == nullptr || special_->port != port) url_.port_ = static_cast<std::uint16_t>(port);
  }

  void read_host(std::string_view text) {
    if (text.starts_with('[')) {
      read_v6(text);
    } else if (special_ != nullptr) {
      read_name(unescaped(text));
    } else {
      if (text.find_first_of(" <>[]^|\\:") != std::string_view::npos) throw Refusal{"invalid domain character"};
      url_.host_ = escaped(text, {});
    }
  }

  void read_v6(std::string_view text) {
    if (!text.ends_with(']')) throw Refusal{"invalid IPv6 address"};
    Ipv6Address address;
    if (!detail::parse_ip(text.substr(1, text.size() - 2), address)) throw Refusal{"invalid IPv6 address"};
    url_.host_ = '[' + address.to_string() + ']';
  }

  void read_name(std::string_view name) {
    for (char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) throw Refusal{"invalid international domain name"};
      if (byte <= 0x20 || byte == 0x7F || std::string_view("#%/:<>?@[\\]^|").find(c) != std::string_view::npos)
        throw Refusal{"invalid domain character"};
      url_.host_ += detail::to_lower(c);
    }
    if (ends_in_number(url_.host_)) url_.host_ = read_v4(url_.host_);
  }

  static bool ends_in_number(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    const std::string_view last = host.substr(host.rfind('.') + 1);
    if (last.starts_with("0x"))
      return std::all_of(last.begin() + 2, last.end(), [](char c) { return detail::hex_value(c) >= 0; });
    return !last.empty() && std::all_of(last.begin(), last.end(), detail::is_digit);
  }

  /// One to four numbers, decimal, octal or hexadecimal, the last one fills the remaining bits of the 32.
  static std::string read_v4(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    std::vector<std::uint64_t> parts;
    for (bool more = true; more;) {
      const std::size_t dot = host.find('.');
      more = dot != std::string_view::npos;
      parts.push_back(number(host.substr(0, dot)));
      if (more) host.remove_prefix(dot + 1);
    }
    if (parts.size() > 4) throw Refusal{"invalid IPv4 address"};
    std::uint64_t address = parts.back();
    if (address >= std::uint64_t{1} << (8 * (5 - parts.size()))) throw Refusal{"invalid IPv4 address"};
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (parts[i] > 255) throw Refusal{"invalid IPv4 address"};
      address += parts[i] << (8 * (3 - i));
    }
    Ipv4Address out;
    for (std::size_t i = 0; i < 4; ++i) out.bytes[i] = static_cast<std::uint8_t>(address >> (24 - 8 * i) & 0xFF);
    return out.to_string();
  }

  static std::uint64_t number(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x")) {
      base = 16;
      text.remove_prefix(2);
    } else if (text.size() > 1 && text.starts_with('0')) {
      base = 8;
      text.remove_prefix(1);
    } else if (text.empty()) {
      throw Refusal{"invalid IPv4 address"};
    }
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (!text.empty() && (read.ec != std::errc{} || read.ptr != text.data() + text.size()))
      throw Refusal{"invalid IPv4 address"};
    return value;
  }

  /// `text` is empty or begins with a slash.
  void read_path(std::string_view text) {
    std::vector<std::string> segments;
    while (!text.empty()) {
      text.remove_prefix(1);
      const std::size_t end = std::min(text.find('/'), text.size());
      const std::string_view segment = text.substr(0, end);
      text.remove_prefix(end);
      const bool is_last = text.empty();
      if (is_double_dot(segment)) {
        if (!segments.empty()) segments.pop_back();
        if (is_last) segments.emplace_back();
      } else if (is_dot(segment)) {
        if (is_last) segments.emplace_back();
      } else {
        segments.push_back(escaped(segment, "\"#<>?^`{}"));
      }
    }
    for (const std::string& segment : segments) url_.path_ += '/' + segment;
  }

  void write() {
    std::string& out = url_.text_;
    out = url_.scheme_ + ':';
    if (has_authority_) {
      out += "//";
      if (!url_.user_info_.empty()) out += url_.user_info_ + '@';
      out += url_.host_;
      if (url_.port_) out += ':' + std::to_string(*url_.port_);
    }
    if (!has_authority_ && url_.path_.starts_with("//")) out += "/.";  // would be read as a host
    out += url_.path_;
    if (url_.query_) out += '?' + *url_.query_;
    if (url_.fragment_) out += '#' + *url_.fragment_;
  }

  Url url_;
  const Special* special_ = nullptr;
  bool has_authority_ = false;
};

Url::Url(std::string_view text) {
  const std::string fault = UrlParser::parse(text, *this);
  if (!fault.empty()) throw std::invalid_argument(fault);
}

HttpUrl::HttpUrl(std::string_view text) : Url(text) {
  if (scheme() != "http" && scheme() != "https") throw std::invalid_argument("the scheme is not http or https");
  if (to_string().size() > detail::longest_http_url) throw std::invalid_argument("the URL is too long");
}

std::string detail::parse_url(std::string_view text, Url& out) { return UrlParser::parse(text, out); }

}  // namespace serval
