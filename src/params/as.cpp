// SPDX-License-Identifier: MIT
#include <serval/params/as.hpp>

#include <stdexcept>
#include <string>

#include <serval/schema/errors.hpp>

#include "schema/projection.hpp"

namespace serval::detail {

namespace {

std::string words_of_fault(const Type& to, const schema::Issue& issue) {
  return "the answer cannot be shown as " + std::string(to.name.empty() ? "its type" : to.name) + ": " +
         issue.to_text();
}

}  // namespace

void show_as(const Type& from, const void* value, const Type& to, void* out) {
  try {
    project(from, value, to, out);
  } catch (const DecodeError& error) {
    throw std::runtime_error(words_of_fault(to, error.issues().front()));
  }
}

}  // namespace serval::detail
