// SPDX-License-Identifier: MIT
// The OpenAPI 3.1 document of an application that is described in plain words.
#pragma once

#include <string>
#include <vector>

#include <serval/http/error_format.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/metadata.hpp>

#include "openapi/operation.hpp"

namespace serval::openapi {

/// Everything that a document is made of. What is empty is left out.
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
  std::vector<Operation> operations;  // in the order in which they stand in the document
  std::vector<Operation> webhooks;
  std::vector<Operation> web_sockets;
  bool separate_input_output_schemas = true;
  http::ErrorFormat error_format = http::ErrorFormat::detail;
};

struct Document {
  json value;
  std::vector<std::string> warnings;  // what is allowed, but hardly meant: an operation id given twice
};

/// Errors: SetupError that names the operation, for a schema or a default that was given as a text and is no JSON, and
/// for an example or a default that JSON cannot say.
[[nodiscard]] Document make_document(const Description& description);

/// The same document with `url` as its first server, unless it is empty or one of the servers.
[[nodiscard]] json with_server(const json& document, std::string_view url);

}  // namespace serval::openapi
