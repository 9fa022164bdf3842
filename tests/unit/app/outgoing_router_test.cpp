// SPDX-License-Identifier: MIT
// Callbacks and webhooks: the document shows them, and the application never serves them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace outgoing_test {
struct Invoice {
  std::string id;
};
struct Received {
  bool ok;
};
}  // namespace outgoing_test

namespace serval::outgoing_router_suite {

using ::testing::HasSubstr;

outgoing_test::Received invoice_paid(outgoing_test::Invoice) { return {true}; }
outgoing_test::Invoice create_invoice(outgoing_test::Invoice invoice, Query<std::string, "callback_url">) {
  return invoice;
}
void new_order(outgoing_test::Invoice) {}

TEST(Callbacks, StandWithTheirRoute) {
  OutgoingRouter callbacks;
  callbacks.post<invoice_paid>("{$callback_url}/invoices/{$request.body.id}");
  App app;
  app.post<create_invoice>("/invoices", {.callbacks = callbacks});
  const json& shown = app.openapi()["paths"]["/invoices"]["post"]["callbacks"];
  ASSERT_TRUE(shown.contains("invoice_paid"));
  const json& item = shown["invoice_paid"]["{$callback_url}/invoices/{$request.body.id}"]["post"];
  EXPECT_EQ(item["operationId"], "invoice_paid__callback_url__invoices___request_body_id__post");
  EXPECT_EQ(item["requestBody"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/Invoice");
  EXPECT_TRUE(app.openapi()["components"]["schemas"].contains("Received"));
}

TEST(Callbacks, OfALambdaAreNamedByTheirPath) {
  OutgoingRouter callbacks;
  callbacks.post("{$request.body.url}")([](outgoing_test::Invoice) {});
  App app;
  app.post("/invoices", {.callbacks = callbacks})([](outgoing_test::Invoice) {});
  EXPECT_TRUE(app.openapi()["paths"]["/invoices"]["post"]["callbacks"].contains("post_by_request_body_url"));
}

TEST(Callbacks, MayHavePlainPathParameters) {
  OutgoingRouter callbacks;
  callbacks.get("{$url}/{id}", {.name = "get_one"})([](Path<int, "id"> id) { return id; });
  App app;
  app.get("/", {.callbacks = callbacks})([] { return 1; });
  const json& item = app.openapi()["paths"]["/"]["get"]["callbacks"]["get_one"]["{$url}/{id}"]["get"];
  EXPECT_EQ(item["parameters"][0]["name"], "id");
}

TEST(Webhooks, StandBesideThePaths) {
  App app;
  app.webhooks.post<new_order>("new-order", {.summary = "An order came in"});
  const json& document = app.openapi();
  EXPECT_EQ(schema::to_text(document["paths"]), "{}");
  const json& post = document["webhooks"]["new-order"]["post"];
  EXPECT_EQ(post["summary"], "An order came in");
  EXPECT_EQ(post["operationId"], "new_ordernew_order_post");
  TestClient client{app};
  EXPECT_EQ(client.post("/new-order").status, 404);
}

TEST(OutgoingRouter, RefusesMountsAndParametersThatThePathLacks) {
  OutgoingRouter router;
  EXPECT_THAT(error_of([&] { router.mount("/x", [](Request&) { return 1; }); }),
              HasSubstr("requests that the application sends"));
  EXPECT_THAT(error_of([&] { router.get("hook")([](Path<int, "id"> id) { return id; }); }), HasSubstr("Path \"id\""));
}

}  // namespace serval::outgoing_router_suite
