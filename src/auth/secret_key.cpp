// SPDX-License-Identifier: MIT
#include <serval/auth/secret_key.hpp>

#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include <serval/base/error.hpp>

#include "auth/sodium.hpp"

namespace serval {

namespace {

constexpr std::size_t max_file_bytes = 64 * 1024;

/// Whether all bytes are printable ASCII or white space. Random bytes are not, and their last one may be a line end.
bool is_text(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n'; });
}

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

}  // namespace

SecretKey::SecretKey(std::size_t size) : bytes_(std::make_unique<char[]>(size)), size_(size), capacity_(size) {}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : bytes_(std::move(other.bytes_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
  }
  return *this;
}

SecretKey::~SecretKey() { wipe(); }

void SecretKey::wipe() noexcept {
  if (bytes_ != nullptr) sodium_memzero(bytes_.get(), capacity_);
}

SecretKey SecretKey::from_text(std::string_view text) {
  SecretKey key(text.size());
  std::copy(text.begin(), text.end(), key.bytes_.get());
  return key;
}

SecretKey SecretKey::from_file(const std::filesystem::path& file, SourceLocation where) {
  const std::unique_ptr<std::FILE, CloseFile> input(std::fopen(file.c_str(), "rb"));
  SecretKey key(max_file_bytes + 1);
  key.size_ = 0;
  if (input != nullptr) {
    std::setvbuf(input.get(), nullptr, _IONBF, 0);  // no copy of the key in a buffer
    key.size_ = std::fread(key.bytes_.get(), 1, key.capacity_, input.get());
  }
  if (input == nullptr || std::ferror(input.get()) != 0) {
    throw SetupError("SecretKey: the file '" + file.string() + "' cannot be read; check its path and its permissions",
                     where);
  }
  if (key.size_ > max_file_bytes) {
    throw SetupError("SecretKey: the file '" + file.string() + "' is larger than 64 KiB; name the file of the key",
                     where);
  }
  if (key.reveal().ends_with('\n') && is_text(key.reveal())) key.size_ -= key.reveal().ends_with("\r\n") ? 2 : 1;
  if (key.empty()) {
    throw SetupError("SecretKey: the file '" + file.string() + "' is empty; write the key into it", where);
  }
  return key;
}

SecretKey SecretKey::random(std::size_t bytes) {
  detail::start_sodium();
  SecretKey key(bytes);
  randombytes_buf(key.bytes_.get(), bytes);
  return key;
}

}  // namespace serval
