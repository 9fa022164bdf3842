// SPDX-License-Identifier: MIT
// The choice between alternatives: the first one decides whose credential the request has, and the others are not
// called.
#pragma once

#include <cstddef>

#include <boost/container/small_vector.hpp>

#include "params/plan.hpp"

namespace serval::detail {

/// The alternatives that one request has chosen, and thereby the steps of its plan that are called.
class Choices {
 public:
  /// Whether a step that is not certain is called. Errors: HttpError if a choice has no alternative whose credential
  /// the request has; those of `CredentialOps::is_there`.
  [[nodiscard]] bool need(const Plan& plan, std::size_t step, const Request& request);

 private:
  struct Choice {
    std::size_t step;  // that has the alternatives
    std::size_t alternative;
  };
  [[nodiscard]] std::size_t alternative_of(const Plan& plan, std::size_t step, const Request& request);

  boost::container::small_vector<Choice, 1> made_;
};

}  // namespace serval::detail
