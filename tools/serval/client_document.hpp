// SPDX-License-Identifier: MIT
// The OpenAPI document from which a client is made.
#pragma once

#include <serval/json/json.hpp>

#include <string>
#include <string_view>

namespace serval::tool {

/// Whether a text is the address of a document rather than a file: it begins with "http://" or "https://".
[[nodiscard]] bool is_address(std::string_view text);

/// The address of a document; for a server's own address, such as "http://127.0.0.1:8000", its "/openapi.json".
[[nodiscard]] std::string document_address(const std::string& address);

/// Reads an OpenAPI document 3.0 or 3.1 that refers to no other documents, so that a generator opens no other files.
/// `name` is the file or address in messages. Errors: std::runtime_error.
[[nodiscard]] json read_document(const std::string& text, const std::string& name);

/// Gives each response of server-sent events the schema of what its events carry. OpenAPI 3.2 describes an event by
/// `itemSchema`, which generators for 3.1 do not know.
[[nodiscard]] json with_event_schemas(json document);

}  // namespace serval::tool
