// SPDX-License-Identifier: MIT
// Makes the OpenAPI 3.1 document from a description in plain structs.
#pragma once

#include <string>
#include <vector>

#include <serval/http/error_format.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/metadata.hpp>

#include "openapi/operation.hpp"

namespace serval::openapi {

/// The input for a document. Empty members are left out.
struct Description {
  std::string title;
  std::string version;
  std::string summary;
  std::string description;
  std::string terms_of_service;
  Contact contact;
  License license;
  std::vector<Server> servers;
  std::vector<Tag> tags;
  ExternalDocs external_docs;
  std::vector<Operation> operations;  // in the order of the document
  std::vector<Operation> webhooks;
  std::vector<Operation> web_sockets;
  bool separate_input_output_schemas = true;
  http::ErrorFormat error_format = http::ErrorFormat::detail;
};

struct Document {
  json value;
  std::vector<std::string> warnings;  // for input that is allowed but probably a mistake: an operation id given twice
};

/// Errors: SetupError that names the operation, for a schema or a default that was given as a text and is not JSON, and
/// for an example or a default that JSON cannot express.
[[nodiscard]] Document make_document(const Description& description);

/// The same document with `url` as its first server, unless it is empty or one of the servers.
[[nodiscard]] json with_server(const json& document, std::string_view url);

}  // namespace serval::openapi
