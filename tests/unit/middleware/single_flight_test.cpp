// SPDX-License-Identifier: MIT
#include "middleware/single_flight.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/base/task.hpp>

namespace serval::single_flight_test {

namespace asio = boost::asio;
using detail::SingleFlight;
using Time = std::chrono::steady_clock::time_point;

class SingleFlightOver : public ::testing::Test {
 protected:
  static Task<void> wait(std::shared_ptr<SingleFlight::Flight> flight, Time due,
                         std::optional<SingleFlight::End>& end) {
    end = co_await SingleFlight::wait(std::move(flight), due);
  }
  SingleFlight::Begun begin(const std::string& key) { return flights->begin(key, std::chrono::hours(1)); }
  /// Waits for the work of key "a" until it ends.
  void spawn(Time due = Time::max()) {
    SingleFlight::Begun begun = begin("a");
    EXPECT_FALSE(begun.lease);
    asio::co_spawn(context, wait(std::move(begun.flight), due, end),
                   asio::bind_cancellation_slot(cancellation.slot(), [this](const std::exception_ptr& thrown) {
                     is_done = true;
                     fault = thrown;
                   }));
    context.poll();
  }

  const std::shared_ptr<SingleFlight> flights = std::make_shared<SingleFlight>();
  asio::io_context context;
  asio::cancellation_signal cancellation;
  std::optional<SingleFlight::End> end;
  std::exception_ptr fault;
  bool is_done = false;
};

TEST_F(SingleFlightOver, LetsOneWorkAndTheOthersWaitForItsEnd) {
  SingleFlight::Lease lease = begin("a").lease;
  EXPECT_TRUE(lease);
  EXPECT_TRUE(begin("b").lease);
  spawn();
  EXPECT_FALSE(is_done);
  lease.end(SingleFlight::End::made);
  context.run();
  EXPECT_EQ(end, SingleFlight::End::made);
  EXPECT_TRUE(begin("a").lease);
}

TEST_F(SingleFlightOver, TellsIfTheWorkWasDropped) {
  std::optional<SingleFlight::Lease> lease = begin("a").lease;
  spawn();
  lease.reset();
  context.run();
  EXPECT_EQ(end, SingleFlight::End::dropped);
}

TEST_F(SingleFlightOver, CountsWhatHasEnded) {
  EXPECT_EQ(flights->ended(), 0U);
  SingleFlight::Lease lease = begin("a").lease;
  lease.end(SingleFlight::End::failed);
  lease.end(SingleFlight::End::made);
  EXPECT_EQ(flights->ended(), 1U);
}

TEST_F(SingleFlightOver, WaitsNoLongerThanItMay) {
  const SingleFlight::Lease lease = begin("a").lease;
  spawn(std::chrono::steady_clock::now());
  context.run();
  EXPECT_TRUE(is_done);
  EXPECT_FALSE(end);
  EXPECT_FALSE(fault);
}

TEST_F(SingleFlightOver, ForgetsAWaiterThatIsCancelled) {
  SingleFlight::Lease lease = begin("a").lease;
  spawn();
  cancellation.emit(asio::cancellation_type::terminal);
  context.run();
  EXPECT_TRUE(fault);
  lease.end(SingleFlight::End::made);
}

TEST_F(SingleFlightOver, GivesWorkThatTakesTooLongToAnother) {
  SingleFlight::Lease stuck = begin("a").lease;
  SingleFlight::Lease next = flights->begin("a", std::chrono::milliseconds(0)).lease;
  EXPECT_TRUE(next);
  stuck.end(SingleFlight::End::made);
  spawn();
  EXPECT_FALSE(is_done);  // it waits for the second one
  next.end(SingleFlight::End::failed);
  context.run();
  EXPECT_EQ(end, SingleFlight::End::failed);
}

TEST_F(SingleFlightOver, GivesTheWorkToOneOfSeveralThreads) {
  std::atomic<int> working{0}, most{0}, done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (done < 1'000) {
        SingleFlight::Lease lease = begin("a").lease;
        if (!lease) continue;
        most = std::max(most.load(), ++working);
        --working;
        ++done;
        lease.end(SingleFlight::End::made);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
}

}  // namespace serval::single_flight_test
