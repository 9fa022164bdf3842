// SPDX-License-Identifier: MIT
// A body that is a file on its way to the peer: how much of it has gone, and the next piece of it.
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
  /// Nothing is left to be sent, or there never was.
  [[nodiscard]] bool empty() const noexcept { return !body_ || segment_ == body_->segments().size(); }

  /// Sends at most `max_bytes` of one segment by one write of the transport, and gives back how many bytes went.
  /// REQUIRES: not empty. Errors: those of the transport; `eof` when the file has become shorter than it was: what was
  /// announced can then not be sent.
  std::size_t send(Transport& transport, std::size_t max_bytes, boost::system::error_code& error);

 private:
  std::shared_ptr<const FileBody> body_;
  std::size_t segment_ = 0;
  std::uint64_t sent_ = 0;  // of the segment
};

}  // namespace serval::detail
