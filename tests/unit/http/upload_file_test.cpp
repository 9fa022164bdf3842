// SPDX-License-Identifier: MIT
#include <serval/http/upload_file.hpp>

#include <serval/base/task.hpp>

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <system_error>

#include "http/upload_content.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::upload_file_test {

UploadFile upload(std::string filename, std::string_view content, std::size_t memory_bytes = 1024) {
  const auto made = std::make_shared<detail::UploadContent>(
      std::move(filename), http::Headers{{"Content-Type", "text/plain"}}, detail::SpooledFile::Options{memory_bytes});
  made->bytes.append(content);
  made->bytes.finish();
  return UploadFile(made);
}

std::string safe(std::string filename) { return upload(std::move(filename), "").safe_filename(); }

TEST(UploadFile, IsNoFileByDefault) {
  UploadFile file;
  EXPECT_TRUE(file.empty());
  EXPECT_EQ(file.size(), 0U);
  EXPECT_EQ(file.filename(), "");
  EXPECT_EQ(file.content_type(), "");
  EXPECT_TRUE(file.headers().empty());
  EXPECT_EQ(file.read(), "");
  EXPECT_EQ(file.safe_filename(), "upload");
  EXPECT_THROW(file.save_to("/tmp/never"), std::system_error);
}

TEST(UploadFile, TellsWhatThePartSaid) {
  const UploadFile file = upload("a.txt", "abc");
  EXPECT_EQ(file.filename(), "a.txt");
  EXPECT_EQ(file.content_type(), "text/plain");
  EXPECT_EQ(file.headers().get("content-type"), "text/plain");
  EXPECT_EQ(file.size(), 3U);
}

TEST(UploadFile, IsEmptyWithoutNameAndContent) {
  EXPECT_TRUE(upload("", "").empty());
  EXPECT_FALSE(upload("a", "").empty());
  EXPECT_FALSE(upload("", "a").empty());
}

TEST(UploadFile, ReadsInChunks) {
  UploadFile file = upload("a", "abcde", 1);
  EXPECT_EQ(file.read(2), "ab");
  EXPECT_EQ(file.position(), 2U);
  EXPECT_EQ(file.read(2), "cd");
  EXPECT_EQ(file.read(2), "e");
  EXPECT_EQ(file.read(2), "");
}

TEST(UploadFile, ReadsTheRestByDefault) {
  UploadFile file = upload("a", "abcde");
  file.seek(3);
  EXPECT_EQ(file.read(), "de");
}

TEST(UploadFile, SeeksNoFurtherThanTheEnd) {
  UploadFile file = upload("a", "abcde");
  file.seek(9);
  EXPECT_EQ(file.position(), 5U);
  file.seek(0);
  EXPECT_EQ(file.read(1), "a");
}

TEST(UploadFile, CopiesShareContentAndNotPosition) {
  UploadFile file = upload("a", "abcde");
  UploadFile copy = file;
  EXPECT_EQ(file.read(), "abcde");
  file = {};
  EXPECT_EQ(copy.read(), "abcde");
}

TEST(UploadFile, IsReadableAfterItWasMovedFrom) {
  UploadFile file = upload("a", "abcde");
  EXPECT_EQ(file.read(2), "ab");
  const UploadFile other = std::move(file);
  EXPECT_EQ(file.read(), "");
}

TEST(UploadFile, ReadAtLeavesThePosition) {
  const UploadFile file = upload("a", "abcde");
  char out[2] = {};
  EXPECT_EQ(file.read_at(1, out, 2), 2U);
  EXPECT_EQ(std::string_view(out, 2), "bc");
  EXPECT_EQ(file.position(), 0U);
}

Task<> read_in_turns(UploadFile file, std::string& log) {
  for (std::string chunk = co_await file.read_async(1); !chunk.empty(); chunk = co_await file.read_async(1)) {
    log += chunk;
  }
}

TEST(UploadFile, ReadAsyncLetsOthersGoOnBetweenChunks) {
  boost::asio::io_context context;
  std::string log;
  boost::asio::co_spawn(context, read_in_turns(upload("a", "abc"), log), boost::asio::detached);
  boost::asio::co_spawn(context, read_in_turns(upload("a", "xyz"), log), boost::asio::detached);
  context.run();
  EXPECT_EQ(log, "axbycz");
}

TEST(UploadFile, SavesWhereTheServerSays) {
  const serval::testing::TemporaryFolder folder;
  upload("../elsewhere", "abc", 1).save_to(folder.path("here"));
  EXPECT_EQ(serval::testing::text_of(folder.path("here")), "abc");
  EXPECT_EQ(folder.count(), 1U);
}

TEST(SafeFilename, IsTheLastComponent) {
  EXPECT_EQ(safe("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe("C:\\dir\\file.txt"), "file.txt");
  EXPECT_EQ(safe("a\\b/c"), "c");
}

TEST(SafeFilename, LosesDotsAndSpacesAtItsEnds) {
  EXPECT_EQ(safe(".bashrc"), "bashrc");
  EXPECT_EQ(safe(". .a.b. ."), "a.b");
}

TEST(SafeFilename, LosesControlAndReservedCharacters) {
  EXPECT_EQ(safe(std::string("a\n\r\0\x7F", 5) + "<>:\"|?*b"), "ab");
  EXPECT_EQ(safe("\x01.hidden"), "hidden");
}

TEST(SafeFilename, IsUploadWhenNothingIsLeft) {
  EXPECT_EQ(safe(".."), "upload");
  EXPECT_EQ(safe("a/"), "upload");
  EXPECT_EQ(safe("???"), "upload");
}

TEST(SafeFilename, KeepsOtherScripts) { EXPECT_EQ(safe("Grüße 你好.txt"), "Grüße 你好.txt"); }

TEST(SafeFilename, IsCutAtAWholeCharacter) {
  EXPECT_EQ(safe(std::string(300, 'a')), std::string(255, 'a'));
  EXPECT_EQ(safe(std::string(254, 'a') + "ü"), std::string(254, 'a'));
  EXPECT_EQ(safe(std::string(254, 'a') + ".txt"), std::string(254, 'a'));
}

}  // namespace serval::upload_file_test
