// SPDX-License-Identifier: MIT
#include "net/file_sender.hpp"

#include <boost/asio/buffer.hpp>
#include <algorithm>

namespace serval::detail {

std::size_t FileSender::send(Transport& transport, std::size_t max_bytes, boost::system::error_code& error) {
  const FileBody::Segment& segment = body_->segments()[segment_];
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(max_bytes, segment.size() - sent_));
  std::size_t bytes = 0;
  if (segment.is_text()) {
    const boost::asio::const_buffer text(segment.text.data() + sent_, count);
    bytes = transport.write_some({&text, 1}, Transport::Then::pause, error);
  } else {
    bytes = transport.write_file(body_->file().descriptor(), segment.offset + sent_, count, error);
  }
  sent_ += bytes;
  if (sent_ == segment.size()) {
    ++segment_;
    sent_ = 0;
  }
  return bytes;
}

}  // namespace serval::detail
