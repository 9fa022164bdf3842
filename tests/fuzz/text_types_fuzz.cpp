// SPDX-License-Identifier: MIT
// Reads types with a text format. An accepted value is the same after it is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include <serval/schema/codec.hpp>
#include <serval/types.hpp>

namespace {

using namespace serval;

void require(bool condition) {
  if (!condition) std::abort();
}

template <class T>
void check(std::string_view text) {
  const std::string quoted = as_json(std::string(text)).dump(-1, ' ', false, json::error_handler_t::replace);
  T value;
  try {
    value = decode_json<T>(quoted);
  } catch (const DecodeError&) {
    return;
  }
  const std::string written = encode_json(value);
  require(encode_json(decode_json<T>(written)) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case '0' % 5:
      check<Decimal>(text);
      break;
    case '1' % 5:
      check<Email>(text);
      break;
    case '2' % 5:
      check<Url>(text);
      break;
    case '3' % 5:
      check<IpAddress>(text);
      break;
    default:
      check<Base64Bytes>(text);
  }
  return 0;
}
