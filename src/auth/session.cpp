// SPDX-License-Identifier: MIT
#include <serval/auth/session.hpp>

#include <stdexcept>
#include <utility>

#include <serval/http/personal.hpp>

#include "auth/session_engine.hpp"

namespace serval::detail {

void SessionFacts::require_open() const {
  if (is_settled)
    throw std::logic_error("the session has been saved with the head of the response; change it before that");
}

SessionsBase::SessionsBase(SessionOptions options, std::string empty)
    : engine_(std::make_shared<const SessionEngine>(std::move(options), std::move(empty))) {}

http::Pending SessionsBase::read(Request& request, SessionFacts& facts) const {
  http::mark_personal(request);
  return engine_->read(request, facts);
}
void SessionsBase::discard(SessionFacts& facts) const { engine_->discard(facts); }

bool SessionsBase::owns(const SessionFacts& facts, const Request& request) const noexcept {
  // After the deadline of a handler the response has another request, and the handler may still change the session.
  return facts.owner == engine_.get() && facts.request == &request;
}

http::Pending SessionsBase::save(SessionFacts& facts, std::optional<std::string> value, Response& response) const {
  return engine_->save(facts, std::move(value), response);
}

}  // namespace serval::detail
