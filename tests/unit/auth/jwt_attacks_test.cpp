// SPDX-License-Identifier: MIT
// Tokens of attackers.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/auth/tokens.hpp"

namespace serval::jwt_attacks_test {

using auth_tests::hmac_token;
using auth_tests::hs256_header;
using auth_tests::hs256_options;
using auth_tests::key_pair;
using auth_tests::options_of;
using auth_tests::refusal_of;
using auth_tests::User;
using detail::base64url;

constexpr std::string_view claims = R"({"sub":"ann","exp":1800000060})";

std::string unsigned_token(std::string_view header, std::string_view signature = {}) {
  return base64url(header) + '.' + base64url(claims) + '.' + std::string(signature);
}
/// A token signed by a private key.
std::string signed_token(std::string_view header, JwtAlgorithm algorithm, const std::string& private_pem) {
  const std::string token = base64url(header) + '.' + base64url(claims);
  return token + '.' + base64url(detail::read_private_key(private_pem)->sign(algorithm, token));
}
/// Replaces the decoded signature of a token.
template <class Change>
std::string with_signature(const std::string& token, Change change) {
  const std::size_t dot = token.rfind('.');
  std::string signature;
  EXPECT_TRUE(detail::decode_base64url(token.substr(dot + 1), signature));
  change(signature);
  return token.substr(0, dot + 1) + base64url(signature);
}

TEST(JwtAttack, NoAlgorithm) {
  const Jwt<User> jwt(hs256_options());
  for (const char* name : {"none", "None", "NONE", "nOnE", "", "HS0", "hs256", "HS256 "}) {
    const std::string header = R"({"alg":")" + std::string(name) + R"("})";
    EXPECT_EQ(refusal_of(jwt, unsigned_token(header)), "the algorithm of the token is not in the list") << name;
    EXPECT_EQ(refusal_of(jwt, unsigned_token(header, "AAAA")), "the algorithm of the token is not in the list") << name;
  }
}

TEST(JwtAttack, NoSignature) {
  for (const JwtAlgorithm algorithm : {hs256, rs256, ps256, es256, es512, eddsa}) {
    const std::string header = R"({"alg":")" + std::string(name_of(algorithm)) + R"("})";
    EXPECT_EQ(refusal_of(Jwt<User>(options_of(algorithm)), unsigned_token(header)),
              "the signature of the token is not valid")
        << name_of(algorithm);
  }
}

TEST(JwtAttack, ThePublicKeyAsSecret) {
  const std::string& pem = key_pair(rs256).public_pem;
  const std::string token = hmac_token(hs256_header, claims, hs256, pem);
  const Jwt<User> jwt({.public_key_pem = pem, .algorithms = {rs256, rs384, ps256}, .clock = &auth_tests::test_clock});
  EXPECT_EQ(refusal_of(jwt, token), "the algorithm of the token is not in the list");
  // Even a verifier that lists both, for the keys of a set, has no secret.
  const Jwt<User> set({.jwks = R"({"keys":[{"kty":"OKP","crv":"Ed25519",)"
                               R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})",
                       .algorithms = {eddsa, hs256},
                       .clock = &auth_tests::test_clock});
  EXPECT_EQ(refusal_of(set, token), "no key is for this token");
}

TEST(JwtAttack, AnotherAlgorithmOfTheSameKey) {
  const Jwt<User> jwt(
      {.public_key_pem = key_pair(rs256).public_pem, .algorithms = {rs256}, .clock = &auth_tests::test_clock});
  const std::string& pem = key_pair(rs256).private_pem;
  EXPECT_EQ(refusal_of(jwt, signed_token(R"({"alg":"RS256"})", rs256, pem)), "accepted");
  EXPECT_EQ(refusal_of(jwt, signed_token(R"({"alg":"PS256"})", ps256, pem)),
            "the algorithm of the token is not in the list");
  EXPECT_EQ(refusal_of(jwt, signed_token(R"({"alg":"RS256"})", ps256, pem)), "the signature of the token is not valid");
  EXPECT_EQ(refusal_of(jwt, signed_token(R"({"alg":"RS256"})", rs512, pem)), "the signature of the token is not valid");
}

TEST(JwtAttack, TheKeyInTheToken) {
  // The key that signs the token, and its public half as a JWK.
  EVP_PKEY* const made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  std::string point(32, '\0');
  std::size_t size = point.size();
  ASSERT_EQ(EVP_PKEY_get_raw_public_key(made, reinterpret_cast<unsigned char*>(point.data()), &size), 1);
  const auth_tests::KeyPair own = auth_tests::make_pair(made);
  const std::string own_jwk = R"({"kty":"OKP","crv":"Ed25519","x":")" + base64url(point) + R"("})";
  const Jwt<User> of_attacker(
      {.jwks = R"({"keys":[)" + own_jwk + "]}", .algorithms = {eddsa}, .clock = &auth_tests::test_clock});
  const Jwt<User> jwt(
      {.public_key_pem = key_pair(eddsa).public_pem, .algorithms = {eddsa}, .clock = &auth_tests::test_clock});
  for (const std::string& member :
       {R"("jwk":)" + own_jwk, std::string(R"("jku":"https://evil.example/keys")"),
        std::string(R"("x5u":"https://evil.example/cert")"), std::string(R"("x5c":["MIIB"])")}) {
    const std::string header = R"({"alg":"EdDSA",)" + member + '}';
    EXPECT_EQ(refusal_of(of_attacker, signed_token(header, eddsa, own.private_pem)), "accepted");  // it is a key
    EXPECT_EQ(refusal_of(jwt, signed_token(header, eddsa, own.private_pem)), "the signature of the token is not valid");
    EXPECT_EQ(refusal_of(jwt, signed_token(header, eddsa, key_pair(eddsa).private_pem)), "accepted");  // ignored
  }
}

TEST(JwtAttack, AKeyIdThatLeavesItsFolder) {
  JwtOptions options = hs256_options();
  options.key_id = "k1";
  const Jwt<User> jwt(std::move(options));
  for (const char* id : {"../../dev/null", "k1' OR '1'='1", "k2", ""}) {
    const std::string header = R"({"alg":"HS256","kid":")" + std::string(id) + R"("})";
    EXPECT_EQ(refusal_of(jwt, hmac_token(header, claims)), "no key is for this token") << id;
  }
  EXPECT_EQ(refusal_of(jwt, hmac_token(R"({"alg":"HS256","kid":"k1"})", claims)), "accepted");
}

TEST(JwtAttack, AnUnknownExtension) {
  const Jwt<User> jwt(hs256_options());
  EXPECT_EQ(refusal_of(jwt, hmac_token(R"({"alg":"HS256","crit":["exp"],"exp":1})", claims)),
            "the header of the token has crit");
  EXPECT_EQ(refusal_of(jwt, hmac_token(R"({"alg":"HS256","crit":[]})", claims)), "the header of the token has crit");
}

TEST(JwtAttack, AHugeHeader) {
  const Jwt<User> jwt(hs256_options());
  const std::string padded = R"({"alg":"HS256","x":")" + std::string(5900, 'x') + R"("})";
  EXPECT_EQ(refusal_of(jwt, hmac_token(padded, claims)), "accepted");
  EXPECT_EQ(refusal_of(jwt, hmac_token(padded + std::string(300, ' '), claims)), "the token is too long");
  EXPECT_EQ(refusal_of(jwt, std::string(50'000'000, '.')), "the token is too long");
}

TEST(JwtAttack, RepeatedMembers) {
  const Jwt<User> jwt(hs256_options());
  EXPECT_EQ(refusal_of(jwt, hmac_token(R"({"alg":"none","alg":"HS256"})", claims)),
            "the header of the token is not an object with different members");
  for (const char* repeated :
       {R"({"sub":"ann","exp":1800000060,"sub":"root"})", R"({"sub":"ann","exp":1,"exp":1800000060})",
        R"({"sub":"ann","exp":1800000060,"\u0073ub":"root"})"}) {
    EXPECT_EQ(refusal_of(jwt, hmac_token(hs256_header, repeated)),
              "the claims are not an object with different members");
  }
}

TEST(JwtAttack, ClaimsThatAreNoObject) {
  const Jwt<json> jwt(hs256_options());
  for (const char* payload : {"", "null", "[]", "1", R"("{}")", "{", R"({"exp":1800000060}x)", R"({"exp":NaN})",
                              R"({"exp":Infinity})", "\xFF"}) {
    EXPECT_EQ(refusal_of(jwt, hmac_token(hs256_header, payload)), "the claims are not an object with different members")
        << payload;
  }
}

TEST(JwtAttack, OtherClaims) {
  const Jwt<User> jwt(hs256_options());
  const std::string token = hmac_token(hs256_header, claims);
  const std::size_t first = token.find('.');
  const std::string changed =
      token.substr(0, first + 1) + base64url(R"({"sub":"root","exp":1800000060})") + token.substr(token.rfind('.'));
  EXPECT_EQ(refusal_of(jwt, changed), "the signature of the token is not valid");
}

TEST(JwtAttack, EachBitOfASignature) {
  const Jwt<User> jwt(hs256_options());
  const std::string token = hmac_token(hs256_header, claims);
  for (std::size_t bit = 0; bit < 32 * 8; ++bit) {
    const std::string changed = with_signature(
        token, [&](std::string& bytes) { bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8); });
    ASSERT_EQ(refusal_of(jwt, changed), "the signature of the token is not valid") << bit;
  }
}

TEST(JwtAttack, TruncatedAndLongerSignatures) {
  for (const JwtAlgorithm algorithm : {hs256, hs512, rs256, ps256, es256, es384, es512, eddsa}) {
    const Jwt<User> jwt(options_of(algorithm));
    const std::string token = jwt.issue({.sub = "ann"});
    for (const std::size_t size : {std::size_t{1}, std::size_t{16}, std::size_t{31}}) {
      EXPECT_EQ(refusal_of(jwt, with_signature(token, [&](std::string& bytes) { bytes.resize(size); })),
                "the signature of the token is not valid")
          << name_of(algorithm) << size;
    }
    EXPECT_EQ(refusal_of(jwt, with_signature(token, [](std::string& bytes) { bytes.pop_back(); })),
              "the signature of the token is not valid");
    EXPECT_EQ(refusal_of(jwt, with_signature(token, [](std::string& bytes) { bytes += '\0'; })),
              "the signature of the token is not valid");
  }
}

TEST(JwtAttack, ASignatureOfZeros) {
  // CVE-2022-21449: r = s = 0 must not be a signature of everything.
  for (const JwtAlgorithm algorithm : {es256, es384, es512}) {
    const Jwt<User> jwt(options_of(algorithm));
    const std::string token =
        with_signature(jwt.issue({.sub = "ann"}), [](std::string& bytes) { bytes.assign(bytes.size(), '\0'); });
    EXPECT_EQ(refusal_of(jwt, token), "the signature of the token is not valid") << name_of(algorithm);
  }
}

TEST(JwtAttack, AnEcdsaSignatureAsDer) {
  const Jwt<User> jwt(options_of(es256));
  const std::string token = with_signature(jwt.issue({.sub = "ann"}), [](std::string& bytes) {
    const auto* const data = detail::bytes_of(bytes);
    const detail::EcdsaSignature pair(ECDSA_SIG_new());
    ECDSA_SIG_set0(pair.get(), BN_bin2bn(data, 32, nullptr), BN_bin2bn(data + 32, 32, nullptr));
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &out);
    bytes.assign(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
    OPENSSL_free(out);
  });
  EXPECT_EQ(refusal_of(jwt, token), "the signature of the token is not valid");
}

TEST(JwtAttack, ASaltOfAnotherLength) {
  // RFC 7518 section 3.5: the salt of PSS is as long as the hash.
  const std::string text = base64url(R"({"alg":"PS256"})") + '.' + base64url(claims);
  const std::string& pem = key_pair(rs256).private_pem;
  const detail::InputBio input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const detail::Pkey key(PEM_read_bio_PrivateKey(input.get(), nullptr, nullptr, nullptr));
  const detail::DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, key.get());
  EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
  EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 0);
  std::string signature(256, '\0');
  std::size_t size = signature.size();
  ASSERT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           detail::bytes_of(text), text.size()),
            1);
  EXPECT_EQ(refusal_of(Jwt<User>(options_of(ps256)), text + '.' + base64url(signature)),
            "the signature of the token is not valid");
}

TEST(JwtAttack, LeavesNoErrorsInOpenSslsQueue) {
  ERR_clear_error();
  const Jwt<User> jwt(options_of(es256));
  const std::string token = with_signature(jwt.issue({.sub = "ann"}), [](std::string& bytes) { bytes[0] ^= 1; });
  EXPECT_NE(refusal_of(jwt, token), "accepted");
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace serval::jwt_attacks_test
