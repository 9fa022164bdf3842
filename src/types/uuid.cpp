// SPDX-License-Identifier: MIT
#include <serval/types/uuid.hpp>

#include "types/scalar_format.hpp"
#include "types/scalar_uuid.hpp"

#include <cstring>
#include <random>
#include <stdexcept>

namespace serval {

Uuid Uuid::parse(std::string_view text) {
  Uuid value;
  detail::Fault fault;
  if (!detail::parse_uuid(text, value, fault)) throw std::invalid_argument(fault.msg);
  return value;
}

Uuid Uuid::random() {
  thread_local std::random_device source;
  Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    const std::uint32_t word = source();
    std::memcpy(bytes.data() + i, &word, sizeof word);
  }
  // RFC 9562 section 5.4: the version in the upper half of byte 6, the variant in the upper bits of byte 8.
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  return Uuid(bytes);
}

std::string Uuid::to_string() const {
  std::string text;
  text.reserve(36);
  detail::append_uuid(text, *this);
  return text;
}

}  // namespace serval

std::size_t std::hash<serval::Uuid>::operator()(const serval::Uuid& uuid) const noexcept {
  const auto& bytes = uuid.bytes();
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
