// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

#include <serval/handler/body_sink.hpp>
#include <serval/http/http_error.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "handler/kept_values.hpp"
#include "handler/passage.hpp"

namespace serval::http {

struct Exchange::Rest {
  detail::KeptValues kept;
  std::unique_ptr<HttpError> returned_error;  // allocated separately, since it is large and rare
  std::unique_ptr<BodySink> body_sink;
  BodySource* body_source = nullptr;
  std::exception_ptr body_refusal;
  std::vector<const detail::Route*> mounts;
  std::size_t mounts_entered = 0;
  detail::Passage passage;
};

Exchange::Exchange() : rest_(std::make_unique<Rest>()) {}
Exchange::~Exchange() { reset(); }

void Exchange::set_returned_error(HttpError error) {
  rest_->returned_error = std::make_unique<HttpError>(std::move(error));
}
const HttpError* Exchange::returned_error() const noexcept { return rest_->returned_error.get(); }
void Exchange::clear_returned_error() noexcept { rest_->returned_error.reset(); }

BodySink* Exchange::body_sink() const noexcept { return rest_->body_sink.get(); }
void Exchange::set_body_sink(std::unique_ptr<BodySink> sink) noexcept { rest_->body_sink = std::move(sink); }

BodySource* Exchange::body_source() const noexcept { return rest_->body_source; }
void Exchange::set_body_source(BodySource* source) noexcept { rest_->body_source = source; }

const std::exception_ptr& Exchange::body_refusal() const noexcept { return rest_->body_refusal; }
void Exchange::refuse_body(std::exception_ptr why) noexcept { rest_->body_refusal = std::move(why); }

void Exchange::add_mount(const detail::Route& mount) { rest_->mounts.push_back(&mount); }
const detail::Route* Exchange::enter_mount() noexcept {
  return rest_->mounts_entered < rest_->mounts.size() ? rest_->mounts[rest_->mounts_entered++] : nullptr;
}

detail::Passage& Exchange::passage() noexcept { return rest_->passage; }

bool Exchange::keeps_anything() const noexcept { return !rest_->kept.empty(); }
bool Exchange::is_read_after_answer() const noexcept { return keeps_anything() || !background.empty(); }
void Exchange::keep(void* value, const KeptOps& ops, Until until) { rest_->kept.add(value, ops, until, pool); }
detail::KeptValues& Exchange::kept() noexcept { return rest_->kept; }

const Limits& Exchange::bounds() const noexcept {
  static constexpr Limits defaults;
  return limits != nullptr ? *limits : defaults;
}

void Exchange::reset() noexcept {
  background.clear();
  rest_->kept.destroy_all();
  pool = nullptr;
  given_up = Outcome::What::success;
  outcome = {};
  was_served = false;
  fault_before_parts = nullptr;
  resolution = nullptr;
  rest_->body_sink.reset();
  rest_->body_source = nullptr;
  rest_->body_refusal = nullptr;
  stream = nullptr;
  streaming = Streaming::none;
  web_socket = nullptr;
  rest_->returned_error.reset();
  route = nullptr;
  rest_->mounts.clear();
  rest_->mounts_entered = 0;
  rest_->passage.reset();
  response.reset();
  request.reset();
}

}  // namespace serval::http
