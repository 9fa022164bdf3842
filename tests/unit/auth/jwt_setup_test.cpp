// SPDX-License-Identifier: MIT
// Set-ups that a `Jwt` refuses: weak keys, keys of other kinds, secrets that others know.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/auth/tokens.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::jwt_setup_test {

using auth_tests::key_pair;
using auth_tests::User;
using ::testing::HasSubstr;

std::string error_of_options(JwtOptions options) {
  return error_of([&] { const Jwt<User> jwt(std::move(options)); });
}
std::string error_of_secret(std::string_view secret, JwtAlgorithm algorithm = hs256) {
  return error_of_options({.secret = SecretKey::from_text(secret), .algorithms = {algorithm}});
}

TEST(JwtSetup, NeedsExactlyOneKey) {
  EXPECT_THAT(error_of_options({.algorithms = {hs256}}), HasSubstr("give exactly one of .secret"));
  EXPECT_THAT(error_of_options({.secret = SecretKey::random(), .jwks = "{}", .algorithms = {hs256}}),
              HasSubstr("give exactly one of .secret"));
}

TEST(JwtSetup, NeedsAListOfAlgorithms) {
  EXPECT_THAT(error_of_options({.secret = SecretKey::random()}), HasSubstr(".algorithms = {hs256}"));
}

TEST(JwtSetup, RefusesOptionsOutOfRange) {
  JwtOptions negative = auth_tests::hs256_options();
  negative.leeway = std::chrono::seconds(-1);
  EXPECT_THAT(error_of_options(std::move(negative)), HasSubstr(".leeway"));
  JwtOptions status = auth_tests::hs256_options();
  status.scope_status = 404;
  EXPECT_THAT(error_of_options(std::move(status)), HasSubstr(".scope_status is 401 or 403"));
  EXPECT_THAT(error_of_options({.jwks = "{}", .key_id = "a", .algorithms = {es256}}), HasSubstr(".key_id"));
}

TEST(JwtSetup, RefusesSecretsShorterThanTheirHash) {
  EXPECT_EQ(error_of_secret(std::string(32, 's'), hs256), "no error");
  EXPECT_THAT(error_of_secret(std::string(31, 's'), hs256), HasSubstr("31 bytes, but HS256 needs at least 32"));
  EXPECT_THAT(error_of_secret(std::string(47, 's'), hs384), HasSubstr("HS384 needs at least 48"));
  EXPECT_THAT(error_of_secret(std::string(63, 's'), hs512), HasSubstr("HS512 needs at least 64"));
  EXPECT_THAT(error_of_options({.secret = SecretKey::from_text(std::string(48, 's')), .algorithms = {hs256, hs512}}),
              HasSubstr("HS512 needs at least 64"));
}

TEST(JwtSetup, RefusesRsaKeysBelow2048Bits) {
  const auth_tests::KeyPair pair = auth_tests::make_pair(EVP_RSA_gen(1024));
  EXPECT_THAT(error_of_options({.public_key_pem = pair.public_pem, .algorithms = {rs256}}),
              HasSubstr(".public_key_pem: it has 1024 bits"));
  EXPECT_THAT(error_of_options({.private_key_pem = SecretKey::from_text(pair.private_pem), .algorithms = {ps256}}),
              HasSubstr(".private_key_pem: it has 1024 bits"));
}

/// The public key with the modulus of an RSA key and another exponent.
std::string pem_with_exponent(const std::string& pem, BN_ULONG exponent) {
  const detail::InputBio input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const detail::Pkey key(PEM_read_bio_PUBKEY(input.get(), nullptr, nullptr, nullptr));
  BIGNUM* modulus = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), "n", &modulus), 1);
  const detail::BigNumber n(modulus);
  const detail::BigNumber e(BN_new());
  BN_set_word(e.get(), exponent);
  const detail::ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), "n", n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), "e", e.get());
  const detail::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const detail::PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EXPECT_EQ(EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()), 1);
  const detail::Pkey changed(made);
  const detail::InputBio output(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(output.get(), changed.get());
  return auth_tests::text_of(output.get());
}

TEST(JwtSetup, RefusesRsaKeysWithAWeakExponent) {
  const std::string& pem = key_pair(rs256).public_pem;
  EXPECT_EQ(error_of_options({.public_key_pem = pem_with_exponent(pem, 3), .algorithms = {rs256}}), "no error");
  for (const unsigned long exponent : {1UL, 2UL, 65536UL}) {
    EXPECT_THAT(error_of_options({.public_key_pem = pem_with_exponent(pem, exponent), .algorithms = {rs256}}),
                HasSubstr(".public_key_pem: its exponent is not an odd number above 1"))
        << exponent;
  }
}

/// A private key of RSA-PSS; with a digest, only for that.
std::string pss_key(const EVP_MD* digest) {
  const detail::PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr));
  EVP_PKEY_keygen_init(context.get());
  EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048);
  if (digest != nullptr) {
    EVP_PKEY_CTX_set_rsa_pss_keygen_md(context.get(), digest);
    EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md(context.get(), digest);
  }
  EVP_PKEY* made = nullptr;
  EXPECT_EQ(EVP_PKEY_keygen(context.get(), &made), 1);
  return auth_tests::make_pair(made).private_pem;
}

TEST(JwtSetup, RefusesAlgorithmsThatAKeyOfRsaPssExcludes) {
  const auto error = [](const std::string& pem, JwtAlgorithm algorithm) {
    return error_of_options({.private_key_pem = SecretKey::from_text(pem), .algorithms = {algorithm}});
  };
  const std::string any = pss_key(nullptr);
  for (const JwtAlgorithm algorithm : {ps256, ps384, ps512}) EXPECT_EQ(error(any, algorithm), "no error");
  EXPECT_THAT(error(any, rs256), HasSubstr("the key is not for these .algorithms"));
  const std::string sha256 = pss_key(EVP_sha256());
  EXPECT_EQ(error(sha256, ps256), "no error");
  for (const JwtAlgorithm algorithm : {ps384, ps512, rs256}) {
    EXPECT_THAT(error(sha256, algorithm), HasSubstr("the key is not for these .algorithms")) << name_of(algorithm);
  }
}

TEST(JwtSetup, RefusesOtherCurvesAndKinds) {
  const auto other = auth_tests::make_pair(EVP_EC_gen("secp256k1"));
  EXPECT_THAT(error_of_options({.public_key_pem = other.public_pem, .algorithms = {es256}}), HasSubstr("its curve"));
  const auto agreement = auth_tests::make_pair(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  EXPECT_THAT(error_of_options({.public_key_pem = agreement.public_pem, .algorithms = {eddsa}}),
              HasSubstr("it is not an RSA, EC or Ed25519 key"));
  const auto large = auth_tests::make_pair(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448"));
  EXPECT_THAT(error_of_options({.public_key_pem = large.public_pem, .algorithms = {eddsa}}),
              HasSubstr("it is not an RSA, EC or Ed25519 key"));
}

TEST(JwtSetup, RefusesAlgorithmsOfOtherKeys) {
  const std::vector<std::pair<JwtAlgorithm, JwtAlgorithm>> pairs{{rs256, es256}, {es256, es384}, {es384, es512},
                                                                 {es512, es256}, {eddsa, rs256}, {rs256, hs256}};
  for (const auto& [own, other] : pairs) {
    EXPECT_THAT(error_of_options({.public_key_pem = key_pair(own).public_pem, .algorithms = {own, other}}),
                HasSubstr("the key is not for these .algorithms"))
        << name_of(own) << ' ' << name_of(other);
  }
  EXPECT_THAT(error_of_secret(auth_tests::secret_text, rs256), HasSubstr("the key is not for these .algorithms"));
}

/// The forms in which a key that others know may be given as a secret.
std::vector<std::string> forms_of(const std::string& pem) {
  const detail::InputBio input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const detail::Pkey key(PEM_read_bio_PUBKEY(input.get(), nullptr, nullptr, nullptr));
  const detail::InputBio der(BIO_new(BIO_s_mem()));
  i2d_PUBKEY_bio(der.get(), key.get());
  const std::string bytes = auth_tests::text_of(der.get());
  std::string base64 = pem.substr(pem.find('\n') + 1);
  base64.resize(base64.find("-----END"));
  std::string spaced;  // in words, as mail programs and YAML make of lines
  for (const char c : base64) spaced += c == '\n' ? std::string(" \t") : std::string(1, c);
  return {pem, bytes, base64, detail::base64url(bytes), spaced};
}

TEST(JwtSetup, RefusesAKnownKeyAsASecret) {
  for (const JwtAlgorithm algorithm : {rs256, es256, es512, eddsa}) {
    for (const std::string& form : forms_of(key_pair(algorithm).public_pem)) {
      EXPECT_THAT(error_of_secret(form), HasSubstr(".secret is a public or private key")) << name_of(algorithm) << form;
    }
    EXPECT_THAT(error_of_secret(key_pair(algorithm).private_pem), HasSubstr(".secret is a public or private key"));
  }
}

TEST(JwtSetup, RefusesAKnownKeyBehindWhiteSpace) {
  for (const std::string& form : forms_of(key_pair(rs256).public_pem)) {
    for (const std::string& padded : {" \r\n\t" + form, form + "\n\n", "\n" + form + " "}) {
      EXPECT_THAT(error_of_secret(padded), HasSubstr(".secret is a public or private key"));
    }
  }
  EXPECT_THAT(error_of_secret("\xEF\xBB\xBF" + key_pair(rs256).public_pem), HasSubstr(".secret is a public"));
  EXPECT_THAT(error_of_secret("Bag Attributes\n" + key_pair(rs256).public_pem), HasSubstr(".secret is a public"));
}

TEST(JwtSetup, RefusesOpenSshKeysAndJwksAsASecret) {
  for (const char* text :
       {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 ann@example", "\n ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann@example",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= a", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1",
        R"(command="/bin/date",no-pty ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 ann@example)",
        "# keys\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", "AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7",
        "AAAAC3NzaC1lZDI1NTE5AAAAIIkPJUBS5JgvJmdJ7uXS", "AAAAE2VjZHNhLXNoYTIt bmlzdHAyNTYAAAAIbmlzdHAyNTY=",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbm\n",
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3Nz",
        R"( {"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV"})"}) {
    EXPECT_THAT(error_of_secret(text), HasSubstr(".secret is a public or private key")) << text;
  }
}

TEST(JwtSetup, RefusesTheBytesOfAnSshKeyAsASecret) {
  EXPECT_THAT(error_of_secret(std::string("\0\0\0\x07ssh-rsa\0\0\0\x03\1\0\1\0\0\1\1", 22) + std::string(64, 'n')),
              HasSubstr(".secret is a public or private key"));
  EXPECT_EQ(error_of_secret(std::string("\0\0\0\x07", 4) + std::string(64, 'n')), "no error");
}

TEST(JwtSetup, AcceptsRandomSecretsOfAnyForm) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(error_of_options({.secret = SecretKey::random(), .algorithms = {hs256}}), "no error");
    EXPECT_EQ(error_of_secret(detail::base64url(SecretKey::random(48).reveal())), "no error");
  }
}

TEST(JwtSetup, TellsPublicFromPrivateKeys) {
  EXPECT_THAT(error_of_options({.public_key_pem = key_pair(es256).private_pem, .algorithms = {es256}}),
              HasSubstr("give it as .private_key_pem"));
  EXPECT_THAT(
      error_of_options({.private_key_pem = SecretKey::from_text(key_pair(es256).public_pem), .algorithms = {es256}}),
      HasSubstr("it is not a private key"));
  EXPECT_THAT(error_of_options({.public_key_pem = "key", .algorithms = {es256}}), HasSubstr("it is not a public key"));
}

TEST(JwtSetup, NeverAsksForThePasswordOfAKey) {
  const detail::Pkey key(EVP_EC_gen("P-256"));
  std::string password = "correct horse";
  const detail::InputBio output(BIO_new(BIO_s_mem()));
  ASSERT_EQ(PEM_write_bio_PKCS8PrivateKey(output.get(), key.get(), EVP_aes_256_cbc(), password.data(),
                                          static_cast<int>(password.size()), nullptr, nullptr),
            1);
  const std::string encrypted = auth_tests::text_of(output.get());
  const detail::InputBio input(BIO_new_mem_buf(encrypted.data(), static_cast<int>(encrypted.size())));
  ASSERT_NE(detail::Pkey(PEM_read_bio_PrivateKey(input.get(), nullptr, nullptr, password.data())), nullptr);
  // A terminal without input would end the question with an empty password; nothing is written to it at all.
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(error_of_options({.private_key_pem = SecretKey::from_text(encrypted), .algorithms = {es256}}),
              HasSubstr("without a password"));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(JwtSetup, ReadsASetFromAFile) {
  const std::string path = ::testing::TempDir() + "jwt_setup_test_keys.json";
  std::ofstream(path) << R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a",)"
                         R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";
  EXPECT_EQ(error_of_options({.jwks_file = path, .algorithms = {eddsa, rs256}}), "no error");
  EXPECT_THAT(error_of_options({.jwks_file = path, .algorithms = {rs256}}), HasSubstr("the key is not for these"));
  EXPECT_THAT(error_of_options({.jwks_file = path + ".missing", .algorithms = {eddsa}}), HasSubstr("cannot be read"));
  EXPECT_THAT(error_of_options({.jwks = R"({"keys":[]})", .algorithms = {eddsa}}), HasSubstr(".jwks: it has no key"));
}

}  // namespace serval::jwt_setup_test
