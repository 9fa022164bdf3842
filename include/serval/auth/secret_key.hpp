// SPDX-License-Identifier: MIT
// Secrets of the program: keys that sign tokens or seal cookies.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include <serval/base/source_location.hpp>

namespace serval {

/// A key that is overwritten when it is no longer needed, and that no response, log or message shows. It can be moved
/// but not copied. `SecretKey::from_file("/run/secrets/jwt")` is the usual way: a key does not belong into the source.
/// Thread safety: its constant members.
class SecretKey {
 public:
  /// Without a key.
  SecretKey() noexcept = default;
  /// The bytes of a text. The text itself is not overwritten.
  [[nodiscard]] static SecretKey from_text(std::string_view text);
  /// The bytes of a file. If all are printable ASCII or white space, one line end at the end is not part of the key; a
  /// key of other bytes is taken whole. At most 64 KiB.
  /// Errors: SetupError if it cannot be read, is empty, or is too large. The message has its path but not its contents.
  [[nodiscard]] static SecretKey from_file(const std::filesystem::path& file,
                                           SourceLocation where = SourceLocation::current());
  /// A new random key, for tests and for secrets that need not outlive the program.
  [[nodiscard]] static SecretKey random(std::size_t bytes = 32);

  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  /// The bytes. Lifetime: until the key is destroyed or moved.
  [[nodiscard]] std::string_view reveal() const noexcept { return {bytes_.get(), size_}; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  explicit SecretKey(std::size_t size);
  void wipe() noexcept;

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;      // of the key
  std::size_t capacity_ = 0;  // of bytes_, all of which is overwritten
};

}  // namespace serval
