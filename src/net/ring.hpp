// SPDX-License-Identifier: MIT
// A queue that allocates no memory before its first element. Each WebSocket has two queues, and an empty std::deque
// takes half a KiB.
#pragma once

#include <boost/circular_buffer.hpp>
#include <algorithm>
#include <cstddef>
#include <utility>

namespace serval::detail {

template <class T>
using Ring = boost::circular_buffer<T>;

/// The largest capacity that an empty ring keeps, see `trim`.
inline constexpr std::size_t kept_ring_capacity = 2;

/// Makes room for one more element: adding to a full ring would overwrite its first element. Errors: out of memory.
template <class T>
void reserve_one(Ring<T>& ring) {
  if (ring.full()) ring.set_capacity(std::max(kept_ring_capacity, 2 * ring.capacity()));
}

template <class T>
void push(Ring<T>& ring, T value) {
  reserve_one(ring);
  ring.push_back(std::move(value));
}

/// Frees the memory of an empty ring if it is larger than `kept_ring_capacity`.
template <class T>
void trim(Ring<T>& ring) noexcept {
  if (ring.empty() && ring.capacity() > kept_ring_capacity) Ring<T>().swap(ring);
}

}  // namespace serval::detail
