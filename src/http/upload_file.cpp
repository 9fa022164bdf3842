// SPDX-License-Identifier: MIT
#include <serval/http/upload_file.hpp>

#include <serval/base/task.hpp>

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "http/grammar.hpp"
#include "http/upload_content.hpp"

namespace serval {
namespace {

const std::string no_text;
const http::Headers no_headers;

constexpr std::size_t max_filename_bytes = 255;  // NAME_MAX of the usual file systems
constexpr detail::CharSet reserved_chars = detail::CharSet("<>:\"|?*");

bool is_dot_or_space(char byte) noexcept { return byte == '.' || byte == ' '; }

// The longest prefix of whole characters of well-formed UTF-8 with at most `max_bytes` bytes.
std::string_view cut(std::string_view text, std::size_t max_bytes) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t length = detail::utf8_step(text, end).length;
    if (end + length > max_bytes) break;
    end += length;
  }
  return text.substr(0, end);
}

}  // namespace

UploadFile::UploadFile(std::shared_ptr<const detail::UploadContent> content) noexcept : content_(std::move(content)) {}

const std::string& UploadFile::filename() const noexcept { return content_ ? content_->filename : no_text; }

std::string UploadFile::safe_filename() const {
  const std::string& sent = filename();
  const std::size_t slash = sent.find_last_of("/\\");
  std::string name;
  for (const char byte : std::string_view(sent).substr(slash == std::string::npos ? 0 : slash + 1)) {
    if (detail::is_control(byte) || reserved_chars.contains(byte)) continue;
    if (name.empty() && is_dot_or_space(byte)) continue;
    name += byte;
  }
  name.resize(cut(name, max_filename_bytes).size());
  while (!name.empty() && is_dot_or_space(name.back())) name.pop_back();
  return name.empty() ? "upload" : name;
}

const std::string& UploadFile::content_type() const noexcept { return content_ ? content_->content_type : no_text; }

const http::Headers& UploadFile::headers() const noexcept { return content_ ? content_->headers : no_headers; }

std::uint64_t UploadFile::size() const noexcept { return content_ ? content_->bytes.size() : 0; }

bool UploadFile::empty() const noexcept { return filename().empty() && size() == 0; }

std::string UploadFile::read(std::size_t max_bytes) {
  const std::uint64_t left = size() - std::min(position_, size());  // a moved-from object has a position and no content
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(max_bytes, left)), '\0');
  bytes.resize(read_at(position_, bytes.data(), bytes.size()));
  position_ += bytes.size();
  return bytes;
}

Task<std::string> UploadFile::read_async(std::size_t max_bytes) {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  co_return read(max_bytes);
}

void UploadFile::seek(std::uint64_t position) noexcept { position_ = std::min(position, size()); }

std::size_t UploadFile::read_at(std::uint64_t position, char* out, std::size_t bytes) const {
  return content_ ? content_->bytes.read_at(position, out, bytes) : 0;
}

void UploadFile::save_to(const std::string& path) const {
  if (!content_) throw std::system_error(ENOENT, std::generic_category(), "no uploaded file to save to '" + path + "'");
  content_->bytes.save_to(path);
}

}  // namespace serval
