// SPDX-License-Identifier: MIT
#include <serval/http/file_response.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <system_error>

#include "http/file_body.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::file_response_test {

using testing::TemporaryFolder;

TEST(FileResponse, DescribesTheFile) {
  const TemporaryFolder folder;
  const FileResponse response(folder.write("a.txt", "hello world"));
  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
  EXPECT_EQ(response.headers().get("accept-ranges"), "bytes");
  EXPECT_EQ(response.headers().get("last-modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(response.headers().get("etag"), "\"0ae1b981bc490a00b\"");
  EXPECT_FALSE(response.headers().contains("content-disposition"));
  EXPECT_EQ(response.file()->size(), 11U);
  EXPECT_EQ(response.file()->read(), "hello world");
}

TEST(FileResponse, TakesOptions) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a", "x");
  const FileResponse saved(path, {.filename = "b.csv", .headers = {{"etag", "\"mine\""}, {"x-a", "1"}}});
  EXPECT_EQ(saved.content_type(), "text/csv; charset=utf-8");
  EXPECT_EQ(saved.headers().get("content-disposition"), "attachment; filename=\"b.csv\"");
  EXPECT_EQ(saved.headers().get("etag"), "\"mine\"");
  EXPECT_EQ(saved.headers().get("x-a"), "1");
  const FileResponse shown(
      path, {.media_type = "image/png", .filename = "b.txt", .disposition = http::Disposition::inline_, .status = 404});
  EXPECT_EQ(shown.content_type(), "image/png");
  EXPECT_EQ(shown.headers().get("content-disposition"), "inline; filename=\"b.txt\"");
  EXPECT_EQ(shown.status(), 404);
}

TEST(FileResponse, IsEmptyForAnEmptyFile) {
  const TemporaryFolder folder;
  const FileResponse response(folder.write("empty", ""));
  EXPECT_EQ(response.file()->size(), 0U);
  EXPECT_EQ(response.file()->read(), "");
}

TEST(FileResponse, ThrowsForWhatIsNoFile) {
  const TemporaryFolder folder;
  folder.pipe("pipe");
  EXPECT_THROW(FileResponse(folder.path("missing")), std::system_error);
  EXPECT_THROW(FileResponse(folder.path()), std::system_error);
  EXPECT_THROW(FileResponse(folder.path("pipe")), std::system_error);  // it does not wait for a writer
}

TEST(FileResponse, SendsTheFileThatItOpened) {
  const TemporaryFolder folder;
  const FileResponse response(folder.write("a", "old"));
  std::filesystem::remove(folder.path("a"));
  folder.write("a", "another");
  EXPECT_EQ(response.file()->read(), "old");
}

TEST(FileBody, ThrowsWhereTheFileWasCutShort) {
  const TemporaryFolder folder;
  const FileResponse response(folder.write("a", "hello"));
  std::filesystem::resize_file(folder.path("a"), 2);
  EXPECT_THROW(static_cast<void>(response.file()->read()), std::system_error);
}

TEST(Response, DropsItsFileForAnotherBody) {
  const TemporaryFolder folder;
  Response response = FileResponse(folder.write("a", "hello"));
  response.set_body("text");
  EXPECT_EQ(response.file(), nullptr);
}

}  // namespace serval::file_response_test
