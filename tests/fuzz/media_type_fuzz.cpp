// SPDX-License-Identifier: MIT
// Media types and Accept fields.
#include <serval/http/media_type.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string written(const serval::MediaType& type) {
  std::string text = type.type + '/' + type.subtype;
  for (const auto& [name, value] : type.parameters) {
    text += ';' + name + "=\"";
    for (const char byte : value) {
      if (byte == '"' || byte == '\\') text += '\\';
      text += byte;
    }
    text += '"';
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto type = serval::MediaType::parse(text)) {
    const auto again = serval::MediaType::parse(written(*type));
    require(again && again->parameters == type->parameters && written(*again) == written(*type));
    const bool json = type->type == "application" &&
                      (type->subtype == "json" || (type->subtype.ends_with("+json") && type->subtype != "+json"));
    require(serval::is_json_media_type(text) == json);
  }
  static_cast<void>(serval::is_json_media_type(text));

  constexpr std::array<std::string_view, 4> offered = {"application/json", "text/html", "text/plain;format=flowed",
                                                       "image/png"};
  const auto chosen = serval::negotiate(text, offered);
  require(!chosen || std::find(offered.begin(), offered.end(), *chosen) != offered.end());
  return 0;
}
