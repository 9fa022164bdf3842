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

TEST(JwtSetup, RefusesOtherCurvesAndKinds) {
  const auto other = auth_tests::make_pair(EVP_EC_gen("secp256k1"));
  EXPECT_THAT(error_of_options({.public_key_pem = other.public_pem, .algorithms = {es256}}), HasSubstr("its curve"));
  const auto agreement = auth_tests::make_pair(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  EXPECT_THAT(error_of_options({.public_key_pem = agreement.public_pem, .algorithms = {eddsa}}),
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
  return {pem, bytes, base64, detail::base64url(bytes)};
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
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbm\n",
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3Nz",
        R"( {"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV"})"}) {
    EXPECT_THAT(error_of_secret(text), HasSubstr(".secret is a public or private key")) << text;
  }
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
  const std::string encrypted =
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
      "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg9nM8mCvcTwgICCAAw\n"
      "-----END ENCRYPTED PRIVATE KEY-----\n";
  EXPECT_THAT(error_of_options({.private_key_pem = SecretKey::from_text(encrypted), .algorithms = {es256}}),
              HasSubstr("without a password"));
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
