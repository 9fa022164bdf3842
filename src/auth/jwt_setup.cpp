// SPDX-License-Identifier: MIT
#include "auth/jwt_setup.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/base/error.hpp>

#include "auth/key_reader.hpp"

namespace serval::detail {

namespace {

[[noreturn]] void refuse_options(const std::string& message) { throw SetupError("Jwt: " + message, {}); }

[[nodiscard]] int number_of_sources(const JwtOptions& options) {
  return static_cast<int>(!options.secret.empty()) + static_cast<int>(!options.public_key_pem.empty()) +
         static_cast<int>(!options.private_key_pem.empty()) + static_cast<int>(!options.jwks.empty()) +
         static_cast<int>(!options.jwks_file.empty());
}

[[nodiscard]] bool is_set(const JwtOptions& options) { return !options.jwks.empty() || !options.jwks_file.empty(); }

void check_options(const JwtOptions& options) {
  if (number_of_sources(options) != 1) {
    refuse_options(
        "give exactly one of .secret, .public_key_pem, .private_key_pem, .jwks and .jwks_file; a secret that was moved "
        "or read from an empty text counts as none");
  }
  if (options.algorithms.empty()) {
    refuse_options("list the algorithms that tokens may use: .algorithms = {hs256}, or {rs256, es256} for public keys");
  }
  if (options.leeway < std::chrono::seconds(0)) refuse_options(".leeway must not be negative");
  if (options.scope_status != 401 && options.scope_status != 403) refuse_options(".scope_status is 401 or 403");
  if (is_set(options) && !options.key_id.empty())
    refuse_options(".key_id is for one key; the keys of a set have their own");
}

void check_secret(const JwtOptions& options) {
  const std::string_view secret = options.secret.reveal();
  if (looks_like_key(secret)) {
    refuse_options(
        ".secret is a public or private key, and others may know it; give it as .public_key_pem or .private_key_pem, "
        "and as .secret random bytes");
  }
  for (const JwtAlgorithm algorithm : options.algorithms) {
    const AlgorithmInfo& info = info_of(algorithm);
    if (info.key == KeyKind::secret && secret.size() < info.hash_bytes) {
      refuse_options(".secret has " + std::to_string(secret.size()) + " bytes, but " + std::string(info.name) +
                     " needs at least " + std::to_string(info.hash_bytes) + " random bytes (RFC 7518 section 3.2)");
    }
  }
}

[[nodiscard]] std::string text_of(const std::filesystem::path& file) {
  // One byte more than is allowed, so that KeySet finds out.
  std::string text(KeySet::max_bytes + 1, '\0');
  std::FILE* const input = std::fopen(file.c_str(), "rb");
  const std::size_t size = input != nullptr ? std::fread(text.data(), 1, text.size(), input) : 0;
  const bool is_read = input != nullptr && std::ferror(input) == 0;
  if (input != nullptr) std::fclose(input);
  if (!is_read) refuse_options("the file '" + file.string() + "' of .jwks_file cannot be read");
  text.resize(size);
  return text;
}

/// Calls `make`; its std::invalid_argument becomes a SetupError that names the option.
template <class Make>
[[nodiscard]] auto made_of(const char* option, Make make) {
  try {
    return make();
  } catch (const std::invalid_argument& fault) {
    refuse_options(std::string(option) + ": " + fault.what());
  }
}

[[nodiscard]] std::unique_ptr<JwtKey> single_key(JwtOptions& options) {
  if (!options.secret.empty()) {
    check_secret(options);
    return std::make_unique<HmacKey>(std::move(options.secret));
  }
  if (!options.private_key_pem.empty()) {
    const SecretKey pem = std::move(options.private_key_pem);
    return made_of(".private_key_pem", [&] { return read_private_key(pem.reveal()); });
  }
  return made_of(".public_key_pem", [&] { return read_public_key(options.public_key_pem); });
}

[[nodiscard]] KeySet make_keys(JwtOptions& options) {
  if (!options.jwks.empty()) return made_of(".jwks", [&] { return KeySet(options.jwks); });
  if (!options.jwks_file.empty()) {
    const std::string text = text_of(options.jwks_file);
    return made_of(".jwks_file", [&] { return KeySet(text); });
  }
  KeyEntry entry;
  entry.key = single_key(options);
  if (!options.key_id.empty()) entry.id = options.key_id;
  return KeySet(std::move(entry));
}

}  // namespace

KeySet keys_of(JwtOptions& options) {
  check_options(options);
  KeySet keys = make_keys(options);
  const auto is_usable = [&](JwtAlgorithm algorithm) { return keys.fits(algorithm); };
  const auto& listed = options.algorithms;
  // Another version of a set may have keys for the other algorithms.
  const bool are_usable = is_set(options) ? std::any_of(listed.begin(), listed.end(), is_usable)
                                          : std::all_of(listed.begin(), listed.end(), is_usable);
  if (!are_usable) {
    refuse_options(
        "the key is not for these .algorithms; list only those of the key: hs256 for a secret, rs256 or ps256 for RSA, "
        "es256 for P-256, es384 for P-384, es512 for P-521, eddsa for Ed25519");
  }
  return keys;
}

}  // namespace serval::detail
