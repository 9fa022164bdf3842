// SPDX-License-Identifier: MIT
#include "compression/packed_types.hpp"

#include <gtest/gtest.h>

namespace serval::detail::packed_types_test {

TEST(PackedTypes, AreImagesVideosAudioFontsAndArchives) {
  for (const char* type :
       {"image/png", "IMAGE/JPEG", "image/webp; q=1", "video/mp4", "audio/ogg", "font/woff2", "font/woff",
        "application/zip", "application/gzip", "application/x-7z-compressed", "application/pdf", "application/epub+zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}) {
    EXPECT_TRUE(is_packed_type(type)) << type;
  }
}

TEST(PackedTypes, AreEventStreamsWhichMustNotWait) {
  EXPECT_TRUE(is_packed_type("text/event-stream"));
  EXPECT_TRUE(is_packed_type("text/event-stream; charset=utf-8"));
}

TEST(PackedTypes, AreNoTextsNorPixelsAsTheyAre) {
  for (const char* type : {"", "text/html; charset=utf-8", "text/plain", "application/json", "application/xml",
                           "application/problem+json", "image/svg+xml", "image/bmp", "font/ttf",
                           "application/octet-stream", "application/wasm", "application/zipper", "imagery"}) {
    EXPECT_FALSE(is_packed_type(type)) << type;
  }
}

}  // namespace serval::detail::packed_types_test
