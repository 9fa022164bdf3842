// SPDX-License-Identifier: MIT
#include <serval/security/password_form.hpp>

#include <string_view>

#include "http/grammar.hpp"

namespace serval {

namespace {

std::vector<std::string> split(const std::string& scope) {
  std::vector<std::string> scopes;
  for (std::string_view rest = scope; !rest.empty();) {
    if (const std::string_view each = detail::take_element(rest, ' '); !each.empty()) scopes.emplace_back(each);
  }
  return scopes;
}

}  // namespace

std::vector<std::string> OAuth2PasswordForm::scopes() const { return split(scope); }
std::vector<std::string> OAuth2PasswordFormStrict::scopes() const { return split(scope); }

}  // namespace serval
