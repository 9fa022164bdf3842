// SPDX-License-Identifier: MIT
// The state of extraction for one request: errors, the body, the values of dependencies.
#pragma once

#include <optional>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "params/choices.hpp"
#include "params/extract.hpp"
#include "params/form_input.hpp"
#include "params/plan.hpp"

namespace serval::detail {

/// The tape for reading a body. It is the thread's, so that no request allocates one, unless that is in use further up
/// the stack (a user's conversion may call another application) or the body is so large that its storage is not kept.
class BorrowedDocument {
 public:
  enum class Storage : std::uint8_t { of_thread, own };
  BorrowedDocument(Storage storage, std::size_t body_bytes);
  ~BorrowedDocument();
  BorrowedDocument(const BorrowedDocument&) = delete;
  BorrowedDocument& operator=(const BorrowedDocument&) = delete;

  [[nodiscard]] JsonDocument& get();

 private:
  std::optional<JsonDocument> own_;
};

class Resolution {
 public:
  using Storage = BorrowedDocument::Storage;
  using Part = Plan::Part;

  explicit Resolution(http::Exchange& exchange) : exchange_(exchange) {}
  Resolution(const Resolution&) = delete;
  Resolution& operator=(const Resolution&) = delete;

  [[nodiscard]] http::Exchange& exchange() const noexcept { return exchange_; }
  [[nodiscard]] Decoder& decoder() noexcept { return decoder_; }
  [[nodiscard]] const BodyInput& body() const noexcept { return *body_; }
  [[nodiscard]] const FormInput& form() const noexcept { return *form_; }
  [[nodiscard]] std::size_t fault_count() const noexcept { return issues_.size(); }

  /// Whether the dependencies of that part have been called.
  [[nodiscard]] bool is_done(Part part) const noexcept { return part == Part::early ? early_is_done_ : late_is_done_; }
  /// Calls the dependencies of that part, none of which may wait, unless they were already called. Errors: exceptions
  /// of one of them.
  void resolve(const Plan& plan, Part part);
  /// Calls the dependencies of that part one after the other; those that are not coroutines on `pool` if it is set.
  /// Lifetime: plan, pool and this outlive the task.
  [[nodiscard]] Task<void> resolve_and_wait(const Plan& plan, Part part, BlockingPool* pool);

  /// Reads the body if it is needed and was not read yet; called between the two parts. `storage`: `own` if the result
  /// outlives the caller's stack. Errors: see `BodyInput` and `FormInput`.
  void read_body(BodyFormat format, Storage storage);
  /// Releases the body that was read.
  void forget_body() noexcept;

  struct Outcome {
    bool was_called = false;  // false for an alternative that was not chosen
    bool is_there = false;
    void* value = nullptr;
  };
  [[nodiscard]] const Outcome& outcome(std::size_t step) const { return outcomes_[step]; }

  /// Records the errors that an argument other than a parameter found in the request; beyond `max_issues` they are not
  /// listed.
  void note(const std::vector<schema::Issue>& issues);
  /// Errors: ValidationError with the recorded errors, if there are any, in the order of the plan.
  void throw_faults();

 private:
  void note_faults(const Plan::Step& step, const ValidationError& error);
  /// Whether the step is called for this request.
  [[nodiscard]] bool needs(const Plan& plan, std::size_t step);
  [[nodiscard]] Outcome& outcome_at(std::size_t step);
  void note_outcome(std::size_t step, const DependencyCall& call, std::size_t faults);
  void sort_faults();

  http::Exchange& exchange_;
  std::vector<schema::Issue> issues_;
  Decoder decoder_{issues_};
  std::optional<BorrowedDocument> document_;
  std::optional<BodyInput> body_;
  std::optional<FormInput> form_;
  bool early_is_done_ = false;
  bool late_is_done_ = false;
  bool body_is_read_ = false;
  Choices choices_;
  boost::container::small_vector<Outcome, 8> outcomes_;  // of the plan's steps, after the first one was called
  /// The errors that a step has found, as a range of `issues_`.
  struct Found {
    std::size_t step;
    std::size_t begin;
    std::size_t end;
  };
  std::vector<Found> found_;  // in the order of the calls
};

}  // namespace serval::detail
