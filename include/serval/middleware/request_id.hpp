// SPDX-License-Identifier: MIT
// An id for each request, which connects its response, its log lines and those of proxies.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `RequestId`.
struct RequestIdOptions {
  /// The peers whose `x-request-id` is kept, in the forms of `ForwardedHeadersOptions::trusted`. Empty: each request
  /// gets a new id, whatever the operator says. Default: proxies on this machine. `App::run` replaces it by
  /// `--forwarded-allow-ips` and `SERVAL_FORWARDED_ALLOW_IPS`.
  std::vector<std::string> trusted = {"127.0.0.1", "::1"};
};

/// `app.use(RequestId());`: every response has `x-request-id`. It is the one that a trusted proxy has sent, if that has
/// 1 to 64 letters, digits, '.', '_' and '-'; otherwise 128 random bits as 32 hex digits. Handlers read it with
/// `Request::request_id()`; the lines of the log about the request contain it. If the server itself
/// refuses a request by its head (417, 431, 503 because of too many requests), the id is a new one. Errors of the
/// constructor: `SetupError` for a text in `trusted` that has none of the forms.
class RequestId {
 public:
  static constexpr Stage stage = Stage::request_id;

  explicit RequestId(const RequestIdOptions& options = {});

  void before(Request& request);
  void after(const Request& request, Response& response);
  /// Replaces `RequestIdOptions::trusted` unless it is empty. Errors: SetupError. Thread safety: none; before the
  /// server starts.
  void trust_proxies(const std::vector<std::string>& proxies);

 private:
  struct Policy;
  std::shared_ptr<const Policy> policy_;
};

}  // namespace serval
