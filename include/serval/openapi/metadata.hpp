// SPDX-License-Identifier: MIT
// The parts of a document about the whole application: plain structs for designated initialisers. An empty member is
// left out of the document.
#pragma once

#include <string>

#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// The contact for the API.
struct Contact {
  std::string name{};   ///< the name of a person or an organisation
  std::string url{};    ///< the URL of a page about them
  std::string email{};  ///< an address to write to
};

/// The licence of the API. OpenAPI requires the name, and allows at most one of the other two.
struct License {
  std::string name{};        ///< the usual name: "MIT License"
  std::string identifier{};  ///< of SPDX: "MIT"
  std::string url{};         ///< the URL of its text
};

/// A link to more documentation. OpenAPI requires the URL.
struct ExternalDocs {
  std::string url{};          ///< the URL of the page
  std::string description{};  ///< what the page contains; may be Markdown
};

/// A server of the API: `{.url = "https://api.example.com"}`; the URL may be relative to the document's.
struct Server {
  std::string url{};          ///< may contain variables: "https://{region}.example.com"
  std::string description{};  ///< the purpose of the server; may be Markdown
  Part variables{};           ///< Server Variable Objects by name
};

/// A group of operations. Pages show tags in the order of declaration.
struct Tag {
  std::string name{};            ///< the name that routes use
  std::string description{};     ///< the description of the group; may be Markdown
  ExternalDocs external_docs{};  ///< a link to more documentation; default: none
};

}  // namespace serval::openapi
