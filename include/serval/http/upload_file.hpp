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

/// An uploaded file. Copies share the content, which lives as long as one of them; each copy has its own reading
/// position. Do not trust what the client sent about the file: neither the name nor the content type is checked.
/// Errors: reading and saving throw `std::system_error` if the system cannot read or write the temporary file.
/// Thread safety: one object by one thread at a time; copies of it by any.
class UploadFile {
 public:
  /// "All remaining bytes", for `read`.
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  /// No file: every text empty, nothing to read.
  UploadFile() = default;

  /// The name as the client sent it. Only well-formed UTF-8 is guaranteed: it may be empty or contain slashes, `..`,
  /// line breaks or NUL. Never use it as a path; see `safe_filename`.
  [[nodiscard]] const std::string& filename() const noexcept;
  /// The last component of the name, for both kinds of slashes, made harmless as the name of a file: without control
  /// characters, the reserved `< > : " | ? *`, leading dots and spaces, trailing dots and spaces; at most 255 bytes;
  /// "upload" if nothing is left. Two uploads may have the same name.
  [[nodiscard]] std::string safe_filename() const;
  /// The Content-Type field of the part as received; empty if there is none or if it is empty:
  /// `headers().get("content-type")` is `std::nullopt` only if there is none.
  [[nodiscard]] const std::string& content_type() const noexcept;
  /// The header fields of the part.
  [[nodiscard]] const http::Headers& headers() const noexcept;
  /// The size of the content in bytes.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Whether there is no file: no name and no content, which is also what a browser sends for an input left blank.
  [[nodiscard]] bool empty() const noexcept;

  /// The next bytes, at most `max_bytes`; by default all remaining bytes. Empty at the end.
  [[nodiscard]] std::string read(std::size_t max_bytes = npos);
  /// As `read`, in a coroutine; before each chunk, the other connections of the loop get their turn. It is still a
  /// plain read of memory or of a file, which the system usually has in its page cache. Lifetime: this object outlives
  /// the await.
  [[nodiscard]] detail::Task<std::string> read_async(std::size_t max_bytes = 64 * 1024);
  /// Sets the position at which `read` continues. A position beyond the end is the end.
  void seek(std::uint64_t position) noexcept;
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  /// Copies bytes to `out` and returns their number: fewer than requested only at the end. `position()` does not
  /// change.
  [[nodiscard]] std::size_t read_at(std::uint64_t position, char* out, std::size_t bytes) const;

  /// Saves the content as `path`, readable and writable only by the owner. An existing file is replaced atomically; a
  /// symbolic link itself is replaced, not its target. A temporary file on the same file system gets the name,
  /// otherwise the bytes are copied; they are not synced to disk. The call blocks the loop while it copies. A file that
  /// got the name is still the content of this object: do not write to it while this object is read. REQUIRES: the
  /// server chooses `path`, not the client.
  /// Errors: `std::system_error` with the path in its text; an existing file is kept.
  void save_to(const std::string& path) const;

  /// For the library's form reader.
  explicit UploadFile(std::shared_ptr<const detail::UploadContent> content) noexcept;

 private:
  std::shared_ptr<const detail::UploadContent> content_;  // shared: copies of a handle outlive the request
  std::uint64_t position_ = 0;
};

}  // namespace serval
