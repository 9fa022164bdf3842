// SPDX-License-Identifier: MIT
#include "http/boundary_search.hpp"

#include <algorithm>
#include <cstring>

namespace serval::detail {

BoundarySearch::BoundarySearch(std::string_view boundary) : delimiter_("\r\n--") {
  delimiter_ += boundary;
  shift_.fill(static_cast<std::uint8_t>(delimiter_.size()));
  for (std::size_t index = 0; index + 1 < delimiter_.size(); ++index) {
    shift_[static_cast<unsigned char>(delimiter_[index])] = static_cast<std::uint8_t>(delimiter_.size() - 1 - index);
  }
}

BoundarySearch::Step BoundarySearch::next(std::string_view piece) noexcept {
  Step step;
  if (matched_ != 0) {
    const std::string_view awaited = std::string_view(delimiter_).substr(matched_);
    const std::size_t length = std::min(awaited.size(), piece.size());
    if (piece.substr(0, length) == awaited.substr(0, length)) {
      matched_ += length;
      step.consumed = length;
      step.found = matched_ == delimiter_.size();
      if (step.found) found(assumed_);
      return step;
    }
    step.held = std::string_view(delimiter_).substr(assumed_, matched_ - assumed_);
    assumed_ = 0;
  }
  const std::size_t position = find(piece);
  step.found = position != std::string_view::npos;
  matched_ = step.found ? 0 : unfinished_at_end(piece);
  step.content = piece.substr(0, step.found ? position : piece.size() - matched_);
  step.consumed = step.found ? position + delimiter_.size() : piece.size();
  if (step.found) found(0);
  return step;
}

void BoundarySearch::found(std::size_t from) noexcept {
  found_from_ = from;
  matched_ = assumed_ = 0;
}

// Horspool's search, except that after a match of only the last byte it jumps to the next CR, which a delimiter has
// only at its start. So content that consists of the boundary's own bytes is not scanned byte by byte.
std::size_t BoundarySearch::find(std::string_view bytes) const noexcept {
  const std::size_t size = delimiter_.size();
  const char last = delimiter_.back();
  for (std::size_t position = 0; position + size <= bytes.size();) {
    const char* window = bytes.data() + position;
    const char end = window[size - 1];
    if (end != last) {
      position += shift_[static_cast<unsigned char>(end)];
      continue;
    }
    if (std::memcmp(window, delimiter_.data(), size) == 0) return position;
    position = bytes.find('\r', position + 1);
    if (position == std::string_view::npos) break;
  }
  return std::string_view::npos;
}

std::size_t BoundarySearch::unfinished_at_end(std::string_view bytes) const noexcept {
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), delimiter_.size() - 1));
  const std::size_t start = tail.rfind('\r');
  if (start == std::string_view::npos) return 0;
  const std::size_t length = tail.size() - start;
  return tail.substr(start) == std::string_view(delimiter_).substr(0, length) ? length : 0;
}

}  // namespace serval::detail
