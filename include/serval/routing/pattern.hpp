// SPDX-License-Identifier: MIT
// The pattern of a route: "/items/{item_id:int}". It is parsed once at registration, with an error that explains what
// is wrong; the route table matches requests against the parsed form.
#pragma once

#include <serval/base/source_location.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace serval::routing {

/// Which texts a path parameter matches, always tested after percent-decoding.
enum class Converter : std::uint8_t {
  text,     ///< `{id}` or `{id:str}`: one or more characters of one segment
  path,     ///< `{p:path}`: the rest of the path, may contain '/' and may be empty
  integer,  ///< `{n:int}`: one or more decimal digits
  number,   ///< `{x:float}`: digits, optionally followed by '.' and digits
  uuid,     ///< `{u:uuid}`: 8-4-4-4-12 hex digits of either case
};

/// "str", "path", "int", "float", "uuid": as written in a pattern.
[[nodiscard]] std::string_view to_string(Converter converter) noexcept;

/// A parsed route pattern.
///
/// Shape: '/' and segments separated by '/'. A segment is literal text or contains one parameter between optional
/// literal texts: "/v{version:int}", "/files/{name}.json". A `path` parameter must be the last one; literal text may
/// follow it, even across segments: "/files/{p:path}/raw". Literal text is written decoded ("/café", not "/caf%C3%A9").
/// Empty segments count: "/items/" is not "/items".
class Pattern {
 public:
  /// The most parameters of a pattern.
  static constexpr std::size_t max_parameters = 32;
  /// The most bytes of a segment without a parameter.
  static constexpr std::size_t max_literal_bytes = 255;

  /// The text between two slashes; the last segment of a pattern with a `path` parameter extends to the end.
  struct Segment {
    std::string prefix;  ///< literal text before the parameter; the whole text if there is none
    std::string suffix;  ///< literal text after the parameter; contains '/' only after a `path` parameter
    std::string name;    ///< the name of the parameter; empty if there is none
    Converter converter = Converter::text;

    [[nodiscard]] bool is_literal() const noexcept { return name.empty(); }
    [[nodiscard]] bool is_tail() const noexcept { return converter == Converter::path; }
  };

  /// Errors: SetupError that quotes the pattern, names `where` and says what to change.
  [[nodiscard]] static Pattern parse(std::string_view text, SourceLocation where = SourceLocation::current());

  /// The text as written.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// The form of an OpenAPI path, converters removed: "/items/{item_id}".
  [[nodiscard]] std::string openapi_path() const;
  /// The names of the parameters, from left to right.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
  /// The converters of the parameters, in the order of `names()`.
  [[nodiscard]] const std::vector<Converter>& converters() const noexcept { return converters_; }
  /// Never empty: "/" is one empty segment.
  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }
  /// Whether it has no parameter, so that it matches exactly one path.
  [[nodiscard]] bool is_static() const noexcept { return names_.empty(); }

 private:
  Pattern() = default;

  std::string text_;
  std::vector<Segment> segments_;
  std::vector<std::string> names_;
  std::vector<Converter> converters_;
};

/// The path of a route that a router with `prefix` registers as `path`.
///
/// `prefix` is empty, or begins with '/' and does not end with it. `path` begins with '/', or is empty
/// when there is a prefix: then the route is the prefix itself. "/items" and "/{id}" give "/items/{id}".
/// Errors: SetupError that names `where` and says what to change.
[[nodiscard]] std::string join_paths(std::string_view prefix, std::string_view path,
                                     SourceLocation where = SourceLocation::current());

}  // namespace serval::routing
