// SPDX-License-Identifier: MIT
#include "docs_ui/escape.hpp"

#include <gtest/gtest.h>

namespace serval::docs_ui::escape_test {

TEST(HtmlText, EscapesWhatHasMeaningInTextAndAttributes) {
  EXPECT_EQ(html_text(R"(</title><script>"a" & 'b')"), "&lt;/title&gt;&lt;script&gt;&quot;a&quot; &amp; &#x27;b&#x27;");
}

TEST(HtmlText, LeavesOtherTextAlone) { EXPECT_EQ(html_text("Läden (β)"), "Läden (β)"); }

TEST(ScriptString, StandsInSingleQuotes) { EXPECT_EQ(script_string("/api/openapi.json"), "'/api/openapi.json'"); }

TEST(ScriptString, CannotBeLeft) {
  EXPECT_EQ(script_string(R"('+alert(1)+'\)"), R"('\u0027+alert(1)+\u0027\\')");
  EXPECT_EQ(script_string("</script>\n"), R"('\u003c/script\u003e\n')");
  EXPECT_EQ(script_string("\xE2\x80\xA8"), R"('\u2028')");
}

TEST(ScriptJson, HasASpaceAfterColonsAndCommas) {
  EXPECT_EQ(script_json({{"a", {1, 2}}, {"b", {{"c", nullptr}}}}), R"({"a": [1, 2], "b": {"c": null}})");
}

TEST(ScriptJson, KeepsColonsAndCommasWithinStrings) {
  EXPECT_EQ(script_json({{R"(a:",b)", R"(\:,)"}}), R"({"a:\",b": "\\:,"})");
}

TEST(ScriptJson, CannotEndTheScript) {
  EXPECT_EQ(script_json({{"<b>", "</script><!-- & \xE2\x80\xA9"}}),
            R"({"\u003cb\u003e": "\u003c/script\u003e\u003c!-- \u0026 \u2029"})");
}

TEST(PolicySource, OfARelativeUrlIsThePagesOrigin) {
  for (const char* url : {"/docs/a.js", "a.js", "", "/a?x=http://b/", "data/x//y"}) {
    EXPECT_EQ(policy_source(url), "'self'") << url;
  }
}

TEST(PolicySource, OfAnAbsoluteUrlHasItsPathAndNoQuery) {
  EXPECT_EQ(policy_source("https://cdn.example.com:8443/a@5/b.js?x=1#y"), "https://cdn.example.com:8443/a@5/b.js");
  EXPECT_EQ(policy_source("//cdn.example.com/a.js"), "//cdn.example.com/a.js");
}

TEST(PolicySource, CannotEndTheDirective) {
  EXPECT_EQ(policy_source("https://x/a; script-src *,'\""), "https://x/a%3B%20script-src%20*%2C%27%22");
}

TEST(PolicyOrigin, LeavesThePathAway) {
  EXPECT_EQ(policy_origin("https://api.example.com:8443/v1/items?x"), "https://api.example.com:8443");
  EXPECT_EQ(policy_origin("//api.example.com/v1"), "//api.example.com");
  EXPECT_EQ(policy_origin("/v1"), "'self'");
}

TEST(PolicyOrigin, OfAServerWithVariablesIsTheScheme) {
  EXPECT_EQ(policy_origin("https://{region}.example.com/v1"), "https:");
  EXPECT_EQ(policy_origin("https://example.com/{base}"), "https://example.com");
}

}  // namespace serval::docs_ui::escape_test
