// SPDX-License-Identifier: MIT
#include "params/form_input.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <serval/base/json_escape.hpp>

#include "schema/type_parts.hpp"

namespace serval::detail {

namespace {

/// Whether the entry is what a browser sends for a file input without a chosen file.
bool is_unchosen(const UploadFile& file) { return file.filename().empty() && file.size() == 0; }

/// The fields of a form; for `Source::file` also the bytes of files.
class FormTexts final : public TextSource, private FileSource {
 public:
  FormTexts(Source source, const http::FormData& data) : source_(source), data_(data) {}

  void collect(std::string_view name, const Type& type, std::vector<std::string_view>& out) const override {
    out.clear();
    for (const http::FormEntry& entry : data_.entries()) {
      if (entry.name == name && is_there(entry)) out.push_back(text_of(entry));
    }
    // A browser sends every text input, even an empty one.
    if (!takes_all(type) && !out.empty() && out.back().empty() && !takes_file(name, type)) out.clear();
  }

  void each(const std::function<void(std::string_view name, std::string_view text)>& visit) const override {
    for (const http::FormEntry& entry : data_.entries()) visit(entry.name, text_of(entry));
  }

  Found read(std::string_view name, const Type& type, const Rules* rules, Decoder& decoder, void* out) const override {
    if (leaf_of(type).kind == Kind::upload) {
      decoder.take_files_from(this);
      const Found found = TextSource::read(name, type, rules, decoder, out);
      decoder.take_files_from(nullptr);
      return found;
    }
    if (source_ == Source::file) return read_bytes(name, type, rules, decoder, out);
    if (takes_file(name, type)) return refuse_file(name, type, rules, decoder, out);
    return TextSource::read(name, type, rules, decoder, out);
  }

 private:
  static std::string_view text_of(const http::FormEntry& entry) {
    return entry.file ? entry.file->filename() : std::string_view(entry.text);
  }
  static bool is_there(const http::FormEntry& entry) { return !entry.file || !is_unchosen(*entry.file); }

  /// Whether the entries from which a value of the type is read include a file.
  [[nodiscard]] bool takes_file(std::string_view name, const Type& type) const {
    bool is_file = false;
    for (const http::FormEntry& entry : data_.entries()) {
      if (entry.name == name && is_there(entry)) is_file = entry.file.has_value() || (is_file && takes_all(type));
    }
    return is_file;
  }

  /// Refuses a file where a value was expected, with the error of the value's type for an object.
  Found refuse_file(std::string_view name, const Type& type, const Rules* rules, Decoder& decoder, void* out) const {
    const std::string input = takes_all(type) ? list_of(name) : "{}";
    JsonDocument document;
    static_cast<void>(document.parse(input, 0));
    if (decoder.decode(type, rules, document.root(), out))  // a type that accepts any value does not accept a file
      decoder.report(fault_value_error("Expected a text, received a file"), "null");
    return Found::faulty;
  }

  /// All entries of that name, so that each keeps its index: `["a",{}]`.
  [[nodiscard]] std::string list_of(std::string_view name) const {
    std::string list;
    for (const http::FormEntry& entry : data_.entries()) {
      if (entry.name != name || !is_there(entry)) continue;
      list += list.empty() ? '[' : ',';
      if (entry.file) {
        list += "{}";
      } else {
        append_json_string(list, entry.text);
      }
    }
    return list + ']';
  }

  Found read_bytes(std::string_view name, const Type& type, const Rules* rules, Decoder& decoder, void* out) const {
    std::vector<std::string> contents;
    for (const http::FormEntry& entry : data_.entries()) {
      if (entry.name != name || !is_there(entry) || (!entry.file && entry.text.empty())) continue;
      if (!takes_all(type)) contents.clear();  // the last one is used
      contents.push_back(entry.file ? whole(*entry.file) : entry.text);
    }
    if (contents.empty()) return Found::absent;
    const std::vector<std::string_view> texts(contents.begin(), contents.end());
    const bool is_whole =
        takes_all(type) ? decoder.decode(type, rules, texts, out) : decoder.decode(type, rules, texts.back(), out);
    return is_whole ? Found::whole : Found::faulty;
  }

  static std::string whole(const UploadFile& file) {
    std::string bytes(static_cast<std::size_t>(file.size()), '\0');
    bytes.resize(file.read_at(0, bytes.data(), bytes.size()));
    return bytes;
  }

  const void* find(std::string_view text) const override {
    const auto& entries = data_.entries();
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const http::FormEntry& entry) {
      return entry.file && text_of(entry).data() == text.data();
    });
    return found == entries.end() ? nullptr : &*found->file;
  }

  Source source_;
  const http::FormData& data_;
};

}  // namespace

// --- FormSink ------------------------------------------------------------------------------------

FormSink::FormSink(std::string_view content_type, const http::Limits& limits) noexcept {
  attempt([&] { reader_.emplace(content_type, limits); });
}

template <class Action>
bool FormSink::attempt(Action action) noexcept {
  if (fault_ != nullptr) return false;
  try {
    action();
    return true;
  } catch (const std::exception&) {
    fault_ = std::current_exception();
    return false;
  }
}

bool FormSink::take(std::string_view piece) noexcept {
  has_begun_ = true;
  return attempt([&] { reader_->take(piece); });
}

void FormSink::end() noexcept {
  if (has_begun_) attempt([&] { reader_->end(); });
}

http::FormData FormSink::finish() {
  if (fault_ != nullptr) std::rethrow_exception(fault_);
  return has_begun_ ? reader_->take_data() : http::FormData();
}

// --- FormInput -----------------------------------------------------------------------------------

FormInput::FormInput(http::Exchange& exchange) : data_(static_cast<FormSink&>(*exchange.body_sink()).finish()) {}

void FormInput::extract(const BoundParameter& parameter, Decoder& decoder, void* out) const {
  const FormTexts texts(parameter.source, data_);
  if (parameter.is_group) return extract_group(parameter, texts, decoder, out);
  decoder.enter(name_of(parameter.source));
  decoder.enter(parameter.wire);
  const Found found = texts.read(parameter.wire, *parameter.type, parameter.rules, decoder, out);
  if (found == Found::absent) fill_absent(parameter, decoder, out);
  decoder.leave();
  decoder.leave();
}

}  // namespace serval::detail
