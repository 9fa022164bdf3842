// SPDX-License-Identifier: MIT
#include "testing/test_form.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <serval/http/url.hpp>

namespace serval::detail {

namespace {

std::string urlencoded(const TestRequest::Pairs& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out.append(http::percent_encode(name)).append("=").append(http::percent_encode(value));
  }
  return out;
}

/// A boundary that does not occur in the sent data.
std::string unused_boundary(const TestRequest& request) {
  const auto occurs = [&](const std::string& boundary) {
    return std::any_of(request.form.begin(), request.form.end(),
                       [&](const auto& field) { return field.second.find(boundary) != std::string::npos; }) ||
           std::any_of(request.files.begin(), request.files.end(),
                       [&](const TestFile& file) { return file.content.find(boundary) != std::string::npos; });
  };
  std::string boundary = "serval-test-form";
  for (int number = 0; occurs(boundary); ++number) boundary = "serval-test-form-" + std::to_string(number);
  return boundary;
}

/// A name in quotes: characters that would end it or the line are percent-encoded, as in browsers.
std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    switch (c) {
      case '"':
        out += "%22";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string multipart(const TestRequest& request, const std::string& boundary) {
  std::string out;
  const auto begin = [&](std::string_view name) {
    out.append("--").append(boundary).append("\r\ncontent-disposition: form-data; name=").append(quoted_name(name));
  };
  for (const auto& [name, value] : request.form) {
    begin(name);
    out.append("\r\n\r\n").append(value).append("\r\n");
  }
  for (const TestFile& file : request.files) {
    if (file.content_type.find_first_of("\r\n") != std::string::npos)
      throw std::invalid_argument("the content type of a test file has more than one line");
    begin(file.name);
    out.append("; filename=").append(quoted_name(file.filename));
    if (!file.content_type.empty()) out.append("\r\ncontent-type: ").append(file.content_type);
    out.append("\r\n\r\n").append(file.content).append("\r\n");
  }
  return out.append("--").append(boundary).append("--\r\n");
}

}  // namespace

TestBody encode_form(const TestRequest& request) {
  if (request.files.empty()) return {urlencoded(request.form), "application/x-www-form-urlencoded"};
  const std::string boundary = unused_boundary(request);
  return {multipart(request, boundary), "multipart/form-data; boundary=" + boundary};
}

}  // namespace serval::detail
