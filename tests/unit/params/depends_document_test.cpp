// SPDX-License-Identifier: MIT
// What the document shows of the parameters of dependencies.
#include <serval/params/depends.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::depends_document_test {

int lowest(Header<int, "lh">, Query<int, "lq">) { return 1; }
int middle(Header<int, "mh">, Depends<lowest>, Query<int, "mq">) { return 1; }
int beside(Query<int, "bq">, Cookie<int, "bc">, Depends<lowest>) { return 1; }
int route_check(Query<int, "rq">) { return 1; }

std::vector<std::string> documented_parameters(const App& app, const char* path = "/{p}") {
  std::vector<std::string> names;
  for (const json& each : app.openapi()["paths"][path]["get"]["parameters"]) names.push_back(each["name"]);
  return names;
}

TEST(DependencyParameters, StandInTheDocumentBehindTheHandlersOwn) {
  App app;
  app.get("/{p}", {.dependencies = {depends<route_check>}})(
      [](Query<int, "oq">, Depends<middle>, Path<int, "p">, Depends<beside>, Header<int, "oh">) { return 1; });
  EXPECT_EQ(documented_parameters(app),
            (std::vector<std::string>{"p", "oq", "rq", "mq", "lq", "bq", "oh", "mh", "lh", "bc"}));
}

TEST(DependencyParameters, AreFaultyInTheOrderOfTheCalls) {
  App app;
  app.get("/{p}")([](Query<int, "oq">, Depends<middle>, Path<int, "p">) { return 1; });
  std::vector<std::string> names;
  const json answer = TestClient(app).get("/x").json();
  for (const json& fault : answer["detail"]) names.push_back(fault["loc"][1]);
  EXPECT_EQ(names, (std::vector<std::string>{"lq", "lh", "mq", "mh", "p", "oq"}));
}

int described(Query<int, "q", schema::description("of the dependency")>) { return 1; }

TEST(DependencyParameters, AreDescribedByTheHandlerThatTakesThemToo) {
  App app;
  app.get("/{p}")(
      [](Path<int, "p">, Depends<described>, Query<int, "q", schema::description("of the handler")>) { return 1; });
  const json parameters = app.openapi()["paths"]["/{p}"]["get"]["parameters"];
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[1]["description"], "of the handler");
}

TEST(DependencyParameters, OfAReplacementAreNotShown) {
  App app;
  app.get("/{p}")([](Path<int, "p">, Depends<route_check>) { return 1; });
  const std::string before = schema::to_text(app.openapi());
  app.override_dependency<route_check>([](Header<std::string, "as">, Body<int>) { return 1; });
  EXPECT_EQ(schema::to_text(app.openapi()), before);
  // A route that is declared while the override is in force.
  app.get("/later/{p}", {.openapi_examples = {{"rq", {{"one", {{"value", 1}}}}}}})(
      [](Path<int, "p">, Depends<route_check>) { return 1; });
  EXPECT_EQ(documented_parameters(app), (std::vector<std::string>{"p", "rq"}));
  EXPECT_EQ(documented_parameters(app, "/later/{p}"), (std::vector<std::string>{"p", "rq"}));
  EXPECT_EQ(TestClient(app).get("/later/1").json()["detail"][0]["loc"][1], "as");
  app.override_dependency<route_check>([] { return 2; });
  EXPECT_EQ(documented_parameters(app), (std::vector<std::string>{"p", "rq"}));
  app.reset_dependency_overrides();
  EXPECT_EQ(documented_parameters(app), (std::vector<std::string>{"p", "rq"}));
  EXPECT_EQ(TestClient(app).get("/later/1").json()["detail"][0]["loc"][1], "rq");
}

}  // namespace serval::depends_document_test
