// SPDX-License-Identifier: MIT
// Writes a C++ value as JSON text by the descriptor of its type, directly into the output buffer.
#pragma once

#include <cstdint>
#include <string>

#include <serval/schema/encode_options.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

/// Whether the hidden value of a `Secret` is written: only for comparing values, never for showing them.
enum class Secrets : bool { hidden, revealed };

/// Appends the value. NaN and infinities become null; invalid UTF-8 is replaced.
/// Errors: `Unwritable` (unwritable.hpp) for a date, time or duration without a text form; `std::domain_error` for an
/// enumerator without a name or a JSON value that cannot be written.
void encode(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options,
            Secrets secrets = Secrets::hidden);

/// Appends an object of a model. `given`: the members that are present in a `Partial`; otherwise null. Errors: as
/// `encode`.
void encode_model(std::string& out, const Model& model, const void* object, const schema::EncodeOptions& options,
                  const std::uint64_t* given, Secrets secrets = Secrets::hidden);

/// The value of an integer or an enumeration; a `std::uint64_t` beyond 2^63 becomes negative.
[[nodiscard]] std::int64_t load_integer(const Type& type, const void* value);

/// Appends a scalar as plain text, as in a query string: no quotes.
void encode_text(std::string& out, const Type& type, const void* value, Secrets secrets = Secrets::hidden);

}  // namespace serval::detail
