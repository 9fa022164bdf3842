// SPDX-License-Identifier: MIT
#include "http/form_reader.hpp"

#include <serval/http/http_error.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace serval::form_reader_test {

constexpr const char* multipart = "multipart/form-data; boundary=abc";
constexpr const char* urlencoded = "application/x-www-form-urlencoded";

http::FormData read(std::string_view type, std::string_view body, const http::Limits& limits = {},
                    std::size_t piece_size = 65536) {
  detail::FormReader reader(type, limits);
  for (; !body.empty(); body.remove_prefix(std::min(piece_size, body.size()))) reader.take(body.substr(0, piece_size));
  reader.end();
  return reader.take_data();
}

// Returns the detail of the error response; empty if there is no error.
std::string refusal(std::string_view type, std::string_view body, const http::Limits& limits = {}) {
  try {
    static_cast<void>(read(type, body, limits));
  } catch (const HttpError& error) {
    EXPECT_EQ(error.status(), 400);
    return error.detail_json();
  }
  return "";
}

std::string part(std::string_view disposition, std::string_view content) {
  return "--abc\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" + std::string(content) +
         "\r\n";
}

std::string body_of(const std::vector<std::string>& parts) {
  std::string body;
  for (const std::string& text : parts) body += text;
  return body + "--abc--\r\n";
}

// Returns "name=text" and "name=filename:content" for the entries, in order.
std::string written(const http::FormData& form) {
  std::string out;
  for (const http::FormEntry& entry : form.entries()) {
    out += entry.name + "=" + entry.text;
    if (UploadFile file = entry.file.value_or(UploadFile()); entry.file) out += file.filename() + ":" + file.read();
    out += ";";
  }
  return out;
}

TEST(FormReader, ReadsTextsAndFilesInOrder) {
  const http::FormData form =
      read(multipart, body_of({part("name=a", "1"), part("name=f; filename=x.txt", "content"), part("name=a", "2")}));
  EXPECT_EQ(written(form), "a=1;f=x.txt:content;a=2;");
}

TEST(FormReader, KeepsTheHeaderFieldsOfAFile) {
  const http::FormData form =
      read(multipart,
           "--abc\r\nContent-Disposition: form-data; name=f; filename=x\r\nContent-Type: text/csv\r\n"
           "X-Own: 1\r\n\r\na\r\n--abc--");
  const UploadFile file = form.file("f").value_or(UploadFile());
  EXPECT_EQ(file.content_type(), "text/csv");
  EXPECT_EQ(file.headers().get("x-own"), "1");
}

TEST(FormReader, TellsAFileWithoutAContentTypeFromOneWithAnEmptyOne) {
  const http::FormData form =
      read(multipart,
           "--abc\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\na\r\n"
           "--abc\r\nContent-Disposition: form-data; name=g; filename=x\r\nContent-Type:\r\n\r\na\r\n--abc--");
  ASSERT_TRUE(form.file("f") && form.file("g"));
  EXPECT_EQ(form.file("f")->content_type(), "");
  EXPECT_EQ(form.file("f")->headers().get("content-type"), std::nullopt);
  EXPECT_EQ(form.file("g")->content_type(), "");
  EXPECT_EQ(form.file("g")->headers().get("content-type"), "");
}

TEST(FormReader, TakesAPartForAFileByItsFilenameAlone) {
  const http::FormData form =
      read(multipart, "--abc\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/csv\r\n\r\n1\r\n" +
                          body_of({part("name=f; filename=\"\"", "")}));
  EXPECT_EQ(form.get("a"), "1");
  ASSERT_TRUE(form.file("f"));
  EXPECT_TRUE(form.file("f")->empty());
}

TEST(FormReader, ReplacesIllFormedUtf8InTextsAndKeepsItInFiles) {
  const http::FormData form = read(multipart, body_of({part("name=a", "\xFF"), part("name=f; filename=x", "\xFF")}));
  EXPECT_EQ(form.get("a"), "\uFFFD");
  EXPECT_EQ(form.file("f")->read(), "\xFF");
}

TEST(FormReader, ReadsABoundaryQuotedOrNot) {
  const std::string body = "--a=_b:c\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a=_b:c--";
  EXPECT_EQ(written(read("Multipart/Form-Data; charset=utf-8; Boundary=\"a=_b:c\"", body)), "a=1;");
  EXPECT_EQ(written(read("multipart/form-data;boundary=a=_b:c", body)), "a=1;");
}

TEST(FormReader, ReadsBoundariesThatClientsReallySend) {
  for (const std::string boundary : {"*****", "a&b", "{5f-2}", "~a@b~", "----=_Part_1_2.3", "Boundary+<1>"}) {
    const std::string body =
        "--" + boundary + "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--" + boundary + "--";
    EXPECT_EQ(written(read("multipart/form-data; boundary=" + boundary, body)), "a=1;") << boundary;
    EXPECT_EQ(written(read("multipart/form-data; boundary=\"" + boundary + "\"", body)), "a=1;") << boundary;
  }
}

TEST(FormReader, RefusesMultipartWithoutBoundary) {
  EXPECT_EQ(refusal("multipart/form-data", ""), R"("Missing boundary in multipart.")");
  EXPECT_EQ(refusal("multipart/form-data; boundary=", ""), R"("Missing boundary in multipart.")");
}

TEST(FormReader, RefusesAnIllegalBoundary) {
  EXPECT_EQ(refusal("multipart/form-data; boundary=\"a\x7f\"", ""), R"("Invalid multipart data.")");
  EXPECT_EQ(refusal("multipart/form-data; boundary=" + std::string(71, 'a'), ""), R"("Invalid multipart data.")");
}

TEST(FormReader, RefusesAMultipartBodyCutOff) {
  EXPECT_EQ(refusal(multipart, part("name=a", "1")), R"("Invalid multipart data.")");
}

TEST(FormReader, BoundsTextsAndFilesApart) {
  http::Limits limits;
  limits.max_form_fields = 2;
  limits.max_form_files = 1;
  const std::string text = part("name=a", "1");
  const std::string file = part("name=f; filename=x", "1");
  EXPECT_EQ(refusal(multipart, body_of({text, file, text}), limits), "");
  EXPECT_EQ(refusal(multipart, body_of({text, text, text}), limits),
            R"("Too many fields. Maximum number of fields is 2.")");
  EXPECT_EQ(refusal(multipart, body_of({file, file}), limits), R"("Too many files. Maximum number of files is 1.")");
}

TEST(FormReader, BoundsTheSizeOfATextAndOfNoFile) {
  const std::string large(1024 * 1024 + 1, 'a');
  EXPECT_EQ(refusal(multipart, body_of({part("name=a", large.substr(1))})), "");
  EXPECT_EQ(refusal(multipart, body_of({part("name=a", large)})), R"("Part exceeded maximum size of 1024KB.")");
  EXPECT_EQ(refusal(multipart, body_of({part("name=f; filename=x", large)})), "");
}

TEST(FormReader, HasNoBoundsWhereTheyAreZero) {
  http::Limits limits;
  limits.max_form_fields = limits.max_form_files = limits.max_form_field_bytes = limits.form_file_memory_bytes = 0;
  std::string body;
  for (int count = 0; count < 1100; ++count) body += part("name=a", "1") + part("name=f; filename=x", "");
  body += part("name=a", std::string(2'000'000, 'a'));
  EXPECT_EQ(read(multipart, body_of({body}), limits).size(), 2201U);
  std::string pairs;
  for (int count = 0; count < 1100; ++count) pairs += "a=1&";
  EXPECT_EQ(read(urlencoded, pairs, limits).size(), 1100U);
}

TEST(FormReader, WritesALargeFileAwayAndReadsItBack) {
  const std::string piece(100'000, 'x');
  const http::Limits limits;
  detail::FormReader reader(multipart, limits);
  reader.take("--abc\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n");
  for (int count = 0; count < 200; ++count) reader.take(piece);
  reader.take("\r\n--abc--");
  reader.end();
  UploadFile file = reader.take_data().file("f").value_or(UploadFile());
  EXPECT_EQ(file.size(), 20'000'000U);
  file.seek(19'999'999);
  EXPECT_EQ(file.read(), "x");
}

TEST(FormReader, GivesTheSameForPiecesOfAnySize) {
  const std::string body =
      body_of({part("name=a", "1\r\n--ab"), part("name=f; filename=\"ü\"", "\r\n--abcd"), part("name=b", "")});
  const std::string pairs = "a=1&&b=%C3%BC+x&=&c&a=%zz";
  for (std::size_t size = 1; size <= body.size(); ++size) {
    EXPECT_EQ(written(read(multipart, body, {}, size)), "a=1\r\n--ab;f=ü:\r\n--abcd;b=;") << size;
    EXPECT_EQ(written(read(urlencoded, pairs, {}, size)), "a=1;b=ü x;=;c=;a=%zz;") << size;
  }
}

TEST(FormReader, ReadsUrlencodedPairs) {
  EXPECT_EQ(written(read("Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=1+2&b=%26%FF")), "a=1 2;b=&\uFFFD;");
}

TEST(FormReader, BoundsTheNumberOfUrlencodedPairs) {
  http::Limits limits;
  limits.max_form_fields = 2;
  EXPECT_EQ(refusal(urlencoded, "a=1&&b=2&", limits), "");
  EXPECT_EQ(refusal(urlencoded, "a=1&b=2&c", limits), R"("Too many fields. Maximum number of fields is 2.")");
}

TEST(FormReader, RefusesTooManyPairsBeforeTheBodyEnds) {
  http::Limits limits;
  limits.max_form_fields = 2;
  detail::FormReader reader(urlencoded, limits);
  reader.take("a=1&b=2&c=3");
  EXPECT_THROW(reader.take("&d=4"), HttpError);
}

TEST(FormReader, GivesAnEmptyFormForAnyOtherType) {
  EXPECT_TRUE(read("application/json", "{\"a\": 1}").empty());
  EXPECT_TRUE(read("multipart/mixed; boundary=abc", body_of({part("name=a", "1")})).empty());
  EXPECT_TRUE(read("", "a=1").empty());
}

TEST(FormReader, GivesAnEmptyFormForAnEmptyBody) {
  EXPECT_TRUE(read(multipart, "").empty());
  EXPECT_TRUE(read(urlencoded, "").empty());
}

}  // namespace serval::form_reader_test
