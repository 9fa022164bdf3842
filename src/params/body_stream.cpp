// SPDX-License-Identifier: MIT
#include <serval/params/body_stream.hpp>

#include <stdexcept>

namespace serval {

Task<std::optional<std::string_view>> BodyStream::next() {
  http::BodySource* const source = exchange_->body_source();
  if (source == nullptr) throw std::logic_error("whoever serves this request cannot hand on its body in pieces");
  return source->next(*exchange_);
}

}  // namespace serval
