// SPDX-License-Identifier: MIT
// Sends a response body that is a file, and keeps track of how much has been sent.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "http/file_body.hpp"
#include "net/transport.hpp"

namespace serval::detail {

class FileSender {
 public:
  void start(std::shared_ptr<const FileBody> body) noexcept {
    body_ = std::move(body);
    segment_ = 0;
    sent_ = 0;
  }
  void reset() noexcept { start(nullptr); }
  /// Returns whether nothing is left to send, which is also true before `start`.
  [[nodiscard]] bool empty() const noexcept { return !body_ || segment_ == body_->segments().size(); }

  /// Sends at most `max_bytes` of one segment with one write of the transport, and returns how many bytes were sent.
  /// REQUIRES: not empty. Errors: those of the transport; `eof` if the file has become shorter since the response was
  /// made, so that the announced length cannot be sent.
  std::size_t send(Transport& transport, std::size_t max_bytes, boost::system::error_code& error);

 private:
  std::shared_ptr<const FileBody> body_;
  std::size_t segment_ = 0;
  std::uint64_t sent_ = 0;  // bytes of the current segment
};

}  // namespace serval::detail
