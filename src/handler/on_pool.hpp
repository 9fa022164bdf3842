// SPDX-License-Identifier: MIT
// The part of a request that runs on a pool.
#pragma once

#include <serval/handler/exchange.hpp>

namespace serval::detail {

/// Marks that the request runs on a thread of the pool, for the lifetime of this object. Values that are kept for the
/// request meanwhile were made on the pool, so they also end there.
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
