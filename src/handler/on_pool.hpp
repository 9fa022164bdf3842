// SPDX-License-Identifier: MIT
// The part of a request that runs on a pool.
#pragma once

#include <serval/handler/exchange.hpp>

namespace serval::detail {

/// For as long as it lives, on a thread of the pool: what is kept for the request was made there, and ends there.
class OnPool {
 public:
  OnPool(http::Exchange& exchange, BlockingPool& pool) noexcept : exchange_(exchange) { exchange_.pool = &pool; }
  ~OnPool() { exchange_.pool = nullptr; }
  OnPool(const OnPool&) = delete;
  OnPool& operator=(const OnPool&) = delete;

 private:
  http::Exchange& exchange_;
};

}  // namespace serval::detail
