// SPDX-License-Identifier: MIT
#include <serval/schema/describe.hpp>

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/json_schema.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace bank {

using serval::schema::member;
using serval::schema::members;

class Account {
 public:
  static constexpr serval::ModelConfig model_config{.extra = serval::schema::Extra::forbid};
  static constexpr auto describe() {
    return members(member("owner", &Account::owner_, serval::min_length(1), serval::alias("ownerName")),
                   member("balance", &Account::balance_, serval::ge(0), serval::schema::description("in cents")),
                   member("notes", &Account::notes_));
  }
  static void check(const Account& account, serval::schema::Errors& errors) {
    if (account.balance_ > 1000) errors.add("balance", "too rich");
  }

  Account() = default;
  explicit Account(std::string owner) : owner_(std::move(owner)) {}
  virtual ~Account() = default;
  Account(const Account&) = default;
  Account(Account&&) = default;
  Account& operator=(const Account&) = default;
  Account& operator=(Account&&) = default;
  [[nodiscard]] const std::string& owner() const { return owner_; }
  [[nodiscard]] long balance() const { return balance_; }

 private:
  std::string owner_;
  long balance_ = 7;
  serval::Default<std::vector<std::string>> notes_;
};

class Savings : public Account {
 public:
  static constexpr auto describe() {
    return members(member("rate", &Savings::rate_), member("parent", &Savings::parent_));
  }

 private:
  double rate_ = 0.5;
  serval::Default<std::vector<Account>> parent_;
};

struct Bank {
  std::vector<Account> accounts;
  serval::Field<Account, serval::schema::description("the first one")> first;
};

}  // namespace bank

namespace describe_test {

using serval::testing::faults_of;
using serval::testing::round_trip;
using serval::testing::words_of;

TEST(Describe, ReadsAndWritesPrivateMembers) {
  const auto account = serval::decode_json<bank::Account>(R"({"ownerName":"ann","balance":5})");
  EXPECT_EQ(account.owner(), "ann");
  EXPECT_EQ(account.balance(), 5);
  EXPECT_EQ(serval::encode_json(bank::Account("bob")), R"({"ownerName":"bob","balance":7,"notes":[]})");
}

TEST(Describe, ChecksItsRules) {
  EXPECT_EQ(faults_of<bank::Account>(R"({"ownerName":"","balance":-1,"more":1})"),
            R"([{"type":"string_too_short","loc":["ownerName"],"msg":"String should have at least 1 character",)"
            R"("input":"","ctx":{"min_length":1}},)"
            R"({"type":"greater_than_equal","loc":["balance"],)"
            R"("msg":"Input should be greater than or equal to 0","input":-1,"ctx":{"ge":0}},)"
            R"({"type":"extra_forbidden","loc":["more"],"msg":"Extra inputs are not permitted","input":1}])");
}

TEST(Describe, RunsTheCheckOfTheClass) {
  EXPECT_EQ(words_of<bank::Account>(R"({"ownerName":"a","balance":1001})"), "value_error: Value error, too rich");
}

TEST(Describe, StandsWithinModelsAndFields) {
  const std::string bank =
      R"({"accounts":[{"ownerName":"a","balance":1,"notes":["n"]}],"first":{"ownerName":"b","balance":2,"notes":[]}})";
  EXPECT_EQ(round_trip<bank::Bank>(bank), bank);
}

TEST(Describe, OfADerivedClassReplacesThatOfItsBase) {
  EXPECT_EQ(serval::encode_json(bank::Savings()), R"({"rate":0.5,"parent":[]})");
}

TEST(Describe, AppearsInTheSchema) {
  EXPECT_EQ(nlohmann::json(serval::schema_of<bank::Account>()), nlohmann::json::parse(R"({
    "type": "object", "title": "Account", "required": ["ownerName", "balance"], "additionalProperties": false,
    "properties": {
      "ownerName": {"type": "string", "minLength": 1, "title": "Ownername"},
      "balance": {"type": "integer", "minimum": 0, "title": "Balance", "description": "in cents"},
      "notes": {"type": "array", "items": {"type": "string"}, "title": "Notes", "default": []}}})"));
}

}  // namespace describe_test
