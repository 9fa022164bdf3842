// SPDX-License-Identifier: MIT
#include "http/multipart_parser.hpp"

#include <utility>

#include "http/grammar.hpp"

namespace serval::detail {

bool is_boundary(std::string_view text) noexcept {
  static constexpr CharSet boundary_chars = CharSet(alphanumerics).add("'()+_,-./:=? ").add("*&!#$%^`|~@{}[]<>");
  return !text.empty() && text.size() <= 70 && text.back() != ' ' && boundary_chars.contains_all(text);
}

MultipartParser::MultipartParser(std::string_view boundary, const http::Limits& limits, PartSink& sink)
    : search_(boundary), head_(limits), sink_(sink) {
  search_.assume_line_start();
}

void MultipartParser::take(std::string_view piece) {
  while (!piece.empty() && state_ != State::epilogue) {
    if (state_ == State::content) {
      piece.remove_prefix(take_content(piece));
    } else if (state_ == State::head) {
      piece.remove_prefix(head_.take(piece));
      if (!head_.is_whole()) continue;
      sink_.begin_part(head_.take_headers());
      in_part_ = true;
      state_ = State::content;
      search_.assume_line_start();  // a part without content may end with the empty line of its head
    } else {
      take_after_delimiter(piece.front());
      if (!std::exchange(reread_, false)) piece.remove_prefix(1);
    }
  }
}

void MultipartParser::end() const {
  if (state_ != State::epilogue) refuse_multipart();
}

std::size_t MultipartParser::take_content(std::string_view piece) {
  const BoundarySearch::Step step = search_.next(piece);
  if (in_part_ && !step.held.empty()) sink_.part_data(step.held);
  if (in_part_ && !step.content.empty()) sink_.part_data(step.content);
  if (step.found) state_ = State::delimiter;
  return step.consumed;
}

void MultipartParser::take_after_delimiter(char byte) {
  switch (state_) {
    case State::delimiter:
      return take_first_after_delimiter(byte);
    case State::delimiter_dash:
      return byte == '-' ? confirm(State::epilogue) : take_as_content("-");
    case State::delimiter_return:
      return byte == '\n' ? confirm(State::head) : take_as_content("\r");
    case State::padding:
      if (byte == '\r') state_ = State::padding_return;
      if (byte != '\r' && byte != ' ' && byte != '\t') refuse_multipart();
      return;
    case State::padding_return:
      if (byte != '\n') refuse_multipart();
      return confirm(State::head);
    case State::content:
    case State::head:
    case State::epilogue:
      return;  // no delimiter: never asked
  }
}

void MultipartParser::take_first_after_delimiter(char byte) {
  if (byte == '-') {
    state_ = State::delimiter_dash;
  } else if (byte == '\r') {
    state_ = State::delimiter_return;
  } else if (byte == ' ' || byte == '\t') {
    state_ = State::padding;
  } else {
    take_as_content("");
  }
}

void MultipartParser::confirm(State next) {
  if (in_part_) sink_.end_part();
  in_part_ = false;
  state_ = next;
}

void MultipartParser::take_as_content(std::string_view behind) {
  if (in_part_) sink_.part_data(search_.found_text());
  if (in_part_ && !behind.empty()) sink_.part_data(behind);
  state_ = State::content;
  reread_ = true;
}

}  // namespace serval::detail
