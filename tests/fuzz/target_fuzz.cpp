// SPDX-License-Identifier: MIT
// Parses request targets and hosts, and percent-encodes paths and locations.
#include <serval/http/request.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool lies_within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

void check_target(std::string_view text) {
  const auto target = serval::http::Target::parse(text);
  if (!target) return;
  using Form = serval::http::Target::Form;
  require(target->query.empty() || lies_within(target->query, text));
  require(target->authority.empty() || lies_within(target->authority, text));
  require(serval::http::is_valid_host(target->authority));
  require((target->form == Form::origin || target->form == Form::absolute) == target->path.starts_with('/'));
  require(target->form != Form::authority || target->path.empty());
  for (const char byte : text) require(byte > ' ' && byte != 0x7F);

  serval::http::RequestHead head;
  head.target = text;
  head.parts = *target;
  serval::Request request;
  request.assign(head);
  require(serval::http::is_valid_utf8(request.path()));
  static_cast<void>(request.url());
}

void check_escapes(std::string_view text) {
  require(serval::http::percent_decode(serval::http::percent_encode(text)) == text);
  require(serval::http::is_valid_utf8(text) == (serval::http::replace_invalid_utf8(text) == text));
  require(serval::http::is_valid_utf8(serval::http::replace_invalid_utf8(text)));
  const std::string location = serval::http::encode_location(text);
  for (const char byte : location) require(byte > ' ' && byte != 0x7F && byte != '\\');
  require(serval::http::encode_location(location) == location);
}

void check_path_params(std::string_view text) {
  serval::http::PathParams params;
  params.add("first", text);
  params.add("second", text);
  params.truncate(1);
  params.add("third", text);
  require(params.get("first") == params.get("third"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_target(text);
  static_cast<void>(serval::http::is_valid_host(text));
  check_escapes(text);
  check_path_params(text);
  return 0;
}
