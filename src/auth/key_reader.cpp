// SPDX-License-Identifier: MIT
#include "auth/key_reader.hpp"

#include <openssl/crypto.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/base64.hpp"

namespace serval::detail {

namespace {

InputBio input_of(std::string_view text) {
  return InputBio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Refuses to ask for a password on the terminal, which OpenSSL does by default.
int no_password(char*, int, int, void*) { return -1; }

constexpr std::string_view spaces = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) {
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

/// The names of OpenSSH's key types, or how they begin.
constexpr std::array<std::string_view, 6> ssh_types{"ssh-rsa",     "ssh-ed25519", "ssh-dss",
                                                    "ecdsa-sha2-", "sk-ssh-",     "sk-ecdsa-"};

/// Whether the bytes are those of a public key of SSH (RFC 4253 section 6.6): they begin with the length of its type.
[[nodiscard]] bool is_ssh_key(std::string_view bytes) {
  if (bytes.size() < 4 || !bytes.starts_with(std::string_view("\0\0\0", 3))) return false;
  const std::string_view type = bytes.substr(4, static_cast<unsigned char>(bytes[3]));
  return std::any_of(ssh_types.begin(), ssh_types.end(), [&](std::string_view each) { return type.starts_with(each); });
}

/// Whether there is a type of SSH in a line, also after the options of an authorized_keys file.
[[nodiscard]] bool has_ssh_type(std::string_view text) {
  return std::any_of(ssh_types.begin(), ssh_types.end(), [&](std::string_view type) {
    for (std::size_t at = text.find(type); at != std::string_view::npos; at = text.find(type, at + 1)) {
      if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n') return true;
    }
    return false;
  });
}

/// A copy of a secret, which is overwritten.
struct SecretCopy {
  explicit SecretCopy(std::size_t capacity) { text.reserve(capacity); }
  ~SecretCopy() {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
  }
  SecretCopy(const SecretCopy&) = delete;
  SecretCopy& operator=(const SecretCopy&) = delete;
  std::string text;
};

/// Whether a text is base64 of a key, in either alphabet, with white space anywhere.
[[nodiscard]] bool is_base64_of_key(std::string_view text) {
  SecretCopy symbols(text.size());
  for (const char c : text) {
    if (spaces.find(c) == std::string_view::npos && c != '=') symbols.text += c;
  }
  SecretCopy bytes(text.size() + 3);  // it must not be allocated anew
  return decode_base64(symbols.text, bytes.text).empty() && (is_der_key(bytes.text) || is_ssh_key(bytes.text));
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
  if (is_der_key(secret) || is_ssh_key(secret)) return true;
  const std::string_view text = trimmed(secret);
  if (has_ssh_type(text)) return true;
  // Also "---- BEGIN SSH2 PUBLIC KEY ----" (RFC 4716), and PEM after lines of text.
  if (text.find("-----BEGIN ") != std::string_view::npos || text.starts_with("---- BEGIN ")) return true;
  if (text.starts_with('{') && text.find("\"kty\"") != std::string_view::npos) return true;
  return is_der_key(text) || is_base64_of_key(text);
}

}  // namespace serval::detail
