// SPDX-License-Identifier: MIT
#include <serval/handler/pool.hpp>

#include "handler/blocking_pool.hpp"

namespace serval {

Pool::Pool(PoolOptions options) : pool_(std::make_unique<detail::BlockingPool>(options.threads, options.queue)) {}
Pool::~Pool() = default;

Task<void> Pool::call(std::function<void()> work) { return detail::run_blocking(*pool_, std::move(work)); }

}  // namespace serval
