// SPDX-License-Identifier: MIT
// `UploadFile`: one file of a multipart form, in memory or in an unnamed temporary file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <serval/base/task_fwd.hpp>
#include <serval/http/headers.hpp>

namespace serval {

namespace detail {
struct UploadContent;
}

/// An uploaded file. Copies share the content, which lives as long as one of them, and have a reading position each.
/// Nothing that the client said about the file is trusted: neither name nor content type were checked against anything.
/// Errors: reading and saving throw `std::system_error` when the system does not read or write the temporary file.
/// Thread safety: one object by one thread at a time; copies of it by any.
class UploadFile {
 public:
  /// "All that is left", for `read`.
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  /// No file: every text empty, nothing to read.
  UploadFile() = default;

  /// The name as the client sent it, well-formed UTF-8 and nothing more: it may be empty, hold slashes, `..`, line
  /// breaks or NUL. Never make a path of it; see `safe_filename`.
  [[nodiscard]] const std::string& filename() const noexcept;
  /// The last component of the name, for both kinds of slashes, made harmless as the name of a file: without control
  /// characters, the reserved `< > : " | ? *`, leading dots and spaces, trailing dots and spaces; at most 255 bytes;
  /// "upload" when nothing is left. Two uploads may have the same.
  [[nodiscard]] std::string safe_filename() const;
  /// The Content-Type field of the part as it was sent; empty when there is none, or when it is empty:
  /// `headers().get("content-type")` is `std::nullopt` only when there is none.
  [[nodiscard]] const std::string& content_type() const noexcept;
  /// The header fields of the part.
  [[nodiscard]] const http::Headers& headers() const noexcept;
  /// Bytes of content.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Whether there is no file: no name and no content, which is also what a browser sends for an input left blank.
  [[nodiscard]] bool empty() const noexcept;

  /// The next bytes, at most `max_bytes`; all that is left by default. Empty at the end.
  [[nodiscard]] std::string read(std::size_t max_bytes = npos);
  /// As `read`, in a coroutine; the other connections of the loop go on before each chunk. It is still a plain read of
  /// memory or of a file, which the system has in its page cache as a rule. Lifetime: this object outlives the await.
  [[nodiscard]] detail::Task<std::string> read_async(std::size_t max_bytes = 64 * 1024);
  /// Where `read` goes on. A position beyond the end is the end.
  void seek(std::uint64_t position) noexcept;
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  /// Copies bytes to `out` and tells how many: fewer than asked for only at the end. `position()` stays.
  [[nodiscard]] std::size_t read_at(std::uint64_t position, char* out, std::size_t bytes) const;

  /// Saves the content as `path`, readable and writable by the owner alone. A file that stands there is replaced in one
  /// step, a symbolic link too and not what it leads to. A temporary file on the same file system is given the name,
  /// else the bytes are copied; they are not synced to the disk. It blocks the loop for as long as the copying takes. A
  /// file that was given the name is still the content of this object: do not write to it while somebody reads here.
  /// REQUIRES: `path` is the server's choice and none of the client's.
  /// Errors: `std::system_error` with the path in its text; what stood there stays.
  void save_to(const std::string& path) const;

  /// For whoever reads forms.
  explicit UploadFile(std::shared_ptr<const detail::UploadContent> content) noexcept;

 private:
  std::shared_ptr<const detail::UploadContent> content_;  // shared: copies of a handle outlive the request
  std::uint64_t position_ = 0;
};

}  // namespace serval
