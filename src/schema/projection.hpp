// SPDX-License-Identifier: MIT
// A value shown as another type, member by member: what is no member of the other is left out.
#pragma once

#include <serval/schema/type.hpp>

namespace serval::detail {

/// Fills `out` from the value. Members are found by their names in answers, else by those in C++; whether a `Default`
/// was set and what a secret hides are taken over. What has a type was checked where it came from: rules of `to` hold
/// for what comes from a `json` alone.
/// REQUIRES: `out` is as its default constructor leaves it.
/// Errors: `DecodeError` with the first member of `to` that is missing or does not fit; those of `encode`.
void project(const Type& from, const void* value, const Type& to, void* out);

}  // namespace serval::detail
