// SPDX-License-Identifier: MIT
// Parses media types, and the fields that list the types, codings and languages that a client prefers.
#include <serval/http/content_coding.hpp>
#include <serval/http/language.hpp>
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

std::string written(const serval::http::MediaType& type) {
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
  if (const auto type = serval::http::MediaType::parse(text)) {
    const auto again = serval::http::MediaType::parse(written(*type));
    require(again && again->parameters == type->parameters && written(*again) == written(*type));
    const bool json = type->type == "application" &&
                      (type->subtype == "json" || (type->subtype.ends_with("+json") && type->subtype != "+json"));
    require(serval::http::is_json_media_type(text) == json);
  }
  static_cast<void>(serval::http::is_json_media_type(text));

  constexpr std::array<std::string_view, 4> offered = {"application/json", "text/html", "text/plain;format=flowed",
                                                       "image/png"};
  const auto chosen = serval::http::negotiate(text, offered);
  require(!chosen || std::find(offered.begin(), offered.end(), *chosen) != offered.end());

  constexpr std::array<std::string_view, 3> codings = {"zstd", "br", "gzip"};
  const auto coding = serval::http::negotiate_coding(text, codings);
  require(coding == "identity" || std::find(codings.begin(), codings.end(), coding) != codings.end());
  constexpr std::array<std::string_view, 3> languages = {"en", "de-AT", "zh-Hant"};
  const auto language = serval::http::negotiate_language(text, languages);
  require(std::find(languages.begin(), languages.end(), language) != languages.end());
  return 0;
}
