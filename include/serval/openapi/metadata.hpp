// SPDX-License-Identifier: MIT
// What a document says of the whole application: plain structs for designated initialisers. An empty member is left
// out of the document.
#pragma once

#include <string>

#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// Who answers for the API.
struct Contact {
  std::string name{};   ///< of a person or an organisation
  std::string url{};    ///< of a page about them
  std::string email{};  ///< an address to write to
};

/// Under which licence the API is offered. OpenAPI asks for the name, and for at most one of the other two.
struct License {
  std::string name{};        ///< as people call it: "MIT License"
  std::string identifier{};  ///< of SPDX: "MIT"
  std::string url{};         ///< of its text
};

/// A place to read on. OpenAPI asks for the URL.
struct ExternalDocs {
  std::string url{};          ///< of the page
  std::string description{};  ///< what stands there; may be Markdown
};

/// Where the API is to be had: `{.url = "https://api.example.com"}`; the URL may be relative to the document's.
struct Server {
  std::string url{};          ///< may hold variables: "https://{region}.example.com"
  std::string description{};  ///< what it is for; may be Markdown
  Part variables{};           ///< Server Variable Objects by name
};

/// A group of operations. The order of tags is that in which pages show them.
struct Tag {
  std::string name{};            ///< as routes name it
  std::string description{};     ///< what the group is; may be Markdown
  ExternalDocs external_docs{};  ///< a place to read on; default: none
};

}  // namespace serval::openapi
