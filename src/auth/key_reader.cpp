// SPDX-License-Identifier: MIT
#include "auth/key_reader.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "auth/base64url.hpp"

namespace serval::detail {

namespace {

InputBio input_of(std::string_view text) {
  return InputBio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Refuses to ask for a password on the terminal, which OpenSSL does by default.
int no_password(char*, int, int, void*) { return -1; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n\v\f";
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

[[nodiscard]] bool is_der_key(std::string_view bytes) {
  if (!bytes.starts_with('\x30')) return false;  // SEQUENCE
  const auto length = static_cast<long>(bytes.size());
  const unsigned char* in = bytes_of(bytes);
  if (Pkey(d2i_PUBKEY(nullptr, &in, length)) != nullptr) return true;
  in = bytes_of(bytes);
  if (Certificate(d2i_X509(nullptr, &in, length)) != nullptr) return true;
  in = bytes_of(bytes);
  if (Pkey(d2i_AutoPrivateKey(nullptr, &in, length)) != nullptr) return true;
  in = bytes_of(bytes);
  return Pkey(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &in, length)) != nullptr;
}

/// The bytes of base64 in either alphabet, in several lines or one.
[[nodiscard]] bool is_base64_of_key(std::string_view text) {
  std::string symbols;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '=') continue;
    symbols += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  std::string bytes;
  return decode_base64url(symbols, bytes) && is_der_key(bytes);
}

}  // namespace

std::unique_ptr<JwtKey> read_public_key(std::string_view pem) {
  const ErrorQueueGuard errors;
  if (pem.find("PRIVATE KEY-----") != std::string_view::npos) {
    throw std::invalid_argument("it is a private key; give it as .private_key_pem");
  }
  Pkey key(PEM_read_bio_PUBKEY(input_of(pem).get(), nullptr, &no_password, nullptr));
  if (key == nullptr) {
    const Certificate certificate(PEM_read_bio_X509(input_of(pem).get(), nullptr, &no_password, nullptr));
    if (certificate != nullptr) key.reset(X509_get_pubkey(certificate.get()));
  }
  if (key == nullptr) throw std::invalid_argument("it is not a public key as PEM: -----BEGIN PUBLIC KEY-----");
  return std::make_unique<PublicKey>(std::move(key), PublicKey::Half::only_public);
}

std::unique_ptr<JwtKey> read_private_key(std::string_view pem) {
  const ErrorQueueGuard errors;
  Pkey key(PEM_read_bio_PrivateKey(input_of(pem).get(), nullptr, &no_password, nullptr));
  if (key == nullptr) {
    throw std::invalid_argument("it is not a private key as PEM without a password: -----BEGIN PRIVATE KEY-----");
  }
  return std::make_unique<PublicKey>(std::move(key), PublicKey::Half::both);
}

bool looks_like_key(std::string_view secret) {
  const ErrorQueueGuard errors;
  if (is_der_key(secret)) return true;
  const std::string_view text = trimmed(secret);
  constexpr std::array<std::string_view, 6> openssh{"ssh-rsa ",    "ssh-ed25519 ", "ssh-dss ",
                                                    "ecdsa-sha2-", "sk-ssh-",      "sk-ecdsa-"};
  if (std::any_of(openssh.begin(), openssh.end(), [&](std::string_view start) { return text.starts_with(start); })) {
    return true;
  }
  // Also "---- BEGIN SSH2 PUBLIC KEY ----" (RFC 4716), and PEM after lines of text.
  if (text.find("-----BEGIN ") != std::string_view::npos || text.starts_with("---- BEGIN ")) return true;
  if (text.starts_with('{') && text.find("\"kty\"") != std::string_view::npos) return true;
  return is_der_key(text) || is_base64_of_key(text);
}

}  // namespace serval::detail
