// SPDX-License-Identifier: MIT
#include "settings/env_file.hpp"

#include <algorithm>
#include <utility>

namespace serval::detail {

namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

constexpr bool is_of_name(char c) {
  return c > ' ' && c < 0x7F && std::string_view("=#'\"`").find(c) == std::string_view::npos;
}

class EnvFileParser {
 public:
  explicit EnvFileParser(std::string_view text) : text_(text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  }

  EnvFile parse() {
    while (position_ < text_.size()) {
      line_ = next_line_;
      name_.clear();
      word_.clear();
      const std::string_view fault = parse_entry();
      if (!fault.empty()) file_.faults.push_back({name_, word_, std::string(fault), line_, next_line_ != line_});
      skip_line();
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] bool is_at_end_of_line() const { return position_ == text_.size() || text_[position_] == '\n'; }
  [[nodiscard]] bool is_at(char c) const { return position_ < text_.size() && text_[position_] == c; }

  void skip_blanks() {
    while (position_ < text_.size() && is_blank(text_[position_])) ++position_;
  }
  void skip_line() {
    while (!is_at_end_of_line()) ++position_;
    if (position_ < text_.size()) ++position_;
    ++next_line_;
  }

  /// Reads what the line begins with. Returns what is wrong with it, or nothing.
  std::string_view parse_entry() {
    skip_blanks();
    if (is_at_end_of_line() || is_at('#')) return {};
    name_ = read_name();
    if (name_ == "export" && !is_at('=')) {
      skip_blanks();
      if (!is_at('=')) name_ = read_name();
    }
    skip_blanks();
    if (name_.empty() || !is_at('=')) {
      word_ = name_.substr(0, name_.find(':'));
      name_.clear();  // perhaps a line of a secret
      return "the line should be NAME=value, or a comment that begins with #";
    }
    ++position_;
    return parse_value();
  }

  std::string read_name() {
    const std::size_t begin = position_;
    while (position_ < text_.size() && is_of_name(text_[position_])) ++position_;
    return std::string(text_.substr(begin, position_ - begin));
  }

  std::string_view parse_value() {
    skip_blanks();
    if (!is_at('"') && !is_at('\'')) {
      add(read_plain());
      return {};
    }
    const char quote = text_[position_];
    const std::size_t begin = position_ + 1;
    const std::size_t end = closing_quote(begin, quote);
    if (end == std::string_view::npos)
      return quote == '"' ? "the value begins with \" but has no closing one"
                          : "the value begins with ' but has no closing one";
    const std::string_view quoted = text_.substr(begin, end - begin);
    next_line_ += static_cast<std::size_t>(std::count(quoted.begin(), quoted.end(), '\n'));
    position_ = end + 1;
    skip_blanks();
    if (!is_at_end_of_line() && !is_at('#')) return "text follows the closing quote of the value";
    add(quote == '"' ? unescaped(quoted) : std::string(quoted));
    return {};
  }

  [[nodiscard]] std::size_t closing_quote(std::size_t from, char quote) const {
    for (std::size_t i = from; i < text_.size(); ++i) {
      if (text_[i] == quote) return i;
      if (text_[i] == '\\' && quote == '"') ++i;
    }
    return std::string_view::npos;
  }

  /// To the end of the line or a comment.
  std::string read_plain() {
    const std::size_t begin = position_;
    while (!is_at_end_of_line()) {
      if (is_at('#') && is_blank(text_[position_ - 1])) break;
      ++position_;
    }
    std::size_t end = position_;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return std::string(text_.substr(begin, end - begin));
  }

  static std::string unescaped(std::string_view quoted) {
    constexpr std::string_view letters = "\\\"$nrt", values = "\\\"$\n\r\t";
    std::string out;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      const std::size_t escape =
          quoted[i] == '\\' && i + 1 < quoted.size() ? letters.find(quoted[i + 1]) : std::string_view::npos;
      if (escape == std::string_view::npos) {
        out += quoted[i];
      } else {
        out += values[escape];
        ++i;
      }
    }
    return out;
  }

  void add(std::string value) { file_.entries.push_back({std::move(name_), std::move(value), line_}); }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  std::size_t next_line_ = 1;
  std::string name_;
  std::string word_;
  EnvFile file_;
};

}  // namespace

EnvFile parse_env_file(std::string_view text) { return EnvFileParser(text).parse(); }

}  // namespace serval::detail
