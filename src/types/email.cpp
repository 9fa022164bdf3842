// SPDX-License-Identifier: MIT
#include <serval/types/email.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "types/scalar_text.hpp"
#include "types/text_parsers.hpp"

namespace serval {

namespace {

constexpr std::size_t longest_name = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t longest_address = 254;

bool is_name_character(char c) {
  return detail::is_alphanumeric(c) || !detail::is_ascii(c) ||
         std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}
bool is_domain_character(char c) { return detail::is_alphanumeric(c) || !detail::is_ascii(c) || c == '-' || c == '.'; }

std::string shown(char c) {
  if (c == ' ') return "SPACE";
  if (detail::is_control(c)) {
    std::string code_point = "U+00";
    detail::append_hex(code_point, static_cast<unsigned char>(c));
    return code_point;
  }
  const char quote = c == '\'' || c == '\\' ? '"' : '\'';
  return std::string{quote, c, quote};
}

std::string invalid_characters(std::string_view text, bool (*is_valid)(char)) {
  std::set<char> found;
  for (char c : text)
    if (!is_valid(c)) found.insert(c);
  std::string out;
  for (char c : found) out += (out.empty() ? "" : ", ") + shown(c);
  return out;
}

/// The error in the two parts of an address; empty if there is none.
std::string fault_of_name(std::string_view name) {
  if (name.empty()) return "There must be something before the @-sign.";
  if (name.size() > longest_name) return "The email address is too long before the @-sign.";
  if (name.front() == '.') return "An email address cannot start with a period.";
  if (name.back() == '.') return "An email address cannot have a period immediately before the @-sign.";
  if (name.find("..") != std::string_view::npos) return "An email address cannot have two periods in a row.";
  const std::string invalid = invalid_characters(name, is_name_character);
  return invalid.empty() ? "" : "The email address contains invalid characters before the @-sign: " + invalid + ".";
}

bool is_reserved(std::string_view domain) {
  constexpr std::array<std::string_view, 6> reserved{"arpa", "invalid", "local", "localhost", "onion", "test"};
  const std::string_view last = domain.substr(domain.rfind('.') + 1);
  return std::find(reserved.begin(), reserved.end(), last) != reserved.end();
}

std::string fault_of_domain(std::string_view domain) {
  if (domain.empty()) return "There must be something after the @-sign.";
  const std::string invalid = invalid_characters(domain, is_domain_character);
  if (!invalid.empty()) return "The part after the @-sign contains invalid characters: " + invalid + ".";
  if (domain.front() == '.') return "An email address cannot have a period immediately after the @-sign.";
  if (domain.back() == '.') return "An email address cannot end with a period.";
  if (domain.find("..") != std::string_view::npos) return "An email address cannot have two periods in a row.";
  if (domain.front() == '-') return "An email address cannot have a hyphen immediately after the @-sign.";
  if (domain.back() == '-') return "An email address cannot end with a hyphen.";
  if (domain.find(".-") != std::string_view::npos || domain.find("-.") != std::string_view::npos)
    return "An email address cannot have a period and a hyphen next to each other.";
  if (domain.find('.') == std::string_view::npos && !is_reserved(domain))
    return "The part after the @-sign is not valid. It should have a period.";
  if (is_reserved(domain))
    return "The part after the @-sign is a special-use or reserved name that cannot be used with email.";
  if (detail::is_digit(domain.back()))
    return "The part after the @-sign is not valid. It is not within a valid top-level domain.";
  return {};
}

/// The address in "Ann <ann@example.com>".
std::string_view without_display_name(std::string_view text) {
  const std::string_view trimmed = detail::trim_white_space(text);
  if (!trimmed.ends_with('>')) return text.find('<') == std::string_view::npos ? trimmed : text;
  const std::size_t open = trimmed.rfind('<');
  if (open == std::string_view::npos) return text;
  return detail::trim_white_space(trimmed.substr(open + 1, trimmed.size() - open - 2));
}

/// Sets `out` to the normal form, or returns the error.
std::string normalise(std::string_view text, std::string& out) {
  const std::string_view address = without_display_name(text);
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return "An email address must have an @-sign.";
  const std::string_view name = address.substr(0, at);
  const std::string domain = detail::lowered(address.substr(at + 1));
  // A missing part is reported before an error in the other part.
  std::string fault = domain.empty() && !name.empty() ? fault_of_domain(domain) : fault_of_name(name);
  if (fault.empty()) fault = fault_of_domain(domain);
  if (fault.empty() && address.size() > longest_address) fault = "The email address is too long.";
  if (fault.empty()) out = std::string(name) + '@' + domain;
  return fault;
}

}  // namespace

Email::Email(std::string_view text) {
  const std::string fault = normalise(text, *this);
  if (!fault.empty()) throw std::invalid_argument(fault);
}

std::string detail::parse_email(std::string_view text, Email& out) { return normalise(text, out); }

}  // namespace serval
