// SPDX-License-Identifier: MIT
// Passes the body of a test request to the application: whole, piece by piece, or when the handler requests it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/handler/body_source.hpp>
#include <serval/handler/service.hpp>

namespace serval::detail {

class TestBodySource final : public http::BodySource {
 public:
  /// A body of known length, and a chunked body; at most one of them is not empty.
  /// Lifetime: both outlive it.
  TestBodySource(std::string_view body, const std::vector<std::string>& chunks);

  /// Whether its announced size is within the limit of the admission.
  [[nodiscard]] bool fits(const http::Admission& admission) const noexcept;
  /// The gate that must be opened before the exchange gets the body. Null: none.
  [[nodiscard]] const http::BodyGate* gate(const http::Admission& admission) const noexcept;
  /// Passes the body to the exchange as its admission requires. False if it is larger than allowed.
  /// Lifetime: until the exchange is finished.
  [[nodiscard]] bool open(http::Exchange& exchange, const http::Admission& admission);

  Task<std::optional<std::string_view>> next(http::Exchange& exchange) override;

 private:
  [[nodiscard]] bool is_within(std::uint64_t max_bytes) const noexcept;

  std::vector<std::string_view> pieces_;
  bool has_length_;
  std::string whole_;
  std::size_t taken_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t max_bytes_ = 0;
  std::unique_ptr<char[]> memory_;  // memory of the last piece only, to detect later use
};

}  // namespace serval::detail
