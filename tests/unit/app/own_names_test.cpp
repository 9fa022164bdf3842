// SPDX-License-Identifier: MIT
// Names that programs need for themselves. A file that says `using namespace serval;` may use them for its own types,
// constants and functions, because serval keeps its own in nested namespaces.
#include <serval/serval.hpp>

#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include <serval/files.hpp>
#include <serval/server.hpp>
#include <serval/static_files.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/types.hpp>
#include <serval/websocket.hpp>

using namespace serval;

namespace {

struct Accepted {};
struct Admission {};
struct Answer {};
struct AnswerStream {};
struct Arg {};
struct BadRequest {};
struct BodySink {};
struct BodySource {};
struct Callbacks {};
struct Client {};
struct Conflict {};
struct ContentCoding {};
struct ContentCodings {};
struct Converter {};
struct CookieJar {};
struct CookieOptions {};
struct Cookies {};
struct Created {};
struct Decorator {};
struct Dependency {};
struct DependsOption {};
struct Disposition {};
struct EncodeOptions {};
struct Endpoint {};
struct ErrorFormat {};
struct Errors {};
struct Exchange {};
struct Extra {};
struct FileOptions {};
struct Forbidden {};
struct FormData {};
struct FormEntry {};
struct HeaderView {};
struct Headers {};
struct Issue {};
struct Limits {};
struct MediaType {};
struct Method {};
struct MethodSet {};
struct NoContent {};
struct NotFound {};
struct Ok {};
struct OpenFile {};
struct PathParams {};
struct Pattern {};
struct Pending {};
struct QueryParams {};
struct RequestHead {};
struct RequestHeaders {};
struct RouteId {};
struct RouteMatch {};
struct RouteTable {};
struct SameSite {};
struct SchemaMode {};
struct Service {};
struct Target {};
struct Timeouts {};
struct WebSocketAccept {};
struct WebSocketChannel {};
struct WebSocketSender {};

const std::string description = "of the file", title = "Own names", example = "Chair";
constexpr int append_event = 1, append_json = 1, append_json_string = 1, deprecated = 1, encode_location = 1,
              example_json = 1, form_decode = 1, format_http_date = 1, format_set_cookie = 1, has_coding = 1,
              hidden = 1, iequals = 1, is_final_status = 1, is_json_media_type = 1, is_valid_host = 1,
              is_valid_utf8 = 1, join_paths = 1, json_schema_extra = 1, max_json_nesting = 1, may_close_with = 1,
              media_type_of_path = 1, member = 1, members = 1, negotiate = 1, negotiate_coding = 1,
              negotiate_language = 1, parse_http_date = 1, parse_json = 1, parse_method = 1, percent_decode = 1,
              percent_encode = 1, reason_phrase = 1, replace_invalid_utf8 = 1, require_accept_fields = 1,
              require_close_frame = 1, status_has_body = 1, to_iso_string = 1, to_json_text = 1, to_text = 1,
              version = 1;

struct Item {
  Field<std::string, schema::title("Name"), schema::description("as on the shelf"), schema::example("Chair")> name;
  std::string title = ::title;
};

TEST(OwnNames, OfTypesAreFree) {
  using All =
      std::tuple<Accepted, Admission, Answer, AnswerStream, Arg, BadRequest, BodySink, BodySource, Callbacks, Client,
                 Conflict, ContentCoding, ContentCodings, Converter, CookieJar, CookieOptions, Cookies, Created,
                 Decorator, Dependency, DependsOption, Disposition, EncodeOptions, Endpoint, ErrorFormat, Errors,
                 Exchange, Extra, FileOptions, Forbidden, FormData, FormEntry, HeaderView, Headers, Issue, Limits,
                 MediaType, Method, MethodSet, NoContent, NotFound, Ok, OpenFile, PathParams, Pattern, Pending,
                 QueryParams, RequestHead, RequestHeaders, RouteId, RouteMatch, RouteTable, SameSite, SchemaMode,
                 Service, Target, Timeouts, WebSocketAccept, WebSocketChannel, WebSocketSender>;
  EXPECT_EQ(std::tuple_size_v<All>, 60);
}

TEST(OwnNames, OfConstantsAreFree) {
  EXPECT_EQ(append_event + append_json + append_json_string + deprecated + encode_location + example_json +
                form_decode + format_http_date + format_set_cookie + has_coding + hidden + iequals + is_final_status +
                is_json_media_type + is_valid_host + is_valid_utf8 + join_paths + json_schema_extra + max_json_nesting +
                may_close_with + media_type_of_path + member + members + negotiate + negotiate_coding +
                negotiate_language + parse_http_date + parse_json + parse_method + percent_decode + percent_encode +
                reason_phrase + replace_invalid_utf8 + require_accept_fields + require_close_frame + status_has_body +
                to_iso_string + to_json_text + to_text + version,
            40);
  EXPECT_EQ(title + description + example, "Own namesof the fileChair");
}

TEST(OwnNames, StandBesideTheRulesOfTheSameName) {
  App app({.title = title, .description = description});
  app.get("/item", {.summary = title, .description = description})([] { return Item{"Chair"}; });
  const json schemas = app.openapi()["components"]["schemas"];
  EXPECT_EQ(schemas["Item"]["properties"]["name"]["title"], "Name");
  EXPECT_EQ(schemas["Item"]["properties"]["name"]["description"], "as on the shelf");
}

}  // namespace
