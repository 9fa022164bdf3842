// SPDX-License-Identifier: MIT
// Escapes text for a page so that it stays text: in HTML, in a script, in a security policy.
#pragma once

#include <string>
#include <string_view>

#include <serval/json/json.hpp>

namespace serval::docs_ui {

/// For element content and quoted attributes: `&`, `<`, `>` and both quotes become character references.
[[nodiscard]] std::string html_text(std::string_view text);

/// A JavaScript literal in single quotes that no `</script>` can end.
[[nodiscard]] std::string script_string(std::string_view text);

/// JSON for a script: a space after each ':' and ','; `<`, `>`, `&` and the line separators U+2028 and U+2029 escaped.
[[nodiscard]] std::string script_json(const json& value);

/// The source expression that allows only a URL (CSP Level 3 section 2.3.1): scheme, host and path of an
/// absolute one; `'self'` for a relative one.
[[nodiscard]] std::string policy_source(std::string_view url);
/// The same for all paths of the URL's server; for an authority with variables in braces, for all servers of that
/// scheme.
[[nodiscard]] std::string policy_origin(std::string_view url);

}  // namespace serval::docs_ui
