// SPDX-License-Identifier: MIT
#include "openapi/names.hpp"

#include <gtest/gtest.h>

namespace serval::openapi::names_test {

TEST(OperationId, IsNamePathAndMethodWithUnderscores) {
  EXPECT_EQ(operation_id_of("read_items", "/items/", http::Method::get), "read_items_items__get");
  EXPECT_EQ(operation_id_of("read_user_item", "/items/{item_id}", http::Method::get),
            "read_user_item_items__item_id__get");
  EXPECT_EQ(operation_id_of("f", "/a-b/c.d", http::Method::delete_), "f_a_b_c_d_delete");
}

TEST(OperationId, OfAnExpressionFollowsTheSameRule) {
  EXPECT_EQ(operation_id_of("invoice_notification", "{$callback_url}/invoices/{$request.body.id}", http::Method::post),
            "invoice_notification__callback_url__invoices___request_body_id__post");
}

TEST(OperationId, KeepsLettersBeyondAscii) {
  EXPECT_EQ(operation_id_of("f", "/café", http::Method::get), "f_café_get");
}

TEST(NameOfUnnamed, IsMadeOfMethodAndPath) {
  EXPECT_EQ(name_of_unnamed("/items", http::Method::get), "get_items");
  EXPECT_EQ(name_of_unnamed("/items/{item_id}", http::Method::put), "put_items_by_item_id");
  EXPECT_EQ(name_of_unnamed("/a/{x}/b/{y}", http::Method::get), "get_a_by_x_b_by_y");
  EXPECT_EQ(name_of_unnamed("/files/{name}.json", http::Method::get), "get_files_by_name_json");
  EXPECT_EQ(name_of_unnamed("new-order", http::Method::post), "post_new_order");
}

TEST(NameOfUnnamed, TellsAParameterFromAWord) {
  EXPECT_NE(name_of_unnamed("/items/id", http::Method::get), name_of_unnamed("/items/{id}", http::Method::get));
}

TEST(NameOfUnnamed, CallsTheEmptyPathRoot) { EXPECT_EQ(name_of_unnamed("/", http::Method::get), "get_root"); }

TEST(MethodKey, IsEmptyForMethodsThatOpenApiDoesNotHave) {
  EXPECT_EQ(method_key(http::Method::delete_), "delete");
  EXPECT_EQ(method_key(http::Method::propfind), "");
  EXPECT_EQ(method_key(http::Method::connect), "");
}

TEST(CleanText, RemovesTheIndentationOfARawString) {
  EXPECT_EQ(clean_text("\n    Creates an item:\n\n    - **name**: required\n      and more\n    "),
            "Creates an item:\n\n- **name**: required\n  and more");
  EXPECT_EQ(clean_text("First.\n  Second."), "First.\nSecond.");
}

TEST(CleanText, EndsAtAFormFeed) { EXPECT_EQ(clean_text("Shown.\n\f\nHidden."), "Shown."); }

TEST(CleanText, KeepsALine) {
  EXPECT_EQ(clean_text("One line."), "One line.");
  EXPECT_EQ(clean_text(""), "");
  EXPECT_EQ(clean_text(" \n "), "");
}

}  // namespace serval::openapi::names_test
