// SPDX-License-Identifier: MIT
#include "handler/kept_values.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "handler/blocking_pool.hpp"

namespace serval::kept_values_test {

namespace asio = boost::asio;
using detail::KeptEnd;
using detail::KeptValues;
using Pass = KeptValues::Pass;
using Until = KeptValues::Until;

/// Records what happens to it, and on which thread.
struct Value {
  std::vector<std::string>& log;
  std::string name;
  std::thread::id loop = std::this_thread::get_id();

  void note(const std::string& what) {
    log.push_back(name + " " + what + (std::this_thread::get_id() == loop ? "" : " on the pool"));
  }
};

Value& value_at(void* value) { return *static_cast<Value*>(value); }
void destroy(void* value) noexcept {
  value_at(value).note("ends");
  delete &value_at(value);
}
void hear(void* value, const std::exception_ptr&) { value_at(value).note("hears"); }
void finish(void* value, const Outcome&) { value_at(value).note("finishes"); }
void fail(void* value, const Outcome&) {
  value_at(value).note("fails");
  throw HttpError(409);
}
Task<void> finish_after_a_while(Value& value) {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
  value.note("finishes later");
}
http::Pending finish_later(void* value, const Outcome&) { return http::Pending(finish_after_a_while(value_at(value))); }

constexpr KeptValues::Ops silent{&destroy};
constexpr KeptValues::Ops plain{&destroy, &hear, &finish};
constexpr KeptValues::Ops failing{&destroy, nullptr, &fail};
constexpr KeptValues::Ops later{&destroy, &hear, nullptr, &finish_later};

struct KeptValuesOf : ::testing::Test {
  using Lines = std::vector<std::string>;
  Lines log;
  KeptValues values;
  KeptEnd end;

  void add(std::string name, const KeptValues::Ops& ops, Until until, detail::BlockingPool* pool = nullptr) {
    values.add(new Value{log, std::move(name)}, ops, until, pool);
  }
  void run_and_wait(Pass pass) {
    asio::io_context context;
    asio::co_spawn(context, values.run_and_wait(pass, end),
                   [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    context.run();
  }
  void throw_before(std::exception_ptr thrown) { end.replace(std::move(thrown)); }
};

TEST_F(KeptValuesOf, ARequestEndTheYoungestFirst) {
  add("1", plain, Until::answer_is_made);
  add("2", silent, Until::answer_is_sent);
  add("3", plain, Until::answer_is_made);
  EXPECT_FALSE(values.wait_before_answer());
  EXPECT_FALSE(values.wait());
  values.run(Pass::end_answer, end);
  EXPECT_EQ(log, (Lines{"3 finishes", "3 ends", "1 finishes", "1 ends"}));
  values.run(Pass::end_all, end);
  EXPECT_EQ(log.back(), "2 ends");
  EXPECT_TRUE(values.empty());
}

TEST_F(KeptValuesOf, ARequestHearOfAnExceptionOnce) {
  add("1", plain, Until::answer_is_made);
  add("2", plain, Until::answer_is_sent);
  throw_before(std::make_exception_ptr(HttpError(404)));
  EXPECT_EQ(end.outcome.status, 404);
  values.run(Pass::tell, end);
  values.run(Pass::end_answer, end);
  values.run(Pass::end_all, end);
  EXPECT_EQ(log, (Lines{"2 hears", "1 hears", "1 finishes", "1 ends", "2 finishes", "2 ends"}));
}

TEST_F(KeptValuesOf, ARequestLiveOnWhereTheyAreOnlyFinished) {
  add("1", plain, Until::answer_is_made);
  add("2", plain, Until::answer_is_sent);
  values.run(Pass::finish_answer, end);
  EXPECT_EQ(log, (Lines{"1 finishes"}));
  values.run(Pass::end_answer, end);
  EXPECT_EQ(log, (Lines{"1 finishes", "1 ends"}));
  values.destroy_all();
}

TEST_F(KeptValuesOf, ARequestHearWhatAYoungerOneThrew) {
  add("1", plain, Until::answer_is_made);
  add("2", failing, Until::answer_is_made);
  values.run(Pass::end_answer, end);
  EXPECT_EQ(log, (Lines{"2 fails", "2 ends", "1 hears", "1 finishes", "1 ends"}));
  EXPECT_EQ(end.outcome.what, Outcome::What::exception);
  EXPECT_EQ(end.outcome.status, 409);
  EXPECT_EQ(end.faults.size(), 1U);
}

TEST_F(KeptValuesOf, ARequestThatWasGivenUpKeepTheReason) {
  add("1", failing, Until::answer_is_made);
  end.outcome = {Outcome::What::deadline, 503, nullptr};
  values.run(Pass::end_all, end);
  EXPECT_EQ(end.outcome.what, Outcome::What::deadline);
  EXPECT_EQ(end.outcome.status, 503);
  EXPECT_EQ(end.faults.size(), 1U);
}

TEST_F(KeptValuesOf, ARequestEndWhereTheyWereMade) {
  detail::BlockingPool pool(1, 0);
  add("1", plain, Until::answer_is_sent, &pool);
  add("2", later, Until::answer_is_sent, &pool);
  add("3", later, Until::answer_is_sent);
  add("4", plain, Until::answer_is_sent, &pool);
  EXPECT_TRUE(values.wait());
  EXPECT_TRUE(values.wait_before_answer()) << "since they hear of an exception on the pool";
  throw_before(std::make_exception_ptr(HttpError(404)));
  run_and_wait(Pass::end_all);
  EXPECT_EQ(log, (Lines{"4 hears on the pool", "4 finishes on the pool", "4 ends on the pool", "3 hears",
                        "3 finishes later", "3 ends", "2 hears on the pool", "2 finishes later", "2 ends on the pool",
                        "1 hears on the pool", "1 finishes on the pool", "1 ends on the pool"}));
}

TEST_F(KeptValuesOf, ARequestEndAlsoWhereThePoolIsFull) {
  detail::BlockingPool pool(1, 0);
  std::promise<void> go;
  ASSERT_TRUE(pool.try_post([&] { go.get_future().wait(); }));
  ASSERT_FALSE(pool.try_post([] {}));
  add("1", plain, Until::answer_is_sent, &pool);
  run_and_wait(Pass::end_all);
  EXPECT_EQ(log, (Lines{"1 finishes on the pool", "1 ends on the pool"}));
  go.set_value();
}

}  // namespace serval::kept_values_test
