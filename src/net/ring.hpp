// SPDX-License-Identifier: MIT
// A queue that takes no memory until it has something, where a std::deque takes half a KiB: each WebSocket has two.
#pragma once

#include <boost/circular_buffer.hpp>
#include <algorithm>
#include <cstddef>
#include <utility>

namespace serval::detail {

template <class T>
using Ring = boost::circular_buffer<T>;

/// How many elements it has room for while it is empty.
inline constexpr std::size_t kept_ring_capacity = 2;

/// Makes room for one more. A ring that is full would lose its first element otherwise. Errors: out of memory.
template <class T>
void reserve_one(Ring<T>& ring) {
  if (ring.full()) ring.set_capacity(std::max(kept_ring_capacity, 2 * ring.capacity()));
}

template <class T>
void push(Ring<T>& ring, T value) {
  reserve_one(ring);
  ring.push_back(std::move(value));
}

/// Gives back what an empty ring has no use for.
template <class T>
void trim(Ring<T>& ring) noexcept {
  if (ring.empty() && ring.capacity() > kept_ring_capacity) Ring<T>().swap(ring);
}

}  // namespace serval::detail
