// SPDX-License-Identifier: MIT
// Pages from the templates of a directory, in the language Mustache.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <serval/base/source_location.hpp>
#include <serval/http/response.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval {

namespace detail {
class TemplateSet;
}  // namespace detail

/// What happens to a name in a template for which the model has no value.
enum class MissingValues : std::uint8_t {
  error,  ///< `render` throws, so that the response is a 500
  empty,  ///< it is the empty text, and false in sections
};

/// `Templates("pages", {.reload = true})`
struct TemplatesOptions {
  /// Default: an error, since the name is usually misspelt. `null` and an empty optional are values.
  MissingValues missing_values = MissingValues::error;
  /// Whether each `render` reads the directory anew, so that changes are seen at once. For development: it blocks the
  /// event loop. Default: no.
  bool reload = false;
};

/// The templates of a directory and its subdirectories, which are read when it is constructed:
/// ```
/// app.provide(Templates("templates"));
/// app.get("/items/{id}")([](Path<int, "id"> id, State<Templates> pages) {
///   return pages->render("item.html", find_item(*id));
/// });
/// ```
/// Language (mustache.5): `{{name}}` and `{{owner.name}}` are values, escaped for HTML; `{{{name}}}` and `{{&name}}`
/// are not escaped; `{{#items}}...{{/items}}` is repeated for each element, or shown if the value is true; `{{^items}}`
/// is shown if it is false; `{{.}}` is the element; `{{> header}}` is another template of the directory; `{{! }}` is a
/// comment. Empty lists and texts, `false` and `null` are false and print nothing. The delimiters cannot be changed,
/// and a template cannot include itself. Escaping (`& < > " '`) suits text between tags and attribute values in quotes.
/// It does not suit attribute values without quotes, scripts, styles, and URLs that begin with a value, such as
/// `javascript:`. Thread safety: all of it.
class Templates {
 public:
  /// `directory` is relative to the working directory. A template has its path in it as its name, "users/list.html";
  /// files and directories that begin with '.' are left out. The limits are 1 MiB for a file and 16 MiB for a template
  /// with all that it includes.
  /// Errors: SetupError that lists all faults with file and line.
  explicit Templates(const std::string& directory, TemplatesOptions options = {},
                     SourceLocation where = SourceLocation::current());

  /// A page. `model` is JSON or a described type; members have their names of the wire. Errors: `std::runtime_error` if
  /// there is no such template or, see `MissingValues`, no such value; SetupError with `TemplatesOptions::reload`.
  [[nodiscard]] HtmlResponse render(std::string_view name, const json& model) const;
  /// With a status: `pages->render("missing.html", model, 404)`.
  [[nodiscard]] HtmlResponse render(std::string_view name, const json& model, int status) const;
  /// Its text, for example for an e-mail; values are escaped for HTML in the same way.
  [[nodiscard]] std::string render_text(std::string_view name, const json& model) const;

 private:
  std::string directory_;
  TemplatesOptions options_;
  SourceLocation where_;
  std::shared_ptr<const detail::TemplateSet> templates_;  // shared by copies
};

}  // namespace serval
