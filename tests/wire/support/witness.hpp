// SPDX-License-Identifier: MIT
// A middleware that records what its hooks see.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/handler/make_middleware.hpp>

namespace serval::testing {

/// What the hooks saw, in order. Thread safety: any thread may call all functions.
class Seen {
 public:
  void add(std::string line) {
    const std::scoped_lock lock(mutex_);
    lines_.push_back(std::move(line));
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }
  [[nodiscard]] bool has(std::string_view start) const {
    const std::scoped_lock lock(mutex_);
    return std::any_of(lines_.begin(), lines_.end(), [&](const std::string& line) { return line.starts_with(start); });
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

struct Witness {
  Seen* seen;

  void before(Request& request) { seen->add("before " + std::string(request.method_text())); }
  void after(const Request&, Response& response) {
    seen->add("after " + std::to_string(response.status()));
    response.headers().set("x-after", "1");
  }
  void finished(const Request&, const Finished& how) {
    seen->add("finished " + std::to_string(how.status) + " " + std::string(http::to_text(how.ending)) + " " +
              std::string(how.route));
  }
};

}  // namespace serval::testing
