// SPDX-License-Identifier: MIT
#include "docs_ui/escape.hpp"

#include <algorithm>

#include <serval/base/json_escape.hpp>

#include "base/ascii.hpp"

namespace serval::docs_ui {

namespace {

// Escapes text inside a JSON string. These characters occur nowhere else in JSON.
std::string safe_in_script(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest[0] == '<') {
      out += "\\u003c";
    } else if (rest[0] == '>') {
      out += "\\u003e";
    } else if (rest[0] == '&') {
      out += "\\u0026";
    } else if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out += rest[0];
    }
  }
  return out;
}

// The part after "https:", or all of "//host/path".
bool is_scheme(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return detail::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#x27;";
        break;
      default:
        out += byte;
    }
  }
  return out;
}

std::string script_string(std::string_view text) {
  std::string quoted;
  detail::append_json_string(quoted, text);
  std::string out = "'";
  // A JSON string escapes the other quote; the escape says the same within these.
  for (const char byte : safe_in_script(std::string_view(quoted).substr(1, quoted.size() - 2))) {
    if (byte == '\'')
      out += "\\u0027";
    else
      out += byte;
  }
  return out + "'";
}

std::string script_json(const json& value) {
  const std::string compact = schema::to_text(value);
  std::string spaced;
  bool in_string = false;
  for (std::size_t at = 0; at < compact.size(); ++at) {
    const char byte = compact[at];
    spaced += byte;
    if (in_string && byte == '\\')
      spaced += compact[++at];
    else if (byte == '"')
      in_string = !in_string;
    else if (!in_string && (byte == ':' || byte == ','))
      spaced += ' ';
  }
  return safe_in_script(spaced);
}

std::string policy_source(std::string_view url) {
  const std::size_t slashes = url.find("//");
  const bool absolute = slashes == 0 || (slashes != std::string_view::npos && slashes > 1 && url[slashes - 1] == ':' &&
                                         is_scheme(url.substr(0, slashes - 1)));
  if (!absolute) return "'self'";
  std::string source;
  for (const char byte : url.substr(0, url.find_first_of("?#"))) {
    // Characters that would end the expression or the directive.
    if (byte == ' ' || detail::is_control(byte) || !detail::is_ascii(byte) || byte == ';' || byte == ',' ||
        byte == '\'' || byte == '"') {
      source += '%';
      detail::append_hex(source, static_cast<unsigned char>(byte));
    } else {
      source += byte;
    }
  }
  return source;
}

std::string policy_origin(std::string_view url) {
  std::string source = policy_source(url);
  if (source == "'self'") return source;
  const std::size_t authority = source.find("//") + 2;
  std::string origin = source.substr(0, source.find('/', authority));
  if (origin.find('{') == std::string::npos) return origin;
  return authority > 2 ? origin.substr(0, authority - 2) : "https: http:";
}

}  // namespace serval::docs_ui
