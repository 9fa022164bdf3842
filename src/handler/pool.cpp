// SPDX-License-Identifier: MIT
#include <serval/handler/pool.hpp>

#include "handler/blocking_pool.hpp"

namespace serval {

Pool::Pool(PoolOptions options) : pool_(std::make_unique<detail::BlockingPool>(options.threads, options.queue)) {}
Pool::~Pool() = default;

Task<void> detail::call_on(BlockingPool& pool, std::function<void()> work) {
  return run_blocking(pool, std::move(work));
}

}  // namespace serval
