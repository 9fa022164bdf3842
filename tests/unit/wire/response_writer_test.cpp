// SPDX-License-Identifier: MIT
#include "wire/response_writer.hpp"

#include <gtest/gtest.h>

#include <string>

#include <serval/http/file_response.hpp>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::response_writer_test {

struct Writer {
  ResponseWriter writer;
  explicit Writer(ResponseWriter::Options options = {}) : writer(options) {
    writer.set_time(std::chrono::sys_seconds(std::chrono::seconds(784111777)));
  }
  std::string write(const Response& response, ResponseWriter::Framing framing = {}) {
    std::string out;
    written = writer.append(out, response, framing);
    return out;
  }
  ResponseWriter::Written written;
};

const std::string start = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nserver: serval\r\n";

TEST(ResponseWriter, PutsTheFieldsInOrder) {
  Response response(200, "{}", "application/json");
  response.headers().add("x-a", "1");
  response.headers().add("set-cookie", "a=b");
  response.headers().add("set-cookie", "c=d");
  EXPECT_EQ(Writer().write(response),
            "HTTP/1.1 200 OK\r\n" + start +
                "content-type: application/json\r\nx-a: 1\r\nset-cookie: a=b\r\nset-cookie: c=d\r\n"
                "content-length: 2\r\n\r\n{}");
}

TEST(ResponseWriter, HasAPhraseForEachRegisteredStatusAndNoneForOthers) {
  EXPECT_TRUE(Writer().write(Response(404)).starts_with("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_TRUE(Writer().write(Response(299)).starts_with("HTTP/1.1 299 \r\n"));
}

TEST(ResponseWriter, FormatsTheDateAnewEachSecond) {
  Writer writer;
  writer.writer.set_time(std::chrono::sys_seconds(std::chrono::seconds(784111778)));
  EXPECT_NE(writer.write(Response()).find("08:49:38 GMT"), std::string::npos);
}

TEST(ResponseWriter, LeavesDateAndServerToAHandlerThatGivesThem) {
  Response response;
  response.headers().add("Date", "then");
  response.headers().add("Server", "mine");
  EXPECT_EQ(Writer().write(response), "HTTP/1.1 200 OK\r\nDate: then\r\nServer: mine\r\ncontent-length: 0\r\n\r\n");
}

TEST(ResponseWriter, ConfirmsPersistenceToA10Client) {
  EXPECT_NE(Writer().write({}, {.http_1_0 = true}).find("\r\nconnection: keep-alive\r\n\r\n"), std::string::npos);
  EXPECT_EQ(Writer().write({}, {.close = true, .http_1_0 = true}).find("keep-alive"), std::string::npos);
}

TEST(ResponseWriter, ClosesWhenTheHandlerSaysSo) {
  Response response;
  response.headers().add("Connection", "foo , CLOSE");
  Writer writer;
  EXPECT_TRUE(writer.write(response).ends_with("content-length: 0\r\nconnection: close\r\n\r\n"));
  EXPECT_TRUE(writer.written.close);
}

TEST(ResponseWriter, KeepsTheTypeOfAnAnswerWithoutContent) {
  EXPECT_EQ(Writer({.date = false, .server = false}).write(Response(204, "dropped", "application/json")),
            "HTTP/1.1 204 No Content\r\ncontent-type: application/json\r\n\r\n");
}

TEST(ResponseWriter, LeavesALargeBodyToTheCaller) {
  Writer writer;
  const Response large(200, std::string(ResponseWriter::large_body_bytes, 'x'));
  EXPECT_TRUE(writer.write(large).ends_with("content-length: 32768\r\n\r\n"));
  EXPECT_TRUE(writer.written.large_body);
  (void)writer.write(large, {.to_head = true});
  EXPECT_FALSE(writer.written.large_body);
}

TEST(ResponseWriter, LeavesAFileToTheCaller) {
  const testing::TemporaryFolder folder;
  const FileResponse response(folder.write("a.txt", "hello"));
  Writer writer;
  EXPECT_TRUE(writer.write(response).ends_with("content-length: 5\r\n\r\n"));
  EXPECT_TRUE(writer.written.file);
  EXPECT_TRUE(writer.write(response, {.to_head = true}).ends_with("content-length: 5\r\n\r\n"));
  EXPECT_FALSE(writer.written.file);
}

}  // namespace serval::detail::response_writer_test
