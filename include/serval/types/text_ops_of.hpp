// SPDX-License-Identifier: MIT
// How the room schema finds what it does with serval's own classes that are texts on the wire. It stands beside each
// class, so that no file sees the class without it; what it names is defined in schema.
#pragma once

namespace serval::detail {

struct TextOps;

/// Null for all other types.
template <class T>
inline constexpr const TextOps* text_ops_of = nullptr;

}  // namespace serval::detail
