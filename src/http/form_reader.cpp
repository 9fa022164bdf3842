// SPDX-License-Identifier: MIT
#include "http/form_reader.hpp"

#include <serval/http/http_error.hpp>
#include <serval/http/url.hpp>

#include <cstddef>
#include <string>
#include <utility>

#include "http/grammar.hpp"
#include "http/header_parameters.hpp"
#include "http/multipart_parser.hpp"
#include "http/upload_content.hpp"

namespace serval::detail {
namespace {

void check_count(std::size_t count, std::size_t maximum, std::string_view what) {
  if (maximum == 0 || count < maximum) return;
  throw HttpError(400, "Too many " + std::string(what) + ". Maximum number of " + std::string(what) + " is " +
                           std::to_string(maximum) + ".");
}

std::string well_formed(std::string text) {
  return http::is_valid_utf8(text) ? std::move(text) : http::replace_invalid_utf8(text);
}

// A part is a file if its Content-Disposition has a filename, otherwise a text.
class MultipartReader final : public detail::FormBodyReader, private detail::PartSink {
 public:
  MultipartReader(std::string_view boundary, const http::Limits& limits)
      : limits_(limits), parser_(boundary, limits, *this) {}

  void take(std::string_view piece) override { parser_.take(piece); }
  void end() override { parser_.end(); }

 private:
  void begin_part(http::Headers headers) override {
    detail::PartDisposition disposition = detail::part_disposition(headers);
    name_ = std::move(disposition.name);
    if (disposition.filename) {
      check_count(files_++, limits_.max_form_files, "files");
      file_ = std::make_shared<detail::UploadContent>(
          std::move(*disposition.filename), std::move(headers),
          detail::SpooledFile::Options{.memory_bytes = limits_.form_file_memory_bytes});
    } else {
      check_count(fields_++, limits_.max_form_fields, "fields");
    }
  }

  void part_data(std::string_view bytes) override {
    if (file_) return file_->bytes.append(bytes);
    const std::size_t maximum = limits_.max_form_field_bytes;
    if (maximum != 0 && bytes.size() > maximum - text_.size()) {
      throw HttpError(400, "Part exceeded maximum size of " + std::to_string(maximum / 1024) + "KB.");
    }
    text_ += bytes;
  }

  void end_part() override {
    if (file_) {
      file_->bytes.finish();
      form.add_file(std::move(name_), UploadFile(std::exchange(file_, nullptr)));
    } else {
      form.add_text(std::move(name_), well_formed(std::exchange(text_, {})));
    }
  }

  const http::Limits& limits_;
  std::string name_;
  std::string text_;
  std::shared_ptr<detail::UploadContent> file_;  // none while the part is a text
  std::size_t fields_ = 0;
  std::size_t files_ = 0;
  detail::MultipartParser parser_;
};

class UrlencodedReader final : public detail::FormBodyReader {
 public:
  explicit UrlencodedReader(const http::Limits& limits) : limits_(limits) {}

  void take(std::string_view piece) override {
    const std::size_t last = piece.rfind('&');
    if (last == std::string_view::npos) {
      unread_ += piece;
      return;
    }
    unread_ += piece.substr(0, last);
    read();
    unread_ = piece.substr(last + 1);
  }
  void end() override { read(); }

 private:
  // Whole pairs only.
  void read() {
    // One more than allowed shows that there are too many.
    const std::size_t bound = limits_.max_form_fields == 0 ? 0 : limits_.max_form_fields - form.size() + 1;
    const http::QueryParams pairs = http::QueryParams::parse(unread_, bound);
    for (const auto& [name, value] : pairs) {
      check_count(form.size(), limits_.max_form_fields, "fields");
      form.add_text(name, value);
    }
  }

  const http::Limits& limits_;
  std::string unread_;
};

std::string boundary_of(const detail::HeaderParameters& type) {
  const auto boundary = type.get("boundary");
  if (!boundary || boundary->empty()) throw HttpError(400, "Missing boundary in multipart.");
  if (!detail::is_boundary(*boundary)) detail::refuse_multipart();
  return std::string(*boundary);
}

std::unique_ptr<detail::FormBodyReader> reader_for(std::string_view content_type, const http::Limits& limits) {
  const std::string_view essence = detail::trim_whitespace(content_type.substr(0, content_type.find(';')));
  if (http::iequals(essence, "application/x-www-form-urlencoded")) return std::make_unique<UrlencodedReader>(limits);
  if (!http::iequals(essence, "multipart/form-data")) return nullptr;
  const auto type = detail::HeaderParameters::parse(content_type);
  if (!type) detail::refuse_multipart();
  return std::make_unique<MultipartReader>(boundary_of(*type), limits);
}

}  // namespace

FormReader::FormReader(std::string_view content_type, const http::Limits& limits)
    : reader_(reader_for(content_type, limits)) {}

FormReader::~FormReader() = default;

void FormReader::take(std::string_view piece) {
  has_bytes_ = has_bytes_ || !piece.empty();
  if (reader_) reader_->take(piece);
}

void FormReader::end() {
  if (reader_ && has_bytes_) reader_->end();
}

http::FormData FormReader::take_data() { return reader_ ? std::move(reader_->form) : http::FormData(); }

}  // namespace serval::detail
