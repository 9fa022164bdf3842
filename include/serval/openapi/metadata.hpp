// SPDX-License-Identifier: MIT
// What a document says of the whole application: plain structs for designated initialisers. An empty member is left
// out of the document.
#pragma once

#include <string>

#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// Who answers for the API.
struct Contact {
  std::string name{};
  std::string url{};
  std::string email{};
};

/// Under which licence the API is offered. OpenAPI asks for the name, and for at most one of the other two.
struct License {
  std::string name{};
  std::string identifier{};  ///< of SPDX: "MIT"
  std::string url{};
};

/// A place to read on. OpenAPI asks for the URL.
struct ExternalDocs {
  std::string url{};
  std::string description{};
};

/// Where the API is to be had: `{.url = "https://api.example.com"}`; the URL may be relative to the document's.
struct Server {
  std::string url{};
  std::string description{};
  Part variables{};  ///< Server Variable Objects by name
};

/// A group of operations. The order of tags is that in which pages show them.
struct Tag {
  std::string name{};
  std::string description{};
  ExternalDocs external_docs{};
};

}  // namespace serval::openapi
