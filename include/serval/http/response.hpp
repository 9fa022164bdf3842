// SPDX-License-Identifier: MIT
// A response: status, header fields, body. A handler returns it, or `respond` fills it in.
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

/// A response that a handler makes itself: status, header fields, body. It is also an argument, `Response& response`:
/// the handler then returns a value as usual, and the status, fields and cookies that it sets there are sent with it.
/// Errors of all functions that take a status: `std::invalid_argument` for a status that no response can have, see
/// `http::is_final_status`.
class Response {
 public:
  // Compiled once: copying and destroying a response would add compile time to every handler's file.
  Response() noexcept;
  Response(const Response& other);
  Response(Response&& other) noexcept;
  Response& operator=(const Response& other);
  Response& operator=(Response&& other) noexcept;
  ~Response();
  explicit Response(int status);
  /// `content_type` is used as by `set_content_type`.
  Response(int status, std::string body, std::string_view content_type = {});

  [[nodiscard]] int status() const noexcept { return status_; }
  void set_status(int status) {
    if (!http::is_final_status(status)) detail::refuse_status(status);
    status_ = status;
    status_set_ = true;
  }
  /// Whether the program set the status, here or in a constructor. If so, that status is sent; otherwise the status of
  /// the route (`RouteOptions::status_code`), if it has one.
  [[nodiscard]] bool status_was_set() const noexcept { return status_set_; }

  /// All fields except `content-type` (see below) and those that the connection writes itself:
  /// `date`, `server`, `content-length`, `transfer-encoding`, `connection`.
  [[nodiscard]] http::Headers& headers() noexcept { return headers_; }
  [[nodiscard]] const http::Headers& headers() const noexcept { return headers_; }
  /// The content type, stored separately from the other fields, since nearly every response has only this one. Empty:
  /// none is sent.
  [[nodiscard]] std::string_view content_type() const noexcept { return content_type_; }
  /// `text/*` types get `; charset=utf-8` unless they name a charset. An empty type sends no content-type.
  /// Errors: CR, LF or NUL is `std::invalid_argument`.
  void set_content_type(std::string_view content_type);

  /// Adds this request field to `vary`, since the response depends on it, unless `vary` already contains it or "*".
  /// Errors: as for `http::Headers`.
  void add_vary(std::string_view request_field);

  /// The body as it is sent, unless it is a file or the response is compressed.
  [[nodiscard]] const std::string& body() const noexcept { return body_; }
  [[nodiscard]] std::string& body() noexcept { return body_; }
  /// Sets the body; it replaces a file.
  void set_body(std::string body) noexcept;

  /// The file that is sent instead of `body()` (<serval/http/file_response.hpp>); null if there is none.
  [[nodiscard]] const std::shared_ptr<const detail::FileBody>& file() const noexcept { return file_; }
  void set_file(std::shared_ptr<const detail::FileBody> file) noexcept;
  /// Removes the body, text or file.
  void clear_body() noexcept;

  /// Whether the body is streamed after the head while the handler runs: `body()` is then empty and not used. For
  /// middleware.
  [[nodiscard]] bool is_in_parts() const noexcept { return in_parts_; }
  /// Sets the encoder for the parts of a streamed body, for example for compression; null: they are sent unchanged. The
  /// caller sets the corresponding header fields. See <serval/http/body_encoder.hpp>.
  void set_encoder(std::shared_ptr<http::BodyEncoder> encoder) noexcept;
  [[nodiscard]] const std::shared_ptr<http::BodyEncoder>& encoder() const noexcept { return encoder_; }
  /// For the library: marks a streamed body.
  void mark_in_parts() noexcept { in_parts_ = true; }

  /// Adds a `set-cookie` field. Errors: see `http::format_set_cookie`.
  void set_cookie(std::string_view name, std::string_view value, const http::CookieOptions& options = {});
  /// Adds a `set-cookie` field that makes the client forget the cookie; path and domain must be those it was set with.
  void delete_cookie(std::string_view name, std::string_view path = "/", std::string_view domain = {});

  /// Resets to an empty 200, keeping allocated storage.
  void reset() noexcept;

 protected:
  /// For your own classes: the status if neither the program nor the route sets one.
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

/// A plain text response. The document shows its type; your own class that derives from Response can do the same with a
/// static `media_type` and, if it is not 200, a static `default_status`. Without a status in the constructor it gets
/// the route's: `app.post("/notes", {.status_code = 201})([] { return plain_text("x"); })`.
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

/// An empty response that redirects the client, with 307 if neither the program nor the route sets a status. A status
/// that was set through `Response&` before also replaces the 307; a status that is given here takes precedence.
/// `location` is percent-encoded where necessary. Errors: CR, LF or NUL is `std::invalid_argument`.
class RedirectResponse : public Response {
 public:
  static constexpr int default_status = 307;
  explicit RedirectResponse(std::string_view location);
  RedirectResponse(std::string_view location, int status);
};

/// The same as functions. If a handler returns one or another of them, declare `-> Response`. A status that was set
/// through `Response&` before replaces the 307 of a `redirect` without a status.
[[nodiscard]] PlainTextResponse plain_text(std::string body);
[[nodiscard]] PlainTextResponse plain_text(std::string body, int status);
[[nodiscard]] HtmlResponse html(std::string body);
[[nodiscard]] HtmlResponse html(std::string body, int status);
[[nodiscard]] RedirectResponse redirect(std::string_view location);
[[nodiscard]] RedirectResponse redirect(std::string_view location, int status);

}  // namespace serval
