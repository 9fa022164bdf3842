// SPDX-License-Identifier: MIT
// Shows a value as another type, member by member: members that the other type does not have are left out.
#pragma once

#include <serval/schema/type.hpp>

namespace serval::detail {

/// Fills `out` from the value. Members are found by their names in responses, otherwise by their C++ names; the set
/// state of a `Default` and the hidden value of a secret are copied. Typed values were validated where they were read:
/// the rules of `to` apply only to values from a `json`. REQUIRES: `out` is default-constructed.
/// Errors: `DecodeError` with the first member of `to` that is missing or does not fit; those of `encode`.
void project(const Type& from, const void* value, const Type& to, void* out);

}  // namespace serval::detail
