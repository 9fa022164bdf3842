// SPDX-License-Identifier: MIT
#include <serval/http/file_type.hpp>

#include <gtest/gtest.h>

namespace serval::file_type_test {

TEST(MediaTypeOfPath, IsThatOfTheLastSuffix) {
  EXPECT_EQ(http::media_type_of_path("index.html"), "text/html");
  EXPECT_EQ(http::media_type_of_path("/a.b/site.min.js"), "text/javascript");
  EXPECT_EQ(http::media_type_of_path("x.7z"), "application/x-7z-compressed");
  EXPECT_EQ(http::media_type_of_path("x.zst"), "application/zstd");
}

TEST(MediaTypeOfPath, IgnoresCase) { EXPECT_EQ(http::media_type_of_path("PHOTO.JPG"), "image/jpeg"); }

TEST(MediaTypeOfPath, IsBytesWhereTheSuffixSaysNothing) {
  for (const char* path :
       {"", "README", ".html", "a.", "a.unheard-of", "a.verylongsuffixes", "a.html/b", "a.htm\xc3"}) {
    EXPECT_EQ(http::media_type_of_path(path), "application/octet-stream") << path;
  }
}

}  // namespace serval::file_type_test
