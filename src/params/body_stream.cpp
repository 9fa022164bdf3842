// SPDX-License-Identifier: MIT
#include <serval/params/body_stream.hpp>

#include <stdexcept>

namespace serval {

Task<std::optional<std::string_view>> BodyStream::next() {
  http::BodySource* const source = exchange_->body_source();
  if (source == nullptr) throw std::logic_error("the host of this request cannot stream its body");
  return source->next(*exchange_);
}

}  // namespace serval
