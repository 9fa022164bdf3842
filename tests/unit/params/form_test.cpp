// SPDX-License-Identifier: MIT
// Fields and files of forms as arguments of handlers.
#include "params/form_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::form_test {

using ::testing::HasSubstr;

struct Login {
  Field<std::string, min_length(3)> username;
  std::string password;
  Default<std::vector<std::string>> scopes;
};
struct StrictLogin {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  std::string username;
};
struct Report {
  std::string title;
  UploadFile file;
  Default<std::vector<UploadFile>> attachments;
};

template <class F>
TestResponse post(F handler, const TestRequest& request) {
  App app;
  app.post("/")(handler);
  return TestClient(app).post("/", request);
}
TestRequest fields(TestRequest::Pairs pairs) { return {.form = std::move(pairs)}; }

std::string missing(const std::string& name) {
  return R"({"detail":[{"type":"missing","loc":["body",")" + name + R"("],"msg":"Field required","input":null}]})";
}

json login(Form<std::string, "username"> username, Form<int, "age", ge(0), default_to(7)> age) {
  return {{"username", username}, {"age", age}};
}

TEST(FormField, IsReadFromUrlencodedBodies) {
  EXPECT_EQ(post(login, fields({{"username", "ada l&c"}, {"age", "36"}})).body, R"({"username":"ada l&c","age":36})");
  EXPECT_EQ(post(login, {.body = "username=a+b%20c", .content_type = "application/x-www-form-urlencoded"}).body,
            R"({"username":"a b c","age":7})");
}

TEST(FormField, IsReadFromMultipartBodies) {
  const TestRequest request{.form = {{"username", "ada"}, {"age", "36"}}, .files = {{"unused", "a.txt", "x"}}};
  EXPECT_EQ(post(login, request).body, R"({"username":"ada","age":36})");
}

TEST(FormField, ThatIsEmptyOrAbsentIsMissing) {
  EXPECT_EQ(post(login, fields({{"username", ""}, {"age", ""}})).body, missing("username"));
  EXPECT_EQ(post(login, {}).body, missing("username"));
  EXPECT_EQ(post(login, {.body = "username=ada", .content_type = "text/plain"}).body, missing("username"));
  EXPECT_EQ(post(login, {.json = json{{"username", "ada"}}}).body, missing("username"));
}

TEST(FormField, ReportsAllFaults) {
  EXPECT_EQ(post(login, fields({{"age", "-1"}})).body,
            R"({"detail":[{"type":"missing","loc":["body","username"],"msg":"Field required","input":null},)"
            R"({"type":"greater_than_equal","loc":["body","age"],"msg":"Input should be greater than or equal to 0",)"
            R"("input":"-1","ctx":{"ge":0}}]})");
}

TEST(FormField, TakesTheLastOfARepeatedNameAndAListAll) {
  const auto last = [](Form<int, "n"> n) { return n; };
  const auto all = [](Form<std::vector<int>, "n"> n) { return n; };
  EXPECT_EQ(post(last, fields({{"n", "1"}, {"n", "2"}})).body, "2");
  EXPECT_EQ(post(all, fields({{"n", "1"}, {"n", "2"}})).body, "[1,2]");
  EXPECT_THAT(post(all, fields({{"n", "1"}, {"n", "x"}})).body, HasSubstr(R"("loc":["body","n",1])"));
}

TEST(FormField, RefusesAFileInTheWordsOfItsType) {
  const TestRequest file{.files = {{"n", "a.txt", "1"}}};
  EXPECT_THAT(post([](Form<int, "n"> n) { return n; }, file).body,
              HasSubstr(R"("type":"int_type","loc":["body","n"])"));
  EXPECT_THAT(post([](Form<std::string, "n"> n) { return n; }, file).body,
              HasSubstr(R"("type":"string_type","loc":["body","n"])"));
}

TEST(FormField, ThatTakesAllRefusesAFileWhereverItStands) {
  const auto part = [](const std::string& parameters, const std::string& text) {
    return "--b\r\ncontent-disposition: form-data; name=\"n\"" + parameters + "\r\n\r\n" + text + "\r\n";
  };
  const auto faults = [](const std::string& parts) {
    const TestRequest request{.body = parts + "--b--\r\n", .content_type = "multipart/form-data; boundary=b"};
    const TestResponse answer = post([](Form<std::vector<std::string>, "n"> n) { return n; }, request);
    std::string places = std::to_string(answer.status);
    if (answer.status != 422) return places;
    const json body = answer.json();
    for (const json& fault : body["detail"])
      places += " " + fault["type"].get<std::string>() + schema::to_text(fault["loc"]);
    return places;
  };
  const std::string file = part("; filename=\"f\"", "data");
  const std::string text = part("", "v");
  EXPECT_EQ(faults(file + text), R"(422 string_type["body","n",0])");
  EXPECT_EQ(faults(text + file), R"(422 string_type["body","n",1])");
  EXPECT_EQ(faults(text + file + text + file), R"(422 string_type["body","n",1] string_type["body","n",3])");
  EXPECT_EQ(faults(part("; filename=\"\"", "") + text), "200") << "nothing was chosen";
}

TEST(FormField, ThatIsOneCountsAsItsLastEntry) {
  const std::string file = "--b\r\ncontent-disposition: form-data; name=n; filename=f\r\n\r\ndata\r\n";
  const std::string text = "--b\r\ncontent-disposition: form-data; name=n\r\n\r\nv\r\n";
  const auto status = [](const std::string& parts) {
    return post([](Form<std::string, "n"> n) { return n; },
                {.body = parts + "--b--\r\n", .content_type = "multipart/form-data; boundary=b"})
        .status;
  };
  EXPECT_EQ(status(file + text), 200);
  EXPECT_EQ(status(text + file), 422);
}

TEST(FormField, ThatTakesAnyValueTakesNoFile) {
  EXPECT_EQ(post([](Form<json, "j"> j) { return j; }, {.files = {{"j", "x.txt", "[1]"}}}).status, 422);
}

TEST(FormModel, ReadsOneFieldAMember) {
  const auto echo = [](Form<Login> form) { return json{form.username, form.scopes}; };
  EXPECT_EQ(post(echo, fields({{"username", "ada"}, {"password", "p"}, {"scopes", "a"}, {"scopes", "b"}})).body,
            R"(["ada",["a","b"]])");
}

TEST(FormModel, ReportsAllFaultsAndShowsWhatCame) {
  EXPECT_EQ(post([](Form<Login> form) { return form.username; }, fields({{"username", "ad"}})).body,
            R"({"detail":[{"type":"string_too_short","loc":["body","username"],)"
            R"("msg":"String should have at least 3 characters","input":"ad","ctx":{"min_length":3}},)"
            R"({"type":"missing","loc":["body","password"],"msg":"Field required",)"
            R"("input":{"username":"ad","scopes":[]}}]})");
}

TEST(FormModel, ForbidsOtherNamesWhereItSaysSo) {
  EXPECT_EQ(
      post([](Form<StrictLogin> form) { return form.username; }, fields({{"username", "ada"}, {"extra", "1"}})).body,
      R"({"detail":[{"type":"extra_forbidden","loc":["body","extra"],)"
      R"("msg":"Extra inputs are not permitted","input":"1"}]})");
}

TEST(FormModel, HoldsFilesBesideFields) {
  const auto echo = [](Form<Report> form) {
    Report report = form;
    return json{report.title, report.file.read(), report.attachments.size()};
  };
  const TestRequest request{
      .form = {{"title", "Q3"}},
      .files = {{"file", "a.txt", "hello"}, {"attachments", "b", "1"}, {"attachments", "c", "2"}}};
  EXPECT_EQ(post(echo, request).body, R"(["Q3","hello",2])");
  EXPECT_THAT(post(echo, fields({{"title", "Q3"}})).body, HasSubstr(R"("type":"missing","loc":["body","file"])"));
}

json describe(const UploadFile& file) {
  return {{"filename", file.filename()}, {"content_type", file.content_type()}, {"size", file.size()}};
}

TEST(FileParameter, KnowsNameTypeAndSize) {
  EXPECT_EQ(post([](File<UploadFile, "file"> file) { return describe(file); },
                 {.files = {{"file", "cat.png", "12345", "image/png"}}})
                .body,
            R"({"filename":"cat.png","content_type":"image/png","size":5})");
}

TEST(FileParameter, MayBeBytes) {
  const auto bytes = [](File<std::string, "file"> file) { return file.size(); };
  EXPECT_EQ(post(bytes, {.files = {{"file", "a", std::string("\0\xff\n", 3)}}}).body, "3");
  EXPECT_EQ(post(bytes, {.form = {{"file", "plain"}}, .files = {{"other", "a", "x"}}}).body, "5") << "a text will do";
  EXPECT_EQ(post(bytes, {}).body, missing("file"));
}

TEST(FileParameter, ThatIsATextIsNoUpload) {
  EXPECT_EQ(
      post([](File<UploadFile, "file"> file) { return describe(file); }, fields({{"file", "text"}})).body,
      R"({"detail":[{"type":"value_error","loc":["body","file"],)"
      R"("msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"text","ctx":{"error":{}}}]})");
}

TEST(FileParameter, ThatWasNotChosenIsMissing) {
  const TestRequest unchosen{.files = {{"file", "", ""}}};
  EXPECT_EQ(post([](File<UploadFile, "file"> file) { return describe(file); }, unchosen).body, missing("file"));
  const auto optional = [](File<std::optional<UploadFile>, "file"> file) { return file.has_value(); };
  EXPECT_EQ(post(optional, unchosen).body, "false");
  EXPECT_EQ(post(optional, {.files = {{"file", "a", ""}}}).body, "true") << "an empty file is one";
}

TEST(FileParameter, MayBeAList) {
  const auto names = [](File<std::vector<UploadFile>, "files", min_length(2)> files) {
    std::vector<std::string> all;
    for (const UploadFile& file : files) all.emplace_back(file.filename());
    return all;
  };
  EXPECT_EQ(post(names, {.files = {{"files", "a", "1"}, {"files", "b", "2"}}}).body, R"(["a","b"])");
  EXPECT_THAT(post(names, {.files = {{"files", "a", "1"}}}).body,
              HasSubstr(R"("type":"too_short","loc":["body","files"])"));
  EXPECT_EQ(post(names, {}).body, missing("files"));
}

void must_be_small(const UploadFile& file) {
  if (file.size() > 3) throw std::invalid_argument("too large");
}

TEST(FileParameter, MayBeValidated) {
  const auto sized = [](File<UploadFile, "file", validated_by<must_be_small>> file) { return file.size(); };
  EXPECT_EQ(post(sized, {.files = {{"file", "a", "123"}}}).body, "3");
  EXPECT_THAT(post(sized, {.files = {{"file", "a.txt", "1234"}}}).body,
              HasSubstr(R"("msg":"Value error, too large","input":"a.txt")"));
}

TEST(FileParameter, IsReadByCoroutinesToo) {
  const auto handler = [](File<UploadFile, "file"> file) -> Task<std::string> {
    std::string all;
    UploadFile upload = file;
    for (std::string piece = co_await upload.read_async(2); !piece.empty(); piece = co_await upload.read_async(2))
      all += piece + "|";
    co_return all;
  };
  EXPECT_EQ(post(handler, {.files = {{"file", "a", "12345"}}}).body, R"("12|34|5|")");
}

std::string title_of(Form<std::string, "title"> title) { return title; }

TEST(FormField, OfADependencyIsOneOfTheSameForm) {
  const auto handler = [](File<UploadFile, "file"> file, Depends<title_of> title) {
    return json{*title, file.filename()};
  };
  EXPECT_EQ(post(handler, {.form = {{"title", "T"}}, .files = {{"file", "a", "1"}}}).body, R"(["T","a"])");
}

TEST(Form, ThatIsNoMultipartIsRefused) {
  const auto answer = post(login, {.body = "x", .content_type = "multipart/form-data"});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, R"({"detail":"Missing boundary in multipart."})");
  EXPECT_EQ(post(login, {.body = "x", .content_type = "multipart/form-data; boundary=b"}).body,
            R"({"detail":"Invalid multipart data."})");
}

TEST(Form, IsRefusedThroughTheErrorHandlers) {
  App app;
  app.post("/")(login);
  app.on_error<HttpError>([](const HttpError& error) { return plain_text("mine", error.status()); });
  const auto answer = TestClient(app).post("/", {.body = "x", .content_type = "multipart/form-data"});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, "mine");
}

TEST(Form, IsThereForAHandlerThatSeesTheRequest) {
  const auto handler = [](const Request& request) { return std::string(request.form().get("a").value_or("none")); };
  EXPECT_EQ(post(handler, fields({{"a", "1"}})).body, "\"1\"");
  EXPECT_EQ(post(handler, {.form = {{"a", "1"}}, .files = {{"f", "a.txt", "12345"}}}).body, "\"1\"");
  EXPECT_EQ(post(handler, {.body = "x", .content_type = "multipart/form-data; boundary=b"}).status, 400);
}

TEST(Form, BesideAJsonBodyIsASetupError) {
  App app;
  EXPECT_THAT(error_of([&] { app.post("/a")([](Login, Form<int, "n">) {}); }),
              HasSubstr("takes Form \"n\" and Body; a request has one body"));
  EXPECT_THAT(error_of([&] { app.post("/b")([](Form<int, "n">, File<UploadFile, "n">) {}); }), HasSubstr("twice"));
}

TEST(Form, FilesStandWhereFilesCome) {
  App app;
  EXPECT_THAT(error_of([&] { app.post("/a")([](Report) {}); }), HasSubstr("files come in forms"));
  EXPECT_THAT(error_of([&] { app.post("/b")([](UploadFile) {}); }), HasSubstr("files come in forms"));
  EXPECT_THAT(error_of([&] { app.post("/c")([](Form<UploadFile, "f">) {}); }),
              HasSubstr("take it as File<UploadFile, \"f\">"));
  EXPECT_THAT(error_of([&] { app.post("/d")([](File<int, "f">) {}); }), HasSubstr("is no file"));
  EXPECT_THAT(error_of([&] { app.post("/e")([](Query<UploadFile, "f">) {}); }), HasSubstr("files come in forms"));
}

json body_of(const App& app) { return app.openapi()["paths"]["/"]["post"]["requestBody"]["content"]; }

TEST(FormInTheDocument, IsUrlencodedWithoutFiles) {
  App app;
  app.post("/", {.operation_id = "log_in"})(login);
  EXPECT_EQ(body_of(app)["application/x-www-form-urlencoded"]["schema"]["$ref"], "#/components/schemas/Body_log_in");
  EXPECT_EQ(schema::to_text(app.openapi()["components"]["schemas"]["Body_log_in"]),
            R"({"properties":{"username":{"type":"string","title":"Username"},)"
            R"("age":{"type":"integer","minimum":0,"default":7,"title":"Age"}},)"
            R"("type":"object","required":["username"],"title":"Body_log_in"})");
}

TEST(FormInTheDocument, IsMultipartWithFiles) {
  App app;
  app.post("/", {.operation_id = "send"})([](File<UploadFile, "file"> file, File<std::optional<std::string>, "bytes">,
                                             Form<std::string, "token">) { return file.size(); });
  ASSERT_TRUE(body_of(app).contains("multipart/form-data"));
  EXPECT_EQ(schema::to_text(app.openapi()["components"]["schemas"]["Body_send"]["properties"]),
            R"({"file":{"type":"string","contentMediaType":"application/octet-stream","title":"File"},)"
            R"("bytes":{"anyOf":[{"type":"string","contentMediaType":"application/octet-stream"},{"type":"null"}],)"
            R"("title":"Bytes"},"token":{"type":"string","title":"Token"}})");
}

TEST(FormInTheDocument, IsTheModelOfAStruct) {
  App app;
  app.post("/")([](Form<Report>) {});
  EXPECT_EQ(body_of(app)["multipart/form-data"]["schema"]["$ref"], "#/components/schemas/Report");
}

}  // namespace serval::form_test
