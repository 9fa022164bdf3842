// SPDX-License-Identifier: MIT
// Cross-origin requests of browsers (Fetch standard, section "CORS protocol").
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `Cors`.
struct CorsOptions {
  /// The origins whose pages may read responses: "https://shop.example". "*": all of them. Default: none.
  std::vector<std::string> allow_origins{};
  /// A regular expression (RE2) that the whole origin must match, besides those of `allow_origins`:
  /// R"(https://.*\.example)". Escape the dots. Default: none.
  std::string allow_origin_regex{};
  /// The methods that these pages may use. "*": all common ones.
  std::vector<std::string> allow_methods = {"GET"};
  /// The header fields that these pages may send, besides those that need no permission. "*": all of them.
  std::vector<std::string> allow_headers{};
  /// Whether browsers send cookies and may show the responses to requests with them. Not with "*" as origin.
  bool allow_credentials = false;
  /// The header fields of responses that these pages may read, besides those that need no permission.
  std::vector<std::string> expose_headers{};
  /// How long browsers keep the answer to a preflight request. Default 10 min; 0: not at all.
  std::chrono::seconds max_age{600};
  /// Whether pages of public sites may reach this server in a private network (Private Network Access).
  bool allow_private_network = false;
};

/// Lets pages of other origins use the API: answers preflight requests itself, 200, or 400 with the reason, and adds
/// the fields to all other responses, also to those of errors. A request of an origin that is not allowed is served
/// as usual, and the browser does not show the response to the page. Refusals by middleware inside of it carry the
/// fields, too. Use it for the whole application, `app.use`: a preflight request belongs to no route. Errors of the
/// constructor: `SetupError` for "*" with credentials, which would let every site act as the user, for a text that is
/// no origin, and for an invalid expression.
class Cors {
 public:
  static constexpr Stage stage = Stage::cors;

  explicit Cors(CorsOptions options);

  [[nodiscard]] std::optional<Response> before(Request& request);
  void after(const Request& request, Response& response);

 private:
  struct Policy;
  std::shared_ptr<const Policy> policy_;
};

}  // namespace serval
