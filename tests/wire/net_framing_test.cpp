// SPDX-License-Identifier: MIT
// Which framing of requests the server refuses and which it accepts. Each case has its own connection and states every
// byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "tests/wire/support/server_fixture.hpp"

namespace serval::testing::net_framing_test {

struct Refused {
  const char* name;
  std::string request;
  int status;
};
void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

class RefusedRequest : public ::testing::TestWithParam<Refused> {};

// The rule for every row: one response with `connection: close`, then the end. What follows is never read as a request.
TEST_P(RefusedRequest, GetsOneAnswerAndTheEnd) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send(GetParam().request);
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), GetParam().status) << answer;
  EXPECT_TRUE(has_line(answer, "connection: close")) << answer;
  EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1) << answer;
  EXPECT_TRUE(client.closed());
  EXPECT_FALSE(client.was_reset());
}

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

std::string head(const std::string& fields) { return "POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"; }
std::string chunks(const std::string& body) { return head("Transfer-Encoding: chunked\r\n") + body; }

const std::vector<Refused> request_lines = {
    {"MethodNotAToken", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"MethodEmpty", " / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetMissing", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetEmpty", "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetWithControl", "GET /a\x01z HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetWithNul", std::string("GET /a\0z HTTP/1.1\r\nHost: x\r\n\r\n", 31), 400},
    {"TargetNotAscii", "GET /\xC3\xA4 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetWithSpace", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetWithoutSlash", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetOfOtherScheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TargetAsteriskNotForGet", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"Connect", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"AuthorityForm", "GET x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"VersionMalformed", "GET / HTTP/1.1x\r\nHost: x\r\n\r\n", 400},
    {"VersionLowerCase", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
    {"VersionOtherProtocol", "GET / ICY/1.1\r\nHost: x\r\n\r\n", 400},
    {"Version2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
    {"Version0", "GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505},
    {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"Http09", "GET /\r\n", 400},
    {"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11), 400},
    {"BareLfAfterRequestLine", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
    {"BareLfOnly", "GET / HTTP/1.1\nHost: x\n\n", 400},
    {"BareCrInRequestLine", "GET /\r HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"TooManyEmptyLines", std::string(40, '\r') + "\n", 400},
    {"ManyEmptyLines", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n" + smuggled, 400},
};

const std::vector<Refused> fields = {
    {"HostMissing", "GET / HTTP/1.1\r\n\r\n", 400},
    {"HostTwice", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400},
    {"HostTwiceIn10", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400},
    {"HostMalformed", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
    {"HostWithPath", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
    {"HostWithUser", "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n", 400},
    {"SpaceBeforeColon", head("X : y\r\n"), 400},
    {"TabBeforeColon", head("X\t: y\r\n"), 400},
    {"NameEmpty", head(": y\r\n"), 400},
    {"NameNotAToken", head("X@: y\r\n"), 400},
    {"NameWithNul", head(std::string("X\0Y: y\r\n", 8)), 400},
    {"NoColon", head("X\r\n"), 400},
    {"Folded", head("X: a\r\n b\r\n"), 400},
    {"FoldedWithTab", head("X: a\r\n\tb\r\n"), 400},
    {"FoldedAfterEmptyValue", head("X:\r\n b\r\n"), 400},
    {"SpaceBeforeFirstField", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
    {"NulInValue", head(std::string("X: a\0b\r\n", 8)), 400},
    {"BareCrInValue", head("X: a\rb\r\n"), 400},
    {"BareLfInValue", head("X: a\nb\r\n"), 400},
    {"ControlInValue", head("X: a\x01z\r\n"), 400},
    {"DelInValue", head("X: a\x7Fz\r\n"), 400},
    {"ContentTypeTwice", head("Content-Type: text/plain\r\ncontent-type: text/html\r\n"), 400},
    {"ContentTypeTwiceSame", head("Content-Type: text/plain\r\nContent-Type: text/plain\r\n"), 400},
    {"ExpectationUnknown", head("Expect: 200-ok\r\nContent-Length: 1\r\n"), 417},
};

const std::vector<Refused> lengths = {
    {"LengthWithPlus", head("Content-Length: +5\r\n") + "hello", 400},
    {"LengthNegative", head("Content-Length: -1\r\n") + smuggled, 400},
    {"LengthHex", head("Content-Length: 0x5\r\n") + "hello", 400},
    {"LengthTwoNumbers", head("Content-Length: 5 5\r\n") + "hello", 400},
    {"LengthList", head("Content-Length: 5,5\r\n") + "hello", 400},
    {"LengthListDiffering", head("Content-Length: 5,6\r\n") + "hello", 400},
    {"LengthEmpty", head("Content-Length: \r\n") + smuggled, 400},
    {"LengthOverflow", head("Content-Length: 18446744073709551621\r\n") + "hello", 400},
    {"LengthHuge", head("Content-Length: 18446744073709551615\r\n") + "hello", 413},
    {"LengthTwiceDiffering", head("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello", 400},
    {"LengthTwiceSame", head("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello", 400},
    {"LengthAndChunked", head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + smuggled, 400},
    {"ChunkedAndLength", head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n" + smuggled, 400},
    {"CodingUnknown", head("Transfer-Encoding: foo\r\n") + smuggled, 400},
    {"CodingUnknownBeforeChunked", head("Transfer-Encoding: foo, chunked\r\n") + "0\r\n\r\n", 400},
    {"CodingKnownNotChunkedLast", head("Transfer-Encoding: gzip\r\n") + smuggled, 400},
    {"ChunkedNotLast", head("Transfer-Encoding: chunked, gzip\r\n") + "0\r\n\r\n" + smuggled, 400},
    {"CodingKnownBeforeChunked", head("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n", 501},
    {"ChunkedTwice", head("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n", 400},
    {"ChunkedOnTwoLines", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
    {"ChunkedWithControl",
     head("Transfer-Encoding: \x0B"
          "chunked\r\n") +
         "0\r\n\r\n",
     400},
    {"ChunkedWithParameter", head("Transfer-Encoding: chunked;a=b\r\n") + "0\r\n\r\n", 400},
    {"CodingEmpty", head("Transfer-Encoding:\r\n") + smuggled, 400},
    {"ChunkedIn10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
};

const std::vector<Refused> chunk_faults = {
    {"SizeNotHex", chunks("g\r\n"), 400},
    {"SizeEmpty", chunks("\r\n"), 400},
    {"SizeWithPrefix", chunks("0x5\r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeWithSign", chunks("+5\r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeNegative", chunks("-5\r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeWithTrailingSpace", chunks("5 \r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeTwoNumbers", chunks("5 5\r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeOverflow", chunks("10000000000000005\r\nhello\r\n0\r\n\r\n"), 400},
    {"SizeTooLarge", chunks("fffffffffffffff0\r\n"), 413},
    {"NoCrlfAfterData", chunks("5\r\nhelloX0\r\n\r\n"), 400},
    {"DataLongerThanSize", chunks("5\r\nhello!\r\n0\r\n\r\n"), 400},
    {"BareLfAfterSize", chunks("5\nhello\r\n0\r\n\r\n"), 400},
    {"BareLfAfterData", chunks("5\r\nhello\n0\r\n\r\n"), 400},
    {"ControlInExtension", chunks("5;a=\x01\r\nhello\r\n0\r\n\r\n"), 400},
    {"BareLfInExtension", chunks("5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"), 400},
    {"BareCrInExtension", chunks("5;a=\rb\r\nhello\r\n0\r\n\r\n"), 400},
    {"ExtensionsTooLong", chunks("5;a=" + std::string(5000, 'x') + "\r\nhello\r\n0\r\n\r\n"), 400},
    {"TrailersTooLong", chunks("0\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"), 431},
    {"TrailerMalformed", chunks("0\r\nX y\r\n\r\n"), 400},
    {"TrailerFolded", chunks("0\r\nX: a\r\n b\r\n\r\n"), 400},
};

std::string many_fields(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "X: y\r\n";
  return text;
}

const std::vector<Refused> limits = {
    {"HeadTooLarge", head("X: " + std::string(16 * 1024, 'x') + "\r\n"), 431},
    {"HeadTooLargeUnfinished", "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(17 * 1024, 'x'), 431},
    {"TooManyFields", head(many_fields(100)), 431},
    {"TargetTooLong", "GET /" + std::string(8 * 1024, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
    {"TargetTooLongUnfinished", "GET /" + std::string(9 * 1024, 'x'), 414},
    {"BodyTooLarge", head("Content-Length: 1048577\r\n"), 413},
    {"BodyTooLargeInAChunk", chunks("100001\r\n"), 413},
    {"BodyTooLargeInChunks", chunks("5\r\nhello\r\nffffc\r\n"), 413},
};

std::string name_of(const ::testing::TestParamInfo<Refused>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(RequestLine, RefusedRequest, ::testing::ValuesIn(request_lines), name_of);
INSTANTIATE_TEST_SUITE_P(Fields, RefusedRequest, ::testing::ValuesIn(fields), name_of);
INSTANTIATE_TEST_SUITE_P(Length, RefusedRequest, ::testing::ValuesIn(lengths), name_of);
INSTANTIATE_TEST_SUITE_P(Chunks, RefusedRequest, ::testing::ValuesIn(chunk_faults), name_of);
INSTANTIATE_TEST_SUITE_P(Limits, RefusedRequest, ::testing::ValuesIn(limits), name_of);

struct Taken {
  const char* name;
  std::string request;
  std::string body;  ///< the body that the echo service saw
};
void PrintTo(const Taken& taken, std::ostream* out) { *out << taken.name; }

class TakenRequest : public ::testing::TestWithParam<Taken> {};

TEST_P(TakenRequest, ReachesTheHandler) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send(GetParam().request);
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 200) << answer;
  EXPECT_EQ(body_of(answer), GetParam().body);
}

const std::vector<Taken> taken = {
    {"HostEmpty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / "},
    {"HostMissingIn10", "GET / HTTP/1.0\r\n\r\n", "GET / "},
    {"EmptyLinesInFront", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / "},
    {"AbsoluteForm", "GET http://a.example/p?q HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://a.example/p?q "},
    {"AsteriskForOptions", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * "},
    {"UnknownMethod", "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", "BREW /pot "},
    {"ValueTrimmed", "GET / HTTP/1.1\r\nHost: x\r\nX-Echo: \t a b \t\r\n\r\n", "GET /  a b"},
    {"ValueNotAscii", "GET / HTTP/1.1\r\nHost: x\r\nX-Echo: \xC3\xA4\r\n\r\n", "GET /  \xC3\xA4"},
    {"ValueEmpty", "GET / HTTP/1.1\r\nHost: x\r\nX-Echo:\r\n\r\n", "GET /  "},
    {"UpgradeIgnored", "GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n", "GET / "},
    {"BodyByLength", head("Content-Length: 5\r\n") + "hello", "POST /echo hello"},
    {"BodyLengthWithZeros", head("Content-Length: 005\r\n") + "hello", "POST /echo hello"},
    {"BodyEmpty", head("Content-Length: 0\r\n"), "POST /echo "},
    {"BodyInChunks", chunks("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"), "POST /echo hello world"},
    {"ChunkedInAnyCase", head("TRANSFER-ENCODING: Chunked\r\n") + "1\r\na\r\n0\r\n\r\n", "POST /echo a"},
    {"ChunkSizesInAnyForm", chunks("00A\r\n0123456789\r\na\r\n0123456789\r\n000\r\n\r\n"),
     "POST /echo 01234567890123456789"},
    {"ChunkExtensions", chunks("5;a;b=c ; d=\"x;y\\\"\"\r\nhello\r\n0;last\r\n\r\n"), "POST /echo hello"},
    {"TrailersDropped", chunks("1\r\na\r\n0\r\nX-Echo: smuggled\r\n\r\n"), "POST /echo a"},
    {"HeadAtTheLimit", head("X: " + std::string(16 * 1024 - head("X: \r\n").size(), 'x') + "\r\n"), "POST /echo "},
    {"FieldsAtTheLimit", head(many_fields(99)), "POST /echo "},
    {"BodyAtTheLimit", head("Content-Length: 1048576\r\n") + std::string(1048576, 'x'),
     "POST /echo " + std::string(1048576, 'x')},
};
std::string name_of_taken(const ::testing::TestParamInfo<Taken>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Wire, TakenRequest, ::testing::ValuesIn(taken), name_of_taken);

// The request is the same however its bytes are cut.
TEST_P(TakenRequest, MayComeInPieces) {
  const EchoServer server;
  RawClient client = server.connect();
  std::string_view request = GetParam().request;
  for (const std::size_t piece = request.size() > 512 ? 1000 : 1; !request.empty();) {
    ASSERT_TRUE(client.send(request.substr(0, piece)));
    request.remove_prefix(std::min(piece, request.size()));
  }
  EXPECT_EQ(body_of(client.read_answer()), GetParam().body);
}

}  // namespace serval::testing::net_framing_test
