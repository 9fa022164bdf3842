// SPDX-License-Identifier: MIT
// Pages from templates: the language, escaping, includes, missing values, faults of files.
#include <serval/templates.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/setup_error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::templates_test {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

struct Item {
  std::string title;
  double price;
  bool is_new;
  std::optional<std::string> note;
  std::vector<std::string> tags;
};

/// The page that one template makes of a model.
std::string page(const std::string& text, const json& model, TemplatesOptions options = {}) {
  const TemporaryFolder folder;
  folder.write("page.html", text);
  return Templates(folder.path(), options).render_text("page.html", model);
}

std::string failure(const std::string& text, const json& model) {
  try {
    return "no error but " + page(text, model);
  } catch (const std::runtime_error& fault) {
    return fault.what();
  }
}

/// The faults of the directory, with its own path left out.
std::string faults_of(const TemporaryFolder& folder) {
  std::string text = error_of([&] { const Templates templates(folder.path(), {}, {}); });
  const std::string path = folder.path();
  for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path))
    text.replace(at, path.size(), "");
  return text;
}

TEST(Templates, ShowTheValuesOfAModel) {
  const Item item{.title = "Lamp", .price = 12.5, .is_new = true, .note = {}, .tags = {"a", "b"}};
  EXPECT_EQ(page("{{title}} {{ price }}{{#is_new}} new{{/is_new}}{{#note}}!{{/note}}{{^note}} -{{/note}}"
                 "{{#tags}} {{.}}{{/tags}}",
                 item),
            "Lamp 12.5 new - a b");
}

TEST(Templates, ShowInnerValues) {
  const json model{{"owner", {{"name", "Ann"}}}, {"name", "list"}, {"rows", {{{"id", 1}}, {{"id", 2}}}}};
  EXPECT_EQ(page("{{owner.name}};{{#owner}}{{name}}{{/owner}};{{#rows}}{{id}}{{name}} {{/rows}}", model),
            "Ann;Ann;1list 2list ");
}

TEST(Templates, TreatEmptyValuesAsFalse) {
  const json model{{"text", ""}, {"list", json::array()}, {"no", false}, {"none", nullptr}, {"zero", 0}, {"yes", true}};
  EXPECT_EQ(page("{{#text}}1{{/text}}{{#list}}2{{/list}}{{#no}}3{{/no}}{{#none}}4{{/none}}{{#zero}}5{{/zero}}"
                 "[{{text}}{{no}}{{none}}{{zero}}{{yes}}]",
                 model),
            "5[0true]");
}

TEST(Templates, MakeHtmlResponses) {
  const TemporaryFolder folder;
  folder.write("users/list.html", "<p>{{name}}</p>");
  App app;
  app.provide(Templates(folder.path()));
  app.get("/", {.status_code = 202})([](State<Templates> pages) {
    return pages->render("users/list.html", json{{"name", "Ann"}});
  });
  app.get("/missing")([](State<Templates> pages) {
    return pages->render("users/list.html", json{{"name", "none"}}, 404);
  });
  TestClient client(app);
  EXPECT_EQ(client.get("/").body, "<p>Ann</p>");
  EXPECT_EQ(client.get("/").header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(client.get("/").status, 202);
  EXPECT_EQ(client.get("/missing").status, 404);
  EXPECT_TRUE(app.openapi()["paths"]["/"]["get"]["responses"]["202"]["content"].contains("text/html"));
}

// --- Escaping ------------------------------------------------------------------------------------

constexpr const char* attack = R"(<script>alert('x')</script>"&)";
constexpr const char* escaped = "&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt;&quot;&amp;";

TEST(TemplatesEscape, TextBetweenTagsAndInAttributes) {
  const json model{{"x", attack}};
  EXPECT_EQ(page("<p>{{x}}</p>", model), std::string("<p>") + escaped + "</p>");
  EXPECT_EQ(page("<a title=\"{{x}}\" class='{{ x }}'>", model),
            std::string("<a title=\"") + escaped + "\" class='" + escaped + "'>");
}

TEST(TemplatesEscape, ElementsInnerValuesAndIncludedTemplates) {
  const TemporaryFolder folder;
  folder.write("page.html", "{{#list}}{{.}}{{/list}}{{a.b}}{{> part}}");
  folder.write("part.html", "{{x}}");
  const json model{{"list", {attack}}, {"a", {{"b", attack}}}, {"x", attack}};
  EXPECT_EQ(Templates(folder.path()).render_text("page.html", model), std::string(escaped) + escaped + escaped);
}

TEST(TemplatesEscape, OnlyWhatIsNotMarkedAsHtml) {
  const json model{{"x", "<b>"}};
  EXPECT_EQ(page("{{{x}}}{{&x}}{{& x }}", model), "<b><b><b>");
}

TEST(TemplatesEscape, ValuesThatLookLikeTemplates) {
  const json model{{"x", "{{{y}}}{{> page}}{{=<% %>=}}"}, {"y", "secret"}, {"page", "{{y}}"}};
  EXPECT_EQ(page("{{x}}{{page}}", model), "{{{y}}}{{&gt; page}}{{=&lt;% %&gt;=}}{{y}}");
}

TEST(TemplatesEscape, BytesThatAreNotUtf8) {
  EXPECT_EQ(page("{{x}}", json{{"x", "a\xC0\xBC\xFF"}}), "a\uFFFD\uFFFD\uFFFD");
}

TEST(TemplatesEscape, LargeTexts) {
  const std::string text(1'000'000, '<');
  const std::string made = page("{{x}}", json{{"x", text}});
  EXPECT_EQ(made.size(), 4 * text.size());
  EXPECT_EQ(made.find('<'), std::string::npos);
}

// --- Includes ------------------------------------------------------------------------------------

TEST(TemplatesInclude, OtherTemplatesOfTheDirectory) {
  const TemporaryFolder folder;
  folder.write("page.html", "{{> parts/header}}|{{#rows}}{{> row.html}}{{/rows}}|{{> parts/header.html }}");
  folder.write("parts/header.html", "<h1>{{title}}</h1>");
  folder.write("row.html", "<i>{{id}}</i>");
  const json model{{"title", "T"}, {"rows", {{{"id", 1}}, {{"id", 2}}}}};
  EXPECT_EQ(Templates(folder.path()).render_text("page.html", model), "<h1>T</h1>|<i>1</i><i>2</i>|<h1>T</h1>");
}

TEST(TemplatesInclude, WithoutTheLineOfATagThatIsAloneOnIt) {
  const TemporaryFolder folder;
  folder.write("page.html", "{{> part}}\n a {{> part}}\n  {{> part}}  \r\nb\n{{> part}}");
  folder.write("part.html", "<hr>\n");
  EXPECT_EQ(Templates(folder.path()).render_text("page.html", json::object()), "<hr>\n a <hr>\n\n<hr>\nb\n<hr>\n");
}

TEST(TemplatesInclude, NothingOutsideTheDirectory) {
  const TemporaryFolder folder;
  folder.write("secret.html", "secret");
  for (const std::string name : {"../secret", "../secret.html", "/etc/passwd", "./part", "a/../part", "..\\secret"}) {
    folder.write("pages/page.html", "{{> " + name + "}}");
    folder.write("pages/part.html", "");
    EXPECT_THAT(error_of([&] { const Templates templates(folder.path("pages")); }),
                HasSubstr("page.html:1: there is no template \"" + name + "\" to include"));
  }
}

TEST(TemplatesInclude, NotThemselves) {
  const TemporaryFolder folder;
  folder.write("a.html", "\n{{> b}}");
  folder.write("b.html", "{{> a}}");
  EXPECT_THAT(faults_of(folder), HasSubstr("b.html:1: includes itself by way of \"a.html\""));
}

TEST(TemplatesInclude, NotMoreThanTheLimit) {
  const TemporaryFolder folder;
  const auto include = [](const std::string& name) {
    std::string text;
    for (int times = 0; times < 60; ++times) text += "{{> " + name + "}}";
    return text;
  };
  folder.write("a.html", include("b"));
  folder.write("b.html", include("c"));
  folder.write("c.html", include("d"));
  folder.write("d.html", std::string(1000, 'x'));
  EXPECT_EQ(faults_of(folder), "a.html:1: is larger than 16 MiB with all that it includes");
}

// --- Faults --------------------------------------------------------------------------------------

TEST(TemplatesFaults, AreReportedTogetherWithFileAndLine) {
  const TemporaryFolder folder;
  folder.write("a.html", "<p>\n{{x</p>");
  folder.write("b.html", "\n\n{{#list}}<p>");
  folder.write("c.html", "{{/list}}");
  folder.write("d.html", "\n{{#a}}{{#b}}{{/a}}{{/b}}");
  folder.write("e.html", "\n{{> nothing}}\n{{> neither}}");
  folder.write("f.html", "{{=<% %>=}}");
  folder.write("g.html", "\xFF");
  folder.write("good.html", "{{x}}{{! a comment with {{> nothing }}");
  EXPECT_EQ(faults_of(folder),
            "g.html: is not UTF-8\n"
            "a.html:2: Unclosed tag\n"
            "b.html:3: Unclosed section \"list\"\n"
            "c.html:1: Unopened section \"list\"\n"
            "d.html:2: Unclosed section \"a\"\n"
            "e.html:2: there is no template \"nothing\" to include\n"
            "e.html:3: there is no template \"neither\" to include\n"
            "f.html:1: the delimiters cannot be changed");
}

TEST(TemplatesFaults, ComeFromTheDirectory) {
  EXPECT_THAT(error_of([] { const Templates templates("/nowhere/templates"); }),
              HasSubstr("the directory /nowhere/templates cannot be read: No such file or directory"));
  const TemporaryFolder folder;
  folder.write("large.html", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(faults_of(folder), "large.html: is larger than 1 MiB");
}

TEST(TemplatesFaults, DoNotComeFromHiddenFilesAndLinksThatAreMounted) {
  const TemporaryFolder folder;
  folder.write("..2026/page.html", "{{x}}");
  folder.link("..data", "..2026");
  folder.link("page.html", "..data/page.html");
  folder.write(".page.html.swp", "\xFF");
  EXPECT_EQ(Templates(folder.path()).render_text("page.html", json{{"x", 1}}), "1");
}

TEST(TemplatesFaults, OfRenderingBecomeA500) {
  const TemporaryFolder folder;
  folder.write("page.html", "{{titel}}");
  LeveledLog log;
  App app({.logger = log.logger()});
  const Templates pages(folder.path());
  app.get("/value")([&] { return pages.render("page.html", json{{"title", "x"}}); });
  app.get("/page")([&] { return pages.render("../page.html", json::object()); });
  TestClient client(app);
  EXPECT_EQ(client.get("/value").status, 500);
  EXPECT_EQ(client.get("/page").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("template page.html: the model of a template has no value \"titel\""));
  EXPECT_THAT(log.text(), HasSubstr("there is no template \"../page.html\" in "));
}

// --- Missing values ------------------------------------------------------------------------------

TEST(TemplatesMissingValues, AreErrors) {
  const json model{{"a", {{"b", 1}}}, {"list", {{{"x", 1}}}}};
  EXPECT_EQ(failure("{{c}}", model), "template page.html: the model of a template has no value \"c\"");
  EXPECT_EQ(failure("{{a.c}}", model), "template page.html: the model of a template has no value \"a.c\"");
  EXPECT_EQ(failure("{{#c}}{{/c}}", model), "template page.html: the model of a template has no value \"c\"");
  EXPECT_EQ(failure("{{^c}}{{/c}}", model), "template page.html: the model of a template has no value \"c\"");
  EXPECT_EQ(failure("{{#list}}{{y}}{{/list}}", model),
            "template page.html: the model of a template has no value \"y\"");
}

TEST(TemplatesMissingValues, AreEmptyIfThatIsWanted) {
  EXPECT_EQ(page("[{{c}}{{a.c}}{{#c}}x{{/c}}{{^c}}y{{/c}}]", json{{"a", {{"b", 1}}}},
                 {.missing_values = MissingValues::empty}),
            "[y]");
}

// --- Limits, reload, threads ---------------------------------------------------------------------

TEST(Templates, NestSectionsAndModelsDeeply) {
  std::string text = "{{v}}";
  json model{{"v", "end"}};
  for (int level = 0; level < 200; ++level) {
    text = "{{#s}}" + text + "{{/s}}";
    json outer = json::object();
    outer["s"] = std::move(model);
    model = std::move(outer);
  }
  EXPECT_EQ(page(text, model), "end");
  for (int level = 0; level < 100; ++level) {
    json outer = json::object();
    outer["s"] = std::move(model);
    model = std::move(outer);
  }
  EXPECT_EQ(failure(text, model), "template page.html: the model of a template has more than 256 levels");
}

TEST(Templates, AreReadAnewWithReload) {
  const TemporaryFolder folder;
  folder.write("page.html", "one");
  const Templates fixed(folder.path());
  const Templates live(folder.path(), {.reload = true});
  folder.write("page.html", "two");
  EXPECT_EQ(fixed.render_text("page.html", json::object()), "one");
  EXPECT_EQ(live.render_text("page.html", json::object()), "two");
  folder.write("page.html", "{{#x}}");
  EXPECT_THROW(static_cast<void>(live.render_text("page.html", json::object())), SetupError);
}

TEST(Templates, MayBeUsedByManyThreads) {
  const TemporaryFolder folder;
  folder.write("page.html", "{{#rows}}{{> row}}{{/rows}}");
  folder.write("row.html", "<i>{{.}}</i>\n");
  const Templates pages(folder.path());
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&pages, &wrong, thread] {
      const std::string expected = "<i>" + std::to_string(thread) + "</i>\n";
      for (int run = 0; run < 200; ++run) {
        if (pages.render_text("page.html", json{{"rows", {thread, thread}}}) != expected + expected) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace serval::templates_test
