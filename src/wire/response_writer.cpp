// SPDX-License-Identifier: MIT
#include "wire/response_writer.hpp"

#include <charconv>
#include <cstdint>

#include <serval/http/headers.hpp>
#include <serval/http/http_date.hpp>
#include <serval/http/status.hpp>

#include "http/file_body.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::string_view server_line = "server: serval\r\n";

enum class FieldKind { ordinary, connection, framing };

/// Finds the fields that are about the connection or the framing, not about the response (RFC 9110 section 7.6.1).
[[nodiscard]] FieldKind kind_of(std::string_view name) noexcept {
  switch (name.size()) {
    case 10:
      if (http::iequals(name, "connection")) return FieldKind::connection;
      return http::iequals(name, "keep-alive") ? FieldKind::framing : FieldKind::ordinary;
    case 14:
      return http::iequals(name, "content-length") ? FieldKind::framing : FieldKind::ordinary;
    case 17:
      return http::iequals(name, "transfer-encoding") ? FieldKind::framing : FieldKind::ordinary;
    default:
      return FieldKind::ordinary;
  }
}

[[nodiscard]] bool names_close(std::string_view value) noexcept {
  while (!value.empty()) {
    if (http::iequals(take_element(value), "close")) return true;
  }
  return false;
}

void append_decimal(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace

void ResponseWriter::set_time(std::chrono::system_clock::time_point now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second == second_) return;
  second_ = second;
  date_line_.clear();
  if (options_.date) date_line_.append("date: ").append(http::format_http_date(now)).append(crlf);
  ok_start_.assign("HTTP/1.1 200 OK\r\n").append(date_line_);
  if (options_.server) ok_start_.append(server_line);
}

void ResponseWriter::append_start(std::string& out, int status, const Response& response) const {
  const http::Headers& headers = response.headers();
  const bool own_date = !headers.empty() && headers.contains("date");
  const bool own_server = !headers.empty() && headers.contains("server");
  if (status == 200 && !own_date && !own_server) {
    out.append(ok_start_);
    return;
  }
  out.append("HTTP/1.1 ");
  append_decimal(out, static_cast<std::size_t>(status));
  out.append(" ").append(http::reason_phrase(status)).append(crlf);
  if (!own_date) out.append(date_line_);
  if (options_.server && !own_server) out.append(server_line);
}

ResponseWriter::Written ResponseWriter::append(std::string& out, const Response& response, Framing framing) {
  const int status = response.status();  // always a final status: a response accepts no other
  const std::string& body = response.body();
  Written written{.close = framing.close || framing.length == Length::until_close};

  append_start(out, status, response);
  if (!response.content_type().empty()) {
    out.append("content-type: ").append(response.content_type()).append(crlf);
  }
  for (const auto& [name, value] : response.headers()) {
    switch (kind_of(name)) {
      case FieldKind::ordinary:
        out.append(name).append(": ").append(value).append(crlf);
        break;
      case FieldKind::connection:
        written.close = written.close || names_close(value);
        break;
      case FieldKind::framing:
        break;
    }
  }
  // RFC 9110 section 8.6: no length for 1xx and 204. A 304 might carry the length of the 200, which is not known here.
  if (framing.length == Length::chunked && http::status_has_body(status)) {
    out.append("transfer-encoding: chunked\r\n");
  } else if (framing.length == Length::known && http::status_has_body(status)) {
    out.append("content-length: ");
    append_decimal(out, response.file() ? response.file()->size() : body.size());
    out.append(crlf);
  } else if (status == 205) {
    out.append("content-length: 0\r\n");
  }
  if (written.close) {
    out.append("connection: close\r\n");
  } else if (framing.http_1_0) {
    out.append("connection: keep-alive\r\n");
  }
  out.append(crlf);
  written.has_body = !framing.to_head && http::status_has_body(status);
  if (framing.length != Length::known || !written.has_body) return written;
  if (response.file()) {
    written.file = true;
  } else if (body.size() >= large_body_bytes) {
    written.large_body = true;
  } else {
    out.append(body);
  }
  return written;
}

void ResponseWriter::append_switching(std::string& out, const Response& response) const {
  append_start(out, response.status(), response);
  for (const auto& [name, value] : response.headers()) out.append(name).append(": ").append(value).append(crlf);
  out.append(crlf);
}

void ResponseWriter::append_chunk(std::string& out, std::string_view bytes) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, bytes.size(), 16).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits)).append(crlf).append(bytes).append(crlf);
}

}  // namespace serval::detail
