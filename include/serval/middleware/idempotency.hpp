// SPDX-License-Identifier: MIT
// Lets clients repeat a request without its being processed twice.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

class Store;

/// The options of `Idempotency`. Errors: SetupError for values out of range, and at the start if it serves routes that
/// change something and applies to none of them.
struct IdempotencyOptions {
  /// Whether a request needs a key; without one it is answered with 400. Default: no, and then requests without a key
  /// are processed as if there were no such middleware.
  bool required = false;
  /// The methods to which it applies. Default: POST and PATCH; none is a SetupError.
  http::MethodSet methods{http::Method::post, http::Method::patch};
  /// How long a response is repeated. Default 24 h; 1 s to 100 years.
  std::chrono::milliseconds keep = std::chrono::hours(24);
  /// How long the key of a request is taken while its handler runs: if the process ends meanwhile, nothing releases it
  /// earlier. A handler that takes longer may be called a second time. Default 5 min; 1 s to 100 years.
  std::chrono::milliseconds running = std::chrono::minutes(5);
  /// The largest body that is kept. Default 64 KiB. A repeated request whose response was larger, a file or a stream,
  /// gets 409.
  std::size_t max_body_bytes = 64 * 1024;
  /// Who sends a request: keys of different senders do not meet. It is called after the dependencies, which may have
  /// left the user in `Request::state`. Default: a hash of `authorization`, or of `cookie` if there is none, and of the
  /// fields in which the security schemes of the route expect credentials, such as API keys. Set it if clients prove
  /// who they are in another way.
  std::function<std::string(const Request&)> principal{};
  /// The most bytes of all responses in memory; those that were not used for the longest time are forgotten, and their
  /// requests are processed again if they are repeated. Default 64 MiB; 0 is a SetupError. It does not apply to a
  /// `store`.
  std::size_t bytes = 64 * 1024 * 1024;
  /// Where keys and responses are kept; processes that serve the same clients share it. Default and null: in memory.
  /// Lifetime: it outlives the application.
  Store* store = nullptr;
  /// The time since any fixed moment; tests set another clock. Default: the system's.
  std::function<std::chrono::nanoseconds()> clock{};
};

/// `app.post("/pay", {.middleware = {middleware(Idempotency({.required = true}))}})(pay)`, or `app.use(...)`: a client
/// that got no response sends its request again with the same `idempotency-key`, and gets the response that was made
/// for the first one, with `idempotency-replayed: true`, while the handler is called once.
///
/// Shape of the field: 1 to 255 visible characters of ASCII, plain or in double quotes as a structured field:
/// `idempotency-key: "8e03978e-40d5-43dd-bc93-6894a57f9324"`. The key counts for a sender, a method and a path.
///
/// | request | response |
/// |---|---|
/// | without a key, if it is required; with a malformed key or several | 400 |
/// | again, with another body or query | 422 |
/// | again, while the first one is still processed | 409 with `retry-after: 1` |
/// | again, after that | the same status, fields and body; 409 if the response could not be kept |
/// | with a key, while the store fails | 503 with `retry-after: 1`; the handler is not called |
///
/// Every response of the handler is kept, also a 4xx. The key is free again after a 408, 425, 429 or 5xx, if arguments
/// are invalid, or if the handler was cancelled because the client has gone or time is over. A handler that has ended
/// all the same, on the pool for blocking work, was not cancelled: its response is kept, unless the request has kept
/// values, such as a transaction, which have learned that it failed. If the store fails after the handler, the response
/// is sent, and the next request with a key in this process keeps it; at most 16 MiB wait for that. Bodies that are
/// streamed or read as parameters of a form are not compared, only their `content-length`.
///
/// The document shows the field as a parameter of the operations to which it applies.
///
/// Errors: SetupError of the constructor. Copies share the keys. Thread safety: all of it.
/// Source: draft-ietf-httpapi-idempotency-key-header-06.
class Idempotency {
 public:
  static constexpr Stage stage = Stage::idempotency;

  explicit Idempotency(IdempotencyOptions options = {});

  void serves(const ServedRoute& route);
  void serving(const std::shared_ptr<http::Host>& host);
  void describe(const ServedRoute& route, json& operation) const;
  [[nodiscard]] http::Pending prepare_handler(Request& request);
  [[nodiscard]] std::optional<Response> before_handler(Request& request);
  [[nodiscard]] http::Pending after_handler(const Request& request, Response& response);

  /// How often the store failed.
  [[nodiscard]] std::uint64_t failures() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace serval
