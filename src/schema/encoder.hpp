// SPDX-License-Identifier: MIT
// From a C++ value to JSON text by the descriptor of its type, straight into the outgoing buffer.
#pragma once

#include <cstdint>
#include <string>

#include <serval/schema/encode_options.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

/// Whether a `Secret` is written as what it hides: only to compare values, never to show them.
enum class Secrets : bool { hidden, revealed };

/// Appends the value. NaN and infinities become null; invalid UTF-8 is replaced.
/// Errors: `Unwritable` (unwritable.hpp) for a date, time or duration that no text can say; `std::domain_error` for an
/// enumerator without a name or a JSON value that cannot be written.
void encode(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
            Secrets secrets = Secrets::hidden);

/// An object of a model. `given`: of a `Partial`, which members there are; else null. Errors: as `encode`.
void encode_model(std::string& out, const Model& model, const void* object, const schema::EncodeOptions& options,
                  const std::uint64_t* given, Secrets secrets = Secrets::hidden);

/// The value of an integer or an enumeration; one of `std::uint64_t` beyond 2^63 comes out negative.
[[nodiscard]] std::int64_t load_integer(const Type& type, const void* value);

/// A scalar as plain text, as it would stand in a query string: no quotes.
void encode_text(std::string& out, const Type& type, const void* value, Secrets secrets = Secrets::hidden);

}  // namespace serval::detail
