// SPDX-License-Identifier: MIT
#include <openssl/core_names.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "auth/base64url.hpp"
#include "auth/key_set.hpp"

namespace serval::detail {

namespace {

/// A member that is a text. Errors: std::invalid_argument if it is another type.
[[nodiscard]] std::optional<std::string> text_member(const json& jwk, const char* name) {
  const auto member = jwk.find(name);
  if (member == jwk.end()) return std::nullopt;
  if (!member->is_string()) throw std::invalid_argument(std::string(name) + " is not a text");
  return member->get<std::string>();
}

[[nodiscard]] std::string bytes_member(const json& jwk, const char* name) {
  const auto text = text_member(jwk, name);
  std::string bytes;
  if (!text || !decode_base64url(*text, bytes) || bytes.empty()) {
    throw std::invalid_argument(std::string(name) + " is not base64url");
  }
  return bytes;
}

[[nodiscard]] BigNumber number_member(const json& jwk, const char* name) {
  const std::string bytes = bytes_member(jwk, name);
  return BigNumber(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

/// Makes a public key of the parameters of its kind.
[[nodiscard]] Pkey make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  if (params == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    throw std::invalid_argument("it is not a valid key");
  }
  return Pkey(made);
}

[[nodiscard]] Pkey rsa_key(const json& jwk) {
  const BigNumber modulus = number_member(jwk, "n");
  const BigNumber exponent = number_member(jwk, "e");
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    throw std::invalid_argument("it is not a valid key");
  }
  return make_key("RSA", builder.get());
}

struct Curve {
  std::string_view name;
  std::size_t bytes;
};

[[nodiscard]] std::optional<Pkey> ec_key(const json& jwk) {
  static constexpr std::array<Curve, 3> curves{{{"P-256", 32}, {"P-384", 48}, {"P-521", 66}}};
  const auto name = text_member(jwk, "crv");
  const auto* const curve =
      std::find_if(curves.begin(), curves.end(), [&](const Curve& each) { return name == each.name; });
  if (curve == curves.end()) return std::nullopt;
  const std::string x = bytes_member(jwk, "x");
  const std::string y = bytes_member(jwk, "y");
  if (x.size() != curve->bytes || y.size() != curve->bytes) {
    throw std::invalid_argument("x or y does not have the length of its curve");
  }
  const std::string point = '\x04' + x + y;  // the uncompressed form of SEC 1 section 2.3.3
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, name->c_str(), 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) {
    throw std::invalid_argument("it is not a valid key");
  }
  Pkey key = make_key("EC", builder.get());
  const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (context == nullptr || EVP_PKEY_public_check(context.get()) != 1) {
    throw std::invalid_argument("its point is not on its curve");
  }
  return key;
}

[[nodiscard]] std::optional<Pkey> edwards_key(const json& jwk) {
  const auto name = text_member(jwk, "crv");
  if (name != "Ed25519") return std::nullopt;  // X25519 does not sign; Ed448 is slow and rare
  const std::string point = bytes_member(jwk, "x");
  Pkey key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(point), point.size()));
  if (key == nullptr) throw std::invalid_argument("x does not have the length of its curve");
  return key;
}

/// Whether the key may verify signatures (RFC 7517 sections 4.2 and 4.3).
[[nodiscard]] bool is_for_signatures(const json& jwk) {
  const auto use = text_member(jwk, "use");
  if (use && *use != "sig") return false;
  const auto operations = jwk.find("key_ops");
  if (operations == jwk.end()) return true;
  if (!operations->is_array()) throw std::invalid_argument("key_ops is not a list");
  return std::any_of(operations->begin(), operations->end(), [](const json& each) { return each == json("verify"); });
}

}  // namespace

std::optional<KeyEntry> read_jwk(const json& jwk) {
  const ErrorQueueGuard errors;
  if (!jwk.is_object()) throw std::invalid_argument("it is not an object");
  if (!is_for_signatures(jwk)) return std::nullopt;
  const auto type = text_member(jwk, "kty");
  KeyEntry entry{.key = nullptr, .id = text_member(jwk, "kid"), .algorithm = std::nullopt};
  if (const auto algorithm = text_member(jwk, "alg")) {
    entry.algorithm = algorithm_named(*algorithm);
    if (!entry.algorithm) return std::nullopt;
  }
  std::optional<Pkey> key;
  if (type == "RSA") key = rsa_key(jwk);
  if (type == "EC") key = ec_key(jwk);
  if (type == "OKP") key = edwards_key(jwk);
  if (!key) return std::nullopt;
  entry.key = std::make_unique<PublicKey>(*std::move(key), PublicKey::Half::only_public);
  return entry;
}

}  // namespace serval::detail
