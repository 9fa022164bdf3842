// SPDX-License-Identifier: MIT
#include "middleware/single_flight.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <serval/base/task.hpp>

#include "base/waiter.hpp"

namespace serval::detail {

class SingleFlight::Flight {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point begun() const noexcept { return begun_; }
  void end(End how) noexcept {
    const std::scoped_lock lock(mutex_);
    how_ = how;
    for (const std::shared_ptr<Waiter>& waiter : waiters_) Waiter::tell(waiter);
  }
  [[nodiscard]] std::optional<End> how() const {
    const std::scoped_lock lock(mutex_);
    return how_;
  }

  /// Keeps a waiter in the list as long as its coroutine waits, however the wait ends.
  class Place {
   public:
    Place(Flight& flight, std::shared_ptr<Waiter> waiter) : flight_(flight) {
      const std::scoped_lock lock(flight_.mutex_);
      if (flight_.how_) waiter->tell_now();
      place_ = flight_.waiters_.insert(flight_.waiters_.end(), std::move(waiter));
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
      const std::scoped_lock lock(flight_.mutex_);
      flight_.waiters_.erase(place_);
    }

   private:
    Flight& flight_;
    std::list<std::shared_ptr<Waiter>>::iterator place_;
  };

 private:
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;  // guards all below; held while waiters are told, so that none is removed meanwhile
  std::optional<End> how_;
  std::list<std::shared_ptr<Waiter>> waiters_;
};

void SingleFlight::Lease::end(End how) noexcept {
  if (owner_ == nullptr) return;
  {
    const std::scoped_lock lock(owner_->mutex_);
    const auto found = owner_->flights_.find(key_);
    if (found != owner_->flights_.end() && found->second == flight_) owner_->flights_.erase(found);
    ++owner_->ended_;
  }
  flight_->end(how);
  owner_.reset();
  flight_.reset();
}

SingleFlight::Begun SingleFlight::begin(const std::string& key, std::chrono::milliseconds patience) {
  auto flight = std::make_shared<Flight>();
  const std::scoped_lock lock(mutex_);
  Begun begun;
  const auto found = flights_.find(key);
  if (found != flights_.end() && flight->begun() - found->second->begun() < patience) {
    begun.flight = found->second;
    return begun;
  }
  begun.lease.key_ = key;
  flights_.insert_or_assign(key, flight);
  begun.lease.flight_ = std::move(flight);
  begun.lease.owner_ = shared_from_this();
  return begun;
}

std::uint64_t SingleFlight::ended() const {
  const std::scoped_lock lock(mutex_);
  return ended_;
}

Task<std::optional<SingleFlight::End>> SingleFlight::wait(std::shared_ptr<Flight> flight,
                                                          std::chrono::steady_clock::time_point due) {
  const auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor, due);
  const Flight::Place place(*flight, waiter);
  const Waiter::End end = co_await waiter->wait();
  if (end == Waiter::End::cancelled) throw boost::system::system_error(boost::asio::error::operation_aborted);
  co_return flight->how();
}

}  // namespace serval::detail
