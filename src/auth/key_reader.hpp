// SPDX-License-Identifier: MIT
// Reads keys from texts.
#pragma once

#include <memory>
#include <string_view>

#include "auth/jwt_key.hpp"

namespace serval::detail {

/// A public key, or that of a certificate, as PEM. Errors: std::invalid_argument with the reason.
[[nodiscard]] std::unique_ptr<JwtKey> read_public_key(std::string_view pem);
/// A private key as PEM. Errors: std::invalid_argument with the reason.
[[nodiscard]] std::unique_ptr<JwtKey> read_private_key(std::string_view pem);

/// Whether a secret is the text or the bytes of a key that others may know: PEM, DER, the base64 of DER, an OpenSSH
/// key, a JWK; also with white space around it.
[[nodiscard]] bool looks_like_key(std::string_view secret);

}  // namespace serval::detail
