// SPDX-License-Identifier: MIT
// Bodies to compress.
#pragma once

#include <cstdint>
#include <string>

namespace serval::testing {

/// An array of records, like many responses; each record has about 60 bytes.
inline std::string records(int count) {
  std::string text = "[";
  for (int id = 0; id < count; ++id) {
    text += R"({"id":)" + std::to_string(id) + R"(,"name":"item )" + std::to_string(id * 7919 % 1000) +
            R"(","price":)" + std::to_string(id % 90) + R"(.5,"tags":["a","b"]},)";
  }
  text.back() = ']';
  return text;
}

/// Bytes that cannot be compressed: none says anything about the next.
inline std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t number = 1;
  for (char& byte : bytes) {
    number = number * 1664525U + 1013904223U;
    byte = static_cast<char>(number >> 24U);
  }
  return bytes;
}

}  // namespace serval::testing
