// SPDX-License-Identifier: MIT
// Lets one of several requests do what all of them need, while the others wait for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <serval/base/task_fwd.hpp>

#include "base/sip_hash.hpp"

namespace serval::detail {

class Waiter;

/// The work that is under way, by key. Thread safety: all of it.
class SingleFlight : public std::enable_shared_from_this<SingleFlight> {
 public:
  /// How a piece of work ended, for those that waited for it.
  enum class End : std::uint8_t {
    made,      ///< its result is there for all
    failed,    ///< it was done, without a result
    dropped,   ///< it was not done
    unshared,  ///< its result is for one request only, so each one has to work
  };

  /// One piece of work under way, as seen by those that wait for it.
  class Flight;
  /// The task to do the work of a key. If it is destroyed without `end`, the work was dropped.
  class Lease {
   public:
    Lease() = default;
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&& other) noexcept {
      std::swap(owner_, other.owner_);
      std::swap(flight_, other.flight_);
      key_.swap(other.key_);
      return *this;
    }
    ~Lease() { end(End::dropped); }
    [[nodiscard]] explicit operator bool() const noexcept { return owner_ != nullptr; }
    /// Wakes those that wait. Only the first call counts.
    void end(End how) noexcept;

   private:
    friend class SingleFlight;
    std::shared_ptr<SingleFlight> owner_;  // null: none, or it has ended
    std::shared_ptr<Flight> flight_;
    std::string key_;
  };

  struct Begun {
    Lease lease;                     // none: another request does the work
    std::shared_ptr<Flight> flight;  // of that one
  };
  /// Takes the work of a key, unless it has been under way for less than `patience`: what takes longer may be stuck.
  /// REQUIRES: owned by a shared_ptr.
  [[nodiscard]] Begun begin(const std::string& key, std::chrono::milliseconds patience);
  /// Waits for the end of the work, until `due`: nothing if it has not ended by then. Errors: only those of a cancelled
  /// task.
  [[nodiscard]] static Task<std::optional<End>> wait(std::shared_ptr<Flight> flight,
                                                     std::chrono::steady_clock::time_point due);
  /// How much work has ended so far. If the number has not changed since before a look at what work leaves behind, no
  /// work has ended meanwhile.
  [[nodiscard]] std::uint64_t ended() const;

 private:
  struct KeyHash {
    SipKey key;
    std::size_t operator()(const std::string& text) const noexcept { return sip_hash(key, text); }
  };
  mutable std::mutex mutex_;  // guards all below
  std::unordered_map<std::string, std::shared_ptr<Flight>, KeyHash> flights_{0, KeyHash{SipKey::random()}};
  std::uint64_t ended_ = 0;
};

}  // namespace serval::detail
