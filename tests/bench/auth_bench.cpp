// SPDX-License-Identifier: MIT
// Tokens: verified and read into a struct, and issued; for RS256 also the bare verification of the same signature by
// OpenSSL, in turn with the whole. `micro_bench --benchmark_filter='jwt|rs256'
// --benchmark_enable_random_interleaving=true
// --benchmark_repetitions=9` runs both in turn.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <string>

#include <serval/auth.hpp>
#include <serval/serval.hpp>

#include "auth/base64url.hpp"
#include "auth/openssl.hpp"
#include "auth/token_parser.hpp"

namespace serval {
namespace {

struct Caller {
  std::string sub;
  Default<std::string> scope{};
};

EVP_PKEY* key_of(JwtAlgorithm algorithm) {
  if (algorithm == es256) return EVP_EC_gen("P-256");
  if (algorithm == es384) return EVP_EC_gen("P-384");
  if (algorithm == eddsa) return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  return EVP_RSA_gen(2048);
}

JwtOptions options_of(EVP_PKEY* key, JwtAlgorithm algorithm) {
  JwtOptions options{.algorithms = {algorithm}, .issuer = "https://id.example", .audience = {"shop"}};
  if (algorithm == hs256) {
    options.secret = SecretKey::random();
    return options;
  }
  const detail::InputBio output(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(output.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(output.get(), &data);
  options.private_key_pem = SecretKey::from_text({data, static_cast<std::size_t>(size)});
  return options;
}

void jwt_verify(benchmark::State& state, JwtAlgorithm algorithm) {
  const detail::Pkey key(key_of(algorithm));
  const Jwt<Caller> jwt(options_of(key.get(), algorithm));
  const std::string token = jwt.issue({.sub = "ann@shop.example", .scope = "items:read items:write me"});
  for (auto _ : state) benchmark::DoNotOptimize(jwt.verify(token));
}

void jwt_issue(benchmark::State& state, JwtAlgorithm algorithm) {
  const detail::Pkey key(key_of(algorithm));
  const Jwt<Caller> jwt(options_of(key.get(), algorithm));
  const Caller caller{.sub = "ann@shop.example", .scope = "items:read items:write me"};
  for (auto _ : state) benchmark::DoNotOptimize(jwt.issue(caller));
}

/// What OpenSSL alone takes for a token like those of `jwt_verify`.
void bare_rs256_verify(benchmark::State& state) {
  const detail::Pkey key(key_of(rs256));
  const Jwt<Caller> jwt(options_of(key.get(), rs256));
  const std::string token = jwt.issue({.sub = "ann@shop.example", .scope = "items:read items:write me"});
  detail::ParsedToken parsed;
  if (!detail::parse_token(token, 8192, parsed).empty()) return state.SkipWithError("no token");
  const detail::DigestContext context(EVP_MD_CTX_new());
  for (auto _ : state) {
    EVP_MD_CTX_reset(context.get());
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    benchmark::DoNotOptimize(EVP_DigestVerify(context.get(), detail::bytes_of(parsed.signature),
                                              parsed.signature.size(), detail::bytes_of(parsed.signing_input),
                                              parsed.signing_input.size()));
  }
}

BENCHMARK_CAPTURE(jwt_verify, hs256, hs256);
BENCHMARK_CAPTURE(jwt_verify, rs256, rs256);
BENCHMARK(bare_rs256_verify);
BENCHMARK_CAPTURE(jwt_verify, es256, es256);
BENCHMARK_CAPTURE(jwt_verify, es384, es384);
BENCHMARK_CAPTURE(jwt_verify, eddsa, eddsa);
BENCHMARK_CAPTURE(jwt_issue, hs256, hs256);
BENCHMARK_CAPTURE(jwt_issue, rs256, rs256);
BENCHMARK_CAPTURE(jwt_issue, es256, es256);

}  // namespace
}  // namespace serval
