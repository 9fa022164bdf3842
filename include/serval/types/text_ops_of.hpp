// SPDX-License-Identifier: MIT
// Tells the room schema the operations of serval's own classes that are texts on the wire. It is declared next to each
// class, so that no file sees the class without it; the operations are defined in schema.
#pragma once

namespace serval::detail {

struct TextOps;

/// Null for all other types.
template <class T>
inline constexpr const TextOps* text_ops_of = nullptr;

}  // namespace serval::detail
