// SPDX-License-Identifier: MIT
// One request and its answer on their way through the application. The connection owns it and uses it again
// for the next request; nothing in it outlives `finish`.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <serval/handler/background.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/limits.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval {

class Exchange {
 public:
  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  Request request;
  Response response;
  BackgroundTasks background;
  /// An error that the handler returned in place of an answer. The application answers it as if it had been thrown.
  std::optional<HttpError> returned_error;
  /// What the service's `admit` found, for its `serve`: the matched route. Null when none did.
  const void* route = nullptr;
  /// The bounds in force, set by the connection; they outlive the exchange. The defaults of `Limits` otherwise.
  const Limits* limits = nullptr;
  [[nodiscard]] const Limits& bounds() const noexcept;
  /// Mounted applications that the request was handed down through, outermost first, and how many of them have been
  /// entered: theirs alone.
  std::vector<const void*> mounts;
  std::size_t mounts_entered = 0;

  /// Keeps a value alive until `finish`, and finds it again by the address that names it: how a dependency is
  /// called once a request. Values are destroyed in reverse order of their making.
  void keep(const void* key, std::shared_ptr<void> value);
  /// The kept value, or null.
  [[nodiscard]] void* find_kept(const void* key) const noexcept;

  /// Destroys what was kept and empties request and response, keeping allocated storage.
  void reset() noexcept;

 private:
  struct Kept {
    const void* key;
    std::shared_ptr<void> value;
  };
  std::vector<Kept> kept_;
};

}  // namespace serval
