// SPDX-License-Identifier: MIT
// An answer: status, header fields, body. Returned by a handler as it is, or filled in for one by `respond`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/cookie.hpp>
#include <serval/http/headers.hpp>
#include <serval/http/status.hpp>

namespace serval {

namespace http {
class BodyEncoder;
}  // namespace http

namespace detail {
class FileBody;
struct SwitchingProtocols;
/// Errors: `std::invalid_argument` that names the status.
[[noreturn]] void refuse_status(int status);
}  // namespace detail

/// An answer that a handler makes itself: status, header fields, body. It is also an argument, `Response& response`:
/// the handler then returns a value as usual, and the status, fields and cookies that it puts there go along.
/// Errors of whatever takes a status: `std::invalid_argument` for one that no answer can have, see
/// `http::is_final_status`.
class Response {
 public:
  // Compiled once: what copies and destroys a response would cost every handler's file time to compile.
  Response() noexcept;
  Response(const Response& other);
  Response(Response&& other) noexcept;
  Response& operator=(const Response& other);
  Response& operator=(Response&& other) noexcept;
  ~Response();
  explicit Response(int status);
  /// The content type as for `set_content_type`.
  Response(int status, std::string body, std::string_view content_type = {});

  [[nodiscard]] int status() const noexcept { return status_; }
  void set_status(int status) {
    if (!http::is_final_status(status)) detail::refuse_status(status);
    status_ = status;
    status_set_ = true;
  }
  /// Whether the program chose the status, here or in a constructor. One that it did not choose is what the route says
  /// (`RouteOptions::status_code`), if it says anything; one that it did choose is sent.
  [[nodiscard]] bool status_was_set() const noexcept { return status_set_; }

  /// All fields but `content-type` (see below), and those that the connection writes itself:
  /// `date`, `server`, `content-length`, `transfer-encoding`, `connection`.
  [[nodiscard]] http::Headers& headers() noexcept { return headers_; }
  [[nodiscard]] const http::Headers& headers() const noexcept { return headers_; }
  /// Kept apart from the other fields, as nearly every answer has it and no other. Empty: none is sent.
  [[nodiscard]] std::string_view content_type() const noexcept { return content_type_; }
  /// `text/*` types get `; charset=utf-8` unless they name a charset. An empty type sends no content-type.
  /// Errors: CR, LF or NUL is `std::invalid_argument`.
  void set_content_type(std::string_view content_type);

  /// Notes in `vary` that the answer depends on this field of the request, unless that stands there, or "*".
  /// Errors: as for `http::Headers`.
  void add_vary(std::string_view request_field);

  /// The body as it is sent, unless it is a file or the answer is compressed.
  [[nodiscard]] const std::string& body() const noexcept { return body_; }
  [[nodiscard]] std::string& body() noexcept { return body_; }
  /// Takes the place of a file, where the body was one.
  void set_body(std::string body) noexcept;

  /// What is sent in place of `body()` where that is a file (<serval/http/file_response.hpp>); null otherwise.
  [[nodiscard]] const std::shared_ptr<const detail::FileBody>& file() const noexcept { return file_; }
  void set_file(std::shared_ptr<const detail::FileBody> file) noexcept;
  /// No body: neither text nor file.
  void clear_body() noexcept;

  /// Whether the body is sent in parts, behind the head, while the handler runs: `body()` is empty and counts for
  /// nothing. For middleware.
  [[nodiscard]] bool is_in_parts() const noexcept { return in_parts_; }
  /// Has the parts of such a body pass the encoder, as compression does; null: they go as they are. The fields that
  /// speak of it are the caller's. See <serval/http/body_encoder.hpp>.
  void set_encoder(std::shared_ptr<http::BodyEncoder> encoder) noexcept;
  [[nodiscard]] const std::shared_ptr<http::BodyEncoder>& encoder() const noexcept { return encoder_; }
  /// For whoever sends it in parts.
  void mark_in_parts() noexcept { in_parts_ = true; }

  /// Adds a `set-cookie` field. Errors: see `http::format_set_cookie`.
  void set_cookie(std::string_view name, std::string_view value, const http::CookieOptions& options = {});
  /// Adds a `set-cookie` field that makes the client forget the cookie; path and domain must be those it was set with.
  void delete_cookie(std::string_view name, std::string_view path = "/", std::string_view domain = {});

  /// Back to an empty 200, keeping allocated storage.
  void reset() noexcept;

 protected:
  /// For classes of your own: the status where neither the program nor the route chooses one.
  void set_default_status(int status) {
    if (!http::is_final_status(status)) detail::refuse_status(status);
    if (!status_set_) status_ = status;
  }

 private:
  friend struct detail::SwitchingProtocols;

  int status_ = 200;
  bool status_set_ = false;
  bool in_parts_ = false;
  std::string content_type_;
  http::Headers headers_;
  std::string body_;
  std::shared_ptr<const detail::FileBody> file_;
  std::shared_ptr<http::BodyEncoder> encoder_;
};

/// An answer that says what its text is. Its type shows in the document; a class of your own that derives from Response
/// does the same with a static `media_type` and, where it is not 200, a static `default_status`. Without a status in
/// the constructor it takes the route's: `app.post("/notes", {.status_code = 201})([] { return plain_text("x"); })`.
class PlainTextResponse : public Response {
 public:
  static constexpr std::string_view media_type = "text/plain";
  explicit PlainTextResponse(std::string body);
  PlainTextResponse(std::string body, int status) : Response(status, std::move(body), media_type) {}
};

/// A page of HTML.
class HtmlResponse : public Response {
 public:
  static constexpr std::string_view media_type = "text/html";
  explicit HtmlResponse(std::string body);
  HtmlResponse(std::string body, int status) : Response(status, std::move(body), media_type) {}
};

/// An empty answer that sends the client elsewhere, by 307 where neither the program nor the route chooses a status. A
/// status that was set through `Response&` before replaces the 307, too; one that is given here wins.
/// `location` is percent-encoded where it must be. Errors: CR, LF or NUL is `std::invalid_argument`.
class RedirectResponse : public Response {
 public:
  static constexpr int default_status = 307;
  explicit RedirectResponse(std::string_view location);
  RedirectResponse(std::string_view location, int status);
};

/// The same as functions. Where a handler returns one or another of them, it says `-> Response`. A status that was set
/// through `Response&` before replaces the 307 of a `redirect` without a status.
[[nodiscard]] PlainTextResponse plain_text(std::string body);
[[nodiscard]] PlainTextResponse plain_text(std::string body, int status);
[[nodiscard]] HtmlResponse html(std::string body);
[[nodiscard]] HtmlResponse html(std::string body, int status);
[[nodiscard]] RedirectResponse redirect(std::string_view location);
[[nodiscard]] RedirectResponse redirect(std::string_view location, int status);

}  // namespace serval
