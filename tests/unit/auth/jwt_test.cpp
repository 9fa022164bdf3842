// SPDX-License-Identifier: MIT
#include <serval/auth/jwt.hpp>

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/task.hpp>

#include "auth/token_parser.hpp"
#include "tests/unit/auth/tokens.hpp"

namespace serval::jwt_test {

using auth_tests::hmac_token;
using auth_tests::hs256_header;
using auth_tests::hs256_options;
using auth_tests::options_of;
using auth_tests::refusal_of;
using auth_tests::User;

constexpr std::int64_t now_seconds = 1'800'000'000;
const std::vector<JwtAlgorithm> all{hs256, hs384, hs512, rs256, rs384, rs512, ps256,
                                    ps384, ps512, es256, es384, es512, eddsa};

/// The claims of a token that was issued, without checks.
json claims_of(const std::string& token) {
  detail::ParsedToken parsed;
  EXPECT_EQ(detail::parse_token(token, 8192, parsed), "");
  return schema::parse_json(parsed.payload);
}
std::string token_with(const json& claims) { return hmac_token(hs256_header, schema::to_text(claims)); }

TEST(Jwt, ReadsWhatItIssuesWithEachAlgorithm) {
  for (const JwtAlgorithm algorithm : all) {
    const Jwt<User> jwt(options_of(algorithm));
    const std::string token = jwt.issue({.sub = "ann", .scope = "a b"});
    EXPECT_EQ(jwt.verify(token).sub, "ann") << name_of(algorithm);
    EXPECT_EQ(jwt.verify(token).scope, "a b") << name_of(algorithm);
  }
}

TEST(Jwt, ReadsByThePublicKeyWhatThePrivateKeyIssued) {
  for (const JwtAlgorithm algorithm : {rs256, ps384, es256, es384, es512, eddsa}) {
    const Jwt<User> issuer(options_of(algorithm));
    const Jwt<User> reader({.public_key_pem = auth_tests::key_pair(algorithm).public_pem,
                            .algorithms = {algorithm},
                            .clock = &auth_tests::test_clock});
    EXPECT_EQ(reader.verify(issuer.issue({.sub = "ann"})).sub, "ann") << name_of(algorithm);
    EXPECT_THROW((void)reader.issue({.sub = "ann"}), std::logic_error);
  }
}

TEST(Jwt, IssuesAndReadsInCoroutines) {
  for (const JwtAlgorithm algorithm : {hs256, rs256, es384, es512, eddsa}) {
    const Jwt<User> jwt(options_of(algorithm));
    const User ann{.sub = "ann"};
    const std::string token = wait(jwt.issue_async(ann));
    EXPECT_EQ(wait(jwt.verify_async(token)).sub, "ann") << name_of(algorithm);
    EXPECT_THROW((void)wait(jwt.verify_async(token + "A")), InvalidToken) << name_of(algorithm);
  }
}

/// Whether an event loop can do something else while it awaits a task.
template <class T>
bool leaves_the_loop_free(Task<T> task) {
  boost::asio::io_context context;
  bool is_done = false;
  bool was_done = false;
  const auto await_it = [&]() -> Task<> {
    (void)co_await std::move(task);
    is_done = true;
  };
  boost::asio::co_spawn(context, await_it, boost::asio::detached);
  boost::asio::post(context, [&] { was_done = is_done; });  // runs after the first step of the coroutine
  context.run();
  return is_done && !was_done;
}

TEST(Jwt, ComputesSlowAlgorithmsOnAPool) {
  const User ann{.sub = "ann"};
  for (const JwtAlgorithm algorithm : {hs256, rs256, ps256, es256, es384, es512, eddsa}) {
    const Jwt<User> jwt(options_of(algorithm));
    const bool is_slow = algorithm == es384 || algorithm == es512;
    const bool signs_slowly = is_slow || algorithm == rs256 || algorithm == ps256;
    EXPECT_EQ(leaves_the_loop_free(jwt.verify_async(jwt.issue(ann))), is_slow) << name_of(algorithm);
    EXPECT_EQ(leaves_the_loop_free(jwt.issue_async(ann)), signs_slowly) << name_of(algorithm);
  }
}

TEST(Jwt, IssuesTheRegisteredClaims) {
  JwtOptions options = hs256_options();
  options.issuer = "https://id.example";
  options.audience = {"shop"};
  const Jwt<User> jwt(std::move(options));
  const json claims = claims_of(jwt.issue({.sub = "ann"}, {.lifetime = std::chrono::minutes(5), .id = "t1"}));
  EXPECT_EQ(claims, json::parse(R"({"sub":"ann","scope":"","iss":"https://id.example","aud":"shop",
                                    "iat":1800000000,"exp":1800000300,"jti":"t1"})"));
}

TEST(Jwt, IssuesARandomIdEachTime) {
  const Jwt<User> jwt(hs256_options());
  const json first = claims_of(jwt.issue({.sub = "ann"}));
  EXPECT_EQ(first["jti"].get<std::string>().size(), 22U);
  EXPECT_EQ(first["exp"].get<std::int64_t>() - first["iat"].get<std::int64_t>(), 15 * 60);
  EXPECT_NE(first["jti"], claims_of(jwt.issue({.sub = "ann"}))["jti"]);
}

struct Loose {
  std::optional<std::string> sub{};
  std::optional<std::string> name{};
  std::string iss{};
  std::int64_t exp = 0;
};

TEST(Jwt, ReplacesItsOwnClaimsAndLeavesEmptyOnesOut) {
  JwtOptions options = hs256_options();
  options.audience = {"a", "b"};
  const json claims = claims_of(Jwt<Loose>(std::move(options)).issue({.sub = "ann", .iss = "own", .exp = 1}));
  EXPECT_FALSE(claims.contains("name"));
  EXPECT_EQ(claims["iss"], "own");  // no .issuer
  EXPECT_EQ(claims["exp"], now_seconds + 15 * 60);
  EXPECT_EQ(claims["aud"], json::parse(R"(["a","b"])"));
}

TEST(Jwt, RefusesToIssueWhatIsNoToken) {
  EXPECT_THROW((void)Jwt<User>(hs256_options()).issue({}, {.lifetime = std::chrono::seconds(-1)}), std::logic_error);
  EXPECT_THROW((void)Jwt<std::string>(hs256_options()).issue("ann"), std::logic_error);
}

TEST(Jwt, RefusesToIssueBeyondTheYear9999) {
  const Jwt<User> jwt(hs256_options());
  const std::chrono::seconds longest(253402300799 - now_seconds);
  EXPECT_EQ(refusal_of(jwt, jwt.issue({.sub = "ann"}, {.lifetime = longest})), "accepted");
  for (const std::chrono::seconds lifetime : {longest + std::chrono::seconds(1), std::chrono::seconds::max()}) {
    EXPECT_THROW((void)jwt.issue({.sub = "ann"}, {.lifetime = lifetime}), std::logic_error);
  }
}

/// Whether a call in a coroutine compiles. g++ 12 destroys temporary aggregates in it twice.
template <class Claims, class... Arguments>
concept Issues = requires(const Jwt<Claims>& jwt, Arguments&&... arguments) {
  jwt.issue_async(std::forward<Arguments>(arguments)...);
};
template <class... Arguments>
concept Verifies = requires(const Jwt<User>& jwt, std::string token, Arguments&&... arguments) {
  jwt.verify_async(std::move(token), std::forward<Arguments>(arguments)...);
};
static_assert(Issues<User, const User&> && Issues<User, const User&, const JwtIssueOptions&>);
static_assert(!Issues<User, User> && !Issues<User, User, const JwtIssueOptions&>);
static_assert(!Issues<User, const User&, JwtIssueOptions> && !Issues<User, User, JwtIssueOptions>);
static_assert(Issues<std::string, std::string> && Issues<std::string, std::string, const JwtIssueOptions&>);
static_assert(Verifies<> && Verifies<const SecurityScopes&> && !Verifies<SecurityScopes>);

TEST(Jwt, StandsItsKeyIdAndTypeInTheHeader) {
  JwtOptions options = hs256_options();
  options.key_id = "k1";
  options.type = "at+jwt";
  const Jwt<User> jwt(std::move(options));
  const std::string token = jwt.issue({.sub = "ann"});
  EXPECT_EQ(token.substr(0, token.find('.')), detail::base64url(R"({"alg":"HS256","typ":"at+jwt","kid":"k1"})"));
  EXPECT_EQ(jwt.verify(token).sub, "ann");
}

TEST(Jwt, ExpiresAfterTheLeeway) {
  const Jwt<User> jwt(hs256_options());
  const auto refusal = [&](const json& exp) { return refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", exp}})); };
  EXPECT_EQ(refusal(now_seconds - 9), "accepted");
  EXPECT_EQ(refusal(now_seconds - 10), "the token has expired");
  EXPECT_EQ(refusal(now_seconds - 9.5), "accepted");
  JwtOptions strict = hs256_options();
  strict.leeway = std::chrono::seconds(0);
  EXPECT_EQ(refusal_of(Jwt<User>(std::move(strict)), token_with({{"sub", "ann"}, {"exp", now_seconds}})),
            "the token has expired");
}

TEST(Jwt, IsNotValidBeforeItsTime) {
  const Jwt<User> jwt(hs256_options());
  const auto refusal = [&](const char* name, std::int64_t time) {
    return refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", now_seconds + 60}, {name, time}}));
  };
  EXPECT_EQ(refusal("nbf", now_seconds + 10), "accepted");
  EXPECT_EQ(refusal("nbf", now_seconds + 11), "the token is not valid yet");
  EXPECT_EQ(refusal("iat", now_seconds + 10), "accepted");
  EXPECT_EQ(refusal("iat", now_seconds + 11), "the token was issued in the future");
}

TEST(Jwt, RefusesTimesThatAreNoTimes) {
  const Jwt<User> jwt(hs256_options());
  for (const char* time :
       {"\"1900000000\"", "null", "true", "[1900000000]", "-1", "253402300800", "1e300", "99999999999999999999999"}) {
    for (const std::string name : {"exp", "nbf", "iat"}) {
      if (name == "exp" && time == std::string_view("null")) continue;  // as if it were missing
      const std::string claims = R"({"sub":"ann",)" + (name == "exp" ? "" : std::string(R"("exp":1900000000,)")) + '"' +
                                 name + "\":" + time + '}';
      EXPECT_EQ(refusal_of(jwt, hmac_token(hs256_header, claims)),
                "a time of the token is not a number of seconds up to the year 9999")
          << claims;
    }
  }
}

TEST(Jwt, RequiresExpUnlessToldOtherwise) {
  EXPECT_EQ(refusal_of(Jwt<User>(hs256_options()), token_with({{"sub", "ann"}})), "the token lacks a required claim");
  JwtOptions options = hs256_options();
  options.require = {"jti"};
  const Jwt<User> jwt(std::move(options));
  const json exp = now_seconds + 60;
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"jti", "1"}})), "the token lacks a required claim");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", exp}})), "the token lacks a required claim");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", exp}, {"jti", "1"}})), "accepted");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", exp}, {"jti", nullptr}})),
            "the token lacks a required claim");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", nullptr}, {"jti", "1"}})),
            "the token lacks a required claim");
  JwtOptions endless = hs256_options();
  endless.accepts_without_expiry = true;
  const Jwt<User> any(std::move(endless));
  EXPECT_EQ(refusal_of(any, token_with({{"sub", "ann"}})), "accepted");
  EXPECT_EQ(refusal_of(any, token_with({{"sub", "ann"}, {"exp", now_seconds - 10}})), "the token has expired");
}

TEST(Jwt, ChecksTheIssuerExactly) {
  JwtOptions options = hs256_options();
  options.issuer = "https://id.example";
  const Jwt<User> jwt(std::move(options));
  const auto refusal = [&](const json& issuer) {
    return refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", now_seconds + 60}, {"iss", issuer}}));
  };
  EXPECT_EQ(refusal("https://id.example"), "accepted");
  for (const json& other : {json("https://id.example/"), json("https://ID.example"), json(nullptr), json(1),
                            json::parse(R"(["https://id.example"])")}) {
    EXPECT_EQ(refusal(other), "the token is from another issuer") << other;
  }
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", now_seconds + 60}})),
            "the token is from another issuer");
}

TEST(Jwt, ChecksTheAudience) {
  JwtOptions options = hs256_options();
  options.audience = {"shop", "stock"};
  const Jwt<User> jwt(std::move(options));
  const auto refusal = [&](const char* audience) {
    return refusal_of(
        jwt, hmac_token(hs256_header, std::string(R"({"sub":"ann","exp":1800000060,"aud":)") + audience + '}'));
  };
  for (const char* own : {R"("shop")", R"("stock")", R"(["other","shop"])"}) EXPECT_EQ(refusal(own), "accepted") << own;
  for (const char* other : {R"("sho")", R"("shop ")", R"([])", R"(["other"])", "null", "1", R"({"shop":1})"}) {
    EXPECT_EQ(refusal(other), "the token is for another audience") << other;
  }
  EXPECT_EQ(refusal(R"(["shop",1])"), "the aud of the token is not a text or a list of texts");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", now_seconds + 60}})), "the token has no aud");
}

TEST(Jwt, WithoutAnAudienceRefusesTokensForOne) {
  EXPECT_EQ(
      refusal_of(Jwt<User>(hs256_options()), token_with({{"sub", "ann"}, {"exp", now_seconds + 60}, {"aud", "shop"}})),
      "the token is for another audience");
}

TEST(Jwt, ChecksTheTypeIfOneIsGiven) {
  JwtOptions options = hs256_options();
  options.type = "at+jwt";
  const Jwt<User> jwt(std::move(options));
  const auto refusal = [&](const std::string& header) {
    return refusal_of(jwt, hmac_token(header, R"({"sub":"ann","exp":1800000060})"));
  };
  EXPECT_EQ(refusal(R"({"alg":"HS256","typ":"at+jwt"})"), "accepted");
  EXPECT_EQ(refusal(R"({"alg":"HS256","typ":"application/AT+JWT"})"), "accepted");
  EXPECT_EQ(refusal(R"({"alg":"HS256","typ":"JWT"})"), "the token is of another type");
  EXPECT_EQ(refusal(R"({"alg":"HS256"})"), "the token is of another type");
}

struct Strict {
  Field<std::string, min_length(3)> sub;
  int level = 0;
};

TEST(Jwt, RefusesClaimsThatBreakTheRulesOfTheModel) {
  const Jwt<Strict> jwt(hs256_options());
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"level", 2}, {"exp", now_seconds + 60}})), "accepted");
  for (const json& claims :
       {json{{"sub", "an"}, {"level", 2}}, json{{"sub", "ann"}, {"level", "high"}}, json{{"sub", "ann"}}}) {
    json whole = claims;
    whole["exp"] = now_seconds + 60;
    EXPECT_NE(refusal_of(jwt, token_with(whole)), "accepted") << claims;
  }
}

TEST(Jwt, TheResponseToABadTokenDoesNotTellWhy) {
  const Jwt<User> jwt(hs256_options());
  for (const std::string& token : {std::string("x"), token_with({{"sub", "ann"}, {"exp", 1}})}) {
    try {
      (void)jwt.verify(token);
      ADD_FAILURE() << "accepted";
    } catch (const InvalidToken& refusal) {
      EXPECT_EQ(refusal.status(), 401);
      EXPECT_EQ(refusal.detail_json(), R"("Could not validate credentials")");
      EXPECT_EQ(refusal.headers().get("www-authenticate"), R"(Bearer error="invalid_token")");
    }
  }
}

TEST(Jwt, LogsTheReasonIfItHasALogger) {
  std::ostringstream log;
  JwtOptions options = hs256_options();
  options.logger = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  options.logger->set_pattern("%l %v");
  const Jwt<User> jwt(std::move(options));
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", "ann"}, {"exp", 1}})), "the token has expired");
  EXPECT_EQ(refusal_of(jwt, token_with({{"sub", 1}, {"exp", now_seconds + 60}})),
            "the value does not fit its type: sub: Input should be a valid string");
  EXPECT_EQ(log.str(),
            "info token refused: the token has expired\n"
            "info token refused: the value does not fit its type: sub: Input should be a valid string\n");
}

TEST(Jwt, KnowsScopesOfATextOrAList) {
  const Jwt<User> jwt(hs256_options());
  const auto status = [&](const json& scope, std::vector<std::string> required) {
    json claims{{"sub", "ann"}, {"exp", now_seconds + 60}, {"scope", scope}};
    try {
      (void)jwt.verify(token_with(claims), {std::move(required)});
    } catch (const HttpError& error) {
      return error.status();
    }
    return 200;
  };
  EXPECT_EQ(status("a b", {}), 200);
  EXPECT_EQ(status("a b", {"b", "a"}), 200);
  EXPECT_EQ(status("a b", {"a", "c"}), 403);
  EXPECT_EQ(status("ab", {"a"}), 403);
  EXPECT_EQ(status(" b  a ", {"a"}), 200);
  EXPECT_EQ(status("", {"a"}), 403);
  const Jwt<json> any(hs256_options());
  const auto list = [&](const char* scope) {
    return refusal_of(any, hmac_token(hs256_header, std::string(R"({"exp":1800000060,"scope":)") + scope + '}'),
                      {{"a"}});
  };
  EXPECT_EQ(list(R"(["b","a"])"), "accepted");
  EXPECT_THROW(list(R"([])"), HttpError);
  EXPECT_THROW(list(R"({"a":1})"), HttpError);
}

TEST(Jwt, MayBeUsedByManyThreads) {
  for (const JwtAlgorithm algorithm : {hs256, es256}) {
    const Jwt<User> jwt(options_of(algorithm));
    const std::string token = jwt.issue({.sub = "ann"});
    std::vector<std::thread> threads;
    std::atomic<int> read = 0;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 50; ++j) read += jwt.verify(token).sub == "ann" ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(read, 200);
  }
}

}  // namespace serval::jwt_test
