// SPDX-License-Identifier: MIT
// Issues and verifies tokens for tests/tokens/check: reads a JSON object from each line of its input and writes a line:
// the token, the claims, or "refused: <reason>".
#include <serval/auth.hpp>
#include <serval/serval.hpp>

#include <iostream>
#include <string>

using namespace serval;

namespace {

struct Job {
  JwtAlgorithm algorithm = hs256;
  Default<std::string> secret;  // a text
  Default<std::string> public_key_pem;
  Default<std::string> private_key_pem;
  Default<std::string> jwks;
  Default<std::string> issue;   // the claims of a token to issue
  Default<std::string> verify;  // a token
};

std::string done(const Job& job) {
  const Jwt<json> jwt({.secret = SecretKey::from_text(*job.secret),
                       .public_key_pem = *job.public_key_pem,
                       .private_key_pem = SecretKey::from_text(*job.private_key_pem),
                       .jwks = *job.jwks,
                       .algorithms = {job.algorithm}});
  if (!job.issue->empty()) return jwt.issue(schema::parse_json(*job.issue));
  try {
    return schema::to_text(jwt.verify(*job.verify));
  } catch (const InvalidToken& refusal) {
    return "refused: " + refusal.reason();
  }
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << done(decode_json<Job>(line)) << std::endl;
}
