// SPDX-License-Identifier: MIT
// Forms over a socket, which the server parses while they arrive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/process.hpp"

namespace serval::form_test {

using testing::body_of;
using testing::has_line;
using ::testing::HasSubstr;
using testing::post_request;
using testing::RawClient;
using testing::resident_kib;
using testing::status_of;

const std::string head_of_file =
    "--b\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nTom\r\n"
    "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"cat.png\"\r\ncontent-type: image/png\r\n\r\n";
const std::string end_of_form = "\r\n--b--\r\n";

std::string head(std::size_t length) {
  return "POST /files HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: " +
         std::to_string(length) + "\r\n";
}

class FormOver : public ::testing::Test {
 protected:
  FormOver() {
    app_.post("/files", {.max_body_bytes = 100 * 1024 * 1024})(
        [this](File<UploadFile, "file"> file, Form<std::string, "title"> title) {
          resident_ = resident_kib();
          unsigned sum = 0;
          for (std::string piece = file.read(65536); !piece.empty(); piece = file.read(65536)) {
            for (const char byte : piece) sum += static_cast<unsigned char>(byte);
          }
          return json{{"title", title}, {"name", file.filename()}, {"size", file.size()}, {"sum", sum}};
        });
    app_.post("/small", {.max_body_bytes = 100})([](Form<std::string, "a"> a) { return a; });
    app_.post("/tags")([](Form<std::vector<std::string>, "tags"> tags) { return tags; });
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  RawClient connect() { return RawClient(server_->port()); }

  App app_;
  std::atomic<long> resident_{0};
  std::optional<Server> server_;
};

TEST_F(FormOver, FieldsAndFilesOfASocket) {
  const std::string body = head_of_file + "12345" + end_of_form;
  RawClient client = connect();
  client.send(head(body.size()) + "\r\n" + body);
  EXPECT_EQ(body_of(client.read_answer()), R"({"title":"Tom","name":"cat.png","size":5,"sum":255})");
  // The connection stays open for the next request, which comes in chunks of one byte.
  client.send(
      "POST /files HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\n"
      "transfer-encoding: chunked\r\n\r\n");
  for (const char c : body) client.send(std::string("1\r\n") + c + "\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), R"({"title":"Tom","name":"cat.png","size":5,"sum":255})");
}

TEST_F(FormOver, IsAskedForWithContinue) {
  const std::string body = head_of_file + end_of_form;
  RawClient client = connect();
  client.send(head(body.size()) + "expect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer(RawClient::To::head), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send(body);
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST_F(FormOver, ALargeFileIsNotHeldInMemory) {
  constexpr std::size_t piece_bytes = 256 * 1024;
  constexpr std::size_t pieces = testing::memory_is_sanitized ? 16 : 256;  // a sanitizer takes long for all
  const std::string piece(piece_bytes, '\1');
  RawClient client = connect();
  // The first file of the process loads code and memory that must not be charged to the large file.
  client.send(head(head_of_file.size() + piece_bytes + end_of_form.size()) + "\r\n" + head_of_file + piece +
              end_of_form);
  EXPECT_EQ(body_of(client.read_answer()), R"({"title":"Tom","name":"cat.png","size":262144,"sum":262144})");
  client.send(head(head_of_file.size() + pieces * piece_bytes + end_of_form.size()) + "\r\n" + head_of_file);
  const long before = resident_kib();
  for (std::size_t i = 0; i < pieces; ++i) ASSERT_TRUE(client.send(piece));
  client.send(end_of_form);
  const std::string size = std::to_string(pieces * piece_bytes);
  EXPECT_EQ(body_of(client.read_answer()),
            R"({"title":"Tom","name":"cat.png","size":)" + size + R"(,"sum":)" + size + "}");
  if (!testing::memory_is_sanitized) {
    EXPECT_LT(resident_ - before, 16 * 1024);
  }
}

TEST_F(FormOver, ThatIsMalformedIsRefusedAsSoonAsThatIsKnown) {
  RawClient client = connect();
  client.send(head(50'000'000) + "\r\n--b\r\nno colon here\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_EQ(body_of(answer), R"({"detail":"Invalid multipart data."})");
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST_F(FormOver, ThatTheHeadMakesNoFormIsNotAskedFor) {
  const std::string fields = "POST /files HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data\r\n";
  for (const char* rest : {"content-length: 500\r\nexpect: 100-continue\r\n\r\n", "content-length: 500\r\n\r\n",
                           "transfer-encoding: chunked\r\n\r\n", "content-length: 1\r\n\r\nx"}) {
    RawClient client = connect();
    client.send(fields + rest);
    const std::string answer = client.read_all();
    EXPECT_EQ(status_of(answer), 400) << rest;
    EXPECT_EQ(body_of(answer), R"({"detail":"Missing boundary in multipart."})");
    EXPECT_TRUE(has_line(answer, "connection: close"));
  }
}

TEST_F(FormOver, IsReadWhateverBoundaryTheClientHasChosen) {
  for (const std::string boundary : {"*****", "\"{5f-2}\"", "\"*****\""}) {
    const std::string bare = boundary.front() == '"' ? boundary.substr(1, boundary.size() - 2) : boundary;
    const std::string body =
        "--" + bare + "\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\na\r\n--" + bare + "--\r\n";
    RawClient client = connect();
    client.send(post_request(
        "/tags", "content-type: multipart/form-data; boundary=" + boundary + "\r\nconnection: close\r\n", body));
    EXPECT_EQ(status_of(client.read_all()), 200) << boundary;
  }
}

TEST_F(FormOver, ThatIsTooLargeIsRefused) {
  const std::string fields = "POST /small HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n";
  RawClient announced = connect();
  announced.send(fields + "content-length: 101\r\n\r\n");
  EXPECT_EQ(status_of(announced.read_all()), 413);
  RawClient chunked = connect();
  chunked.send(fields + "transfer-encoding: chunked\r\n\r\n65\r\n");
  EXPECT_EQ(status_of(chunked.read_all()), 413);
  RawClient fitting = connect();
  fitting.send(fields + "content-length: 100\r\nconnection: close\r\n\r\na=" + std::string(98, 'x'));
  EXPECT_EQ(status_of(fitting.read_all()), 200);
}

TEST_F(FormOver, AFileAmongTextsIsRefusedAtItsPlace) {
  const std::string text = "--b\r\ncontent-disposition: form-data; name=tags\r\n\r\nv\r\n";
  const auto post = [this](const std::string& body) {
    RawClient client = connect();
    client.send(post_request("/tags", "content-type: multipart/form-data; boundary=b\r\n", body));
    return client.read_answer();
  };
  // A part whose filename cannot be decoded is a file as well.
  for (const char* filename : {"filename=\"fname\"", "filename*=iso-8859-1''%e9.txt", "filename*=UTF-8''%ff"}) {
    const std::string file =
        std::string("--b\r\ncontent-disposition: form-data; name=tags; ") + filename + "\r\n\r\ndata\r\n";
    const std::string first = post(file + text + "--b--\r\n");
    EXPECT_EQ(status_of(first), 422) << filename;
    EXPECT_THAT(first, HasSubstr(R"("loc":["body","tags",0])"));
    const std::string last = post(text + file + "--b--\r\n");
    EXPECT_EQ(status_of(last), 422) << filename;
    EXPECT_THAT(last, HasSubstr(R"("loc":["body","tags",1])"));
  }
}

TEST_F(FormOver, WithoutABodyIsEmpty) {
  RawClient client = connect();
  client.send("POST /files HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()),
            R"({"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null},)"
            R"({"type":"missing","loc":["body","title"],"msg":"Field required","input":null}]})");
}

TEST_F(FormOver, OfAClientThatGoesLeavesNothingBehind) {
  RawClient client = connect();
  client.send(head(50'000'000) + "\r\n" + head_of_file + std::string(2'000'000, 'x'));
  client.reset();
  RawClient next = connect();
  const std::string body = head_of_file + end_of_form;
  next.send(head(body.size()) + "connection: close\r\n\r\n" + body);
  EXPECT_EQ(status_of(next.read_all()), 200);
}

}  // namespace serval::form_test
