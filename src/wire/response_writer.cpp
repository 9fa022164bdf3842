// SPDX-License-Identifier: MIT
#include "wire/response_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include <serval/http/headers.hpp>
#include <serval/http/http_date.hpp>
#include <serval/http/status.hpp>

#include "wire/answer_form.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::string_view server_line = "server: serval\r\n";

void append_decimal(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// The text grows once.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  const std::size_t used = out.size();
  out.resize(used + name.size() + value.size() + 4);
  char* end = std::copy(name.begin(), name.end(), out.data() + used);
  *end++ = ':';
  *end++ = ' ';
  end = std::copy(value.begin(), value.end(), end);
  *end++ = '\r';
  *end = '\n';
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
  const bool is_whole = framing.length == Length::known;
  const AnswerForm form = form_of(response, framing.to_head, is_whole ? BodyKind::whole : BodyKind::streamed);
  Written written{.close = framing.close || form.asks_to_close || framing.length == Length::until_close,
                  .has_body = form.has_body};

  append_start(out, response.status(), response);
  if (!response.content_type().empty()) append_field(out, "content-type", response.content_type());
  for (const auto& [name, value] : response.headers()) {
    if (!belongs_to_connection(name)) append_field(out, name, value);
  }
  if (form.content_length) {
    out.append("content-length: ");
    append_decimal(out, *form.content_length);
    out.append(crlf);
  } else if (framing.length == Length::chunked && http::status_has_body(response.status())) {
    out.append("transfer-encoding: chunked\r\n");
  }
  if (written.close) {
    out.append("connection: close\r\n");
  } else if (framing.http_1_0) {
    out.append("connection: keep-alive\r\n");
  }
  out.append(crlf);
  if (!is_whole || !form.has_body) return written;
  if (response.file()) {
    written.file = true;
  } else if (response.body().size() >= large_body_bytes) {
    written.large_body = true;
  } else {
    out.append(response.body());
  }
  return written;
}

void ResponseWriter::append_switching(std::string& out, const Response& response) const {
  append_start(out, response.status(), response);
  for (const auto& [name, value] : response.headers()) append_field(out, name, value);
  out.append(crlf);
}

void ResponseWriter::append_chunk(std::string& out, std::string_view bytes) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, bytes.size(), 16).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits)).append(crlf).append(bytes).append(crlf);
}

}  // namespace serval::detail
