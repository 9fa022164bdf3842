// SPDX-License-Identifier: MIT
// Reports the outcome of decoding a text in a form that tests compare: the "detail" of the response as text, or "ok".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/schema/codec.hpp>

#include "schema/decoder.hpp"

namespace serval::testing {

/// Returns the faults that the response lists for a JSON text that is read as a `T`; "ok" if there is none.
template <class T>
std::string faults_of(std::string_view text) {
  try {
    static_cast<void>(decode_json<T>(text));
    return "ok";
  } catch (const DecodeError& error) {
    const std::string all = schema::to_json_text(error.issues());
    return all.substr(10, all.size() - 11);
  }
}

/// Returns the types and messages alone: "int_type: Input should be a valid integer".
template <class T>
std::string words_of(std::string_view text) {
  std::string out;
  try {
    static_cast<void>(decode_json<T>(text));
    return "ok";
  } catch (const DecodeError& error) {
    for (const schema::Issue& issue : error.issues()) {
      if (!out.empty()) out += "; ";
      out += issue.type + ": " + issue.msg;
    }
  }
  return out;
}

/// Reads a text as a `T` and writes it again.
template <class T>
std::string round_trip(std::string_view text) {
  return encode_json(decode_json<T>(text));
}

/// Returns the faults of a single text, as it comes from a query string, a header or a path; "ok" if there is none.
template <class T>
std::string faults_of_text(std::string_view text, T& out, const detail::Rules* rules = nullptr) {
  std::vector<schema::Issue> issues;
  detail::Decoder decoder(issues);
  const bool whole = decoder.decode(detail::type_of<T>, rules, text, &out);
  if (whole != issues.empty()) return "the result contradicts the issues";
  if (whole) return "ok";
  const std::string all = schema::to_json_text(issues);
  return all.substr(10, all.size() - 11);
}

template <class T>
std::string faults_of_texts(const std::vector<std::string_view>& texts, T& out, const detail::Rules* rules = nullptr) {
  std::vector<schema::Issue> issues;
  detail::Decoder decoder(issues);
  const bool whole = decoder.decode(detail::type_of<T>, rules, std::span(texts), &out);
  if (whole != issues.empty()) return "the result contradicts the issues";
  if (whole) return "ok";
  const std::string all = schema::to_json_text(issues);
  return all.substr(10, all.size() - 11);
}

}  // namespace serval::testing
