// SPDX-License-Identifier: MIT
#include <serval/security/password_form.hpp>

#include <sstream>

namespace serval {

namespace {

std::vector<std::string> split(const std::string& scope) {
  std::vector<std::string> scopes;
  std::istringstream words(scope);
  for (std::string word; words >> word;) scopes.push_back(word);
  return scopes;
}

}  // namespace

std::vector<std::string> OAuth2PasswordForm::scopes() const { return split(scope); }
std::vector<std::string> OAuth2PasswordFormStrict::scopes() const { return split(scope); }

}  // namespace serval
