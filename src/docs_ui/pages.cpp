// SPDX-License-Identifier: MIT
#include <serval/docs_ui/pages.hpp>

#include <stdexcept>
#include <string_view>

#include "docs_ui/escape.hpp"
#include "docs_ui/nonce.hpp"

namespace serval::docs_ui {

namespace {

// ReDoc shows this image below its menu if the script is not the embedded one, see scripts/cmake/serval_docs_ui.cmake.
constexpr std::string_view redoc_logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";

std::string head(const std::string& title, const std::string& favicon_url) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<title>" + html_text(title) + "</title>\n";
  if (!favicon_url.empty()) out += "<link rel=\"shortcut icon\" href=\"" + html_text(favicon_url) + "\">\n";
  return out;
}

// An inline script of the page, and the source expression that allows only this script.
struct InlineScript {
  std::string element;
  std::string policy_source;
};

InlineScript inline_script(std::string_view script) {
  const std::string nonce = new_nonce();
  return {"<script nonce=\"" + nonce + "\">" + std::string(script) + "</script>\n", "'nonce-" + nonce + "'"};
}

// The common part of the policies: only the listed sources are allowed, and no other site may embed the page.
std::string policy(std::string_view allowed) {
  return "default-src 'none'; " + std::string(allowed) +
         "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
}

// Adds to a list of source expressions that begins with `'self'` and has each expression once.
void add_source(std::string& list, const std::string& source) {
  if ((" " + list + " ").find(" " + source + " ") == std::string::npos) list += " " + source;
}

std::string self_and(std::string_view url) {
  std::string list = "'self'";
  add_source(list, policy_source(url));
  return list;
}

// Swagger UI knows no WebSockets: the document's extension for them is shown below, in its style.
constexpr std::string_view web_sockets_script = R"js(
const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};
const showWebSocket = ([path, route]) => {
  const block = element("details", "opblock opblock-get");
  const summary = element("summary", "opblock-summary");
  const what = element("div", "opblock-summary-path-description-wrapper");
  what.append(element("span", "opblock-summary-path", path),
              element("div", "opblock-summary-description", route.summary));
  summary.append(element("span", "opblock-summary-method", "WS"), what);
  const body = element("div", "opblock-description-wrapper");
  for (const [title, value] of [["Description", route.description], ["Parameters", route.parameters],
                                ["Messages from the client", route.receives], ["Messages to the client", route.sends]]) {
    if (!value) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    body.append(element("h4", "", title), element("pre", "microlight", text));
  }
  block.append(summary, body);
  return block;
};
const showWebSockets = () => {
  const routes = ui.specSelectors.specJson().toJS()["x-websockets"];
  if (!routes) return;
  const section = element("section", "wrapper");
  section.append(element("h3", "opblock-tag", "WebSockets"), ...Object.entries(routes).map(showWebSocket));
  document.getElementById("web-sockets").replaceChildren(section);
};
)js";

std::string swagger_ui_script(const SwaggerUiOptions& options) {
  json parameters = default_swagger_ui_parameters();
  if (!options.parameters.is_null()) parameters.update(options.parameters);
  std::string out(web_sockets_script);
  out += "\nconst ui = SwaggerUIBundle({\n    url: " + script_string(options.openapi_url) + ",\n";
  for (const auto& [key, value] : parameters.items()) out += script_json(key) + ": " + script_json(value) + ",\n";
  if (!options.oauth2_redirect_url.empty()) {
    out += "oauth2RedirectUrl: window.location.origin + " + script_string(options.oauth2_redirect_url) + ",\n";
  }
  out +=
      "onComplete: showWebSockets,\n"
      "presets: [\n    SwaggerUIBundle.presets.apis,\n    SwaggerUIBundle.SwaggerUIStandalonePreset\n    ],\n"
      "})\n";
  if (!options.init_oauth.is_null()) out += "\nui.initOAuth(" + script_json(options.init_oauth) + ")\n";
  return out;
}

// The window that asked for the authorization left its state and callbacks in `swaggerUIRedirectOauth2`. An
// authorization server puts its response into the query (code) or the fragment (implicit), RFC 6749
// sections 4.1.2, 4.2.2.
constexpr std::string_view oauth2_redirect_script = R"js(
(function () {
  "use strict";
  const asked = window.opener.swaggerUIRedirectOauth2;
  const inFragment = /code|token|error/.test(window.location.hash);
  const text = inFragment ? window.location.hash.substring(1).replace("?", "&") : window.location.search.substring(1);
  const answer = Object.fromEntries(new URLSearchParams(text));
  const isValid = answer.state === asked.state;
  const flow = asked.auth.schema.get("flow");
  const report = (level, message) =>
    asked.errCb({ authId: asked.auth.name, source: "auth", level: level, message: message });

  if (["accessCode", "authorizationCode", "authorization_code"].includes(flow) && !asked.auth.code) {
    if (!isValid) {
      report("warning", "The authorization may be unsafe: the state that came back is not the one that was sent.");
    }
    if (answer.code) {
      delete asked.state;
      asked.auth.code = answer.code;
      asked.callback({ auth: asked.auth, redirectUrl: asked.redirectUrl });
    } else {
      const why = answer.error
        ? "[" + answer.error + "]: " + (answer.error_description || "no authorization code came from the server") +
          (answer.error_uri ? " (more: " + answer.error_uri + ")" : "")
        : "[Authorization failed]: no authorization code came from the server";
      report("error", why);
    }
  } else {
    asked.callback({ auth: asked.auth, token: answer, isValid: isValid, redirectUrl: asked.redirectUrl });
  }
  window.close();
})();
)js";

}  // namespace

json default_swagger_ui_parameters() {
  return {{"dom_id", "#swagger-ui"},
          {"layout", "BaseLayout"},
          {"deepLinking", true},
          {"showExtensions", true},
          {"showCommonExtensions", true}};
}

Page swagger_ui_page(const SwaggerUiOptions& options) {
  if (!options.parameters.is_null() && !options.parameters.is_object()) {
    throw std::invalid_argument("the parameters of Swagger UI must be a JSON object");
  }
  const InlineScript script = inline_script(swagger_ui_script(options));
  Page page;
  page.html = head(options.title, options.favicon_url) + "<link type=\"text/css\" rel=\"stylesheet\" href=\"" +
              html_text(options.css_url) +
              "\">\n</head>\n<body>\n<div id=\"swagger-ui\"></div>\n<div id=\"web-sockets\" "
              "class=\"swagger-ui\"></div>\n<script src=\"" +
              html_text(options.js_url) + "\"></script>\n" + script.element + "</body>\n</html>\n";
  std::string targets = self_and(options.openapi_url);
  for (const std::string& server : options.connect_sources) add_source(targets, policy_origin(server));
  // Swagger UI uses inline styles of elements and images in data: URLs; it shows images from responses as blob: URLs.
  page.content_security_policy =
      policy("script-src " + policy_source(options.js_url) + " " + script.policy_source + "; style-src " +
             policy_source(options.css_url) + " 'unsafe-inline'; img-src " + self_and(options.favicon_url) +
             " data: blob:; media-src 'self' blob:" + "; connect-src " + targets);
  return page;
}

Page oauth2_redirect_page() {
  const InlineScript script = inline_script(oauth2_redirect_script);
  return {head("Swagger UI: OAuth2 Redirect", {}) + "</head>\n<body>\n" + script.element + "</body>\n</html>\n",
          policy("script-src " + script.policy_source)};
}

Page redoc_page(const RedocOptions& options) {
  // Without its own style the browser keeps a margin around the page.
  const std::string style = "body { margin: 0; padding: 0; }";
  Page page;
  page.html = head(options.title, options.favicon_url) + "<style>" + style +
              "</style>\n</head>\n<body>\n<noscript>ReDoc needs JavaScript.</noscript>\n<redoc spec-url=\"" +
              html_text(options.openapi_url) + "\"></redoc>\n<script src=\"" + html_text(options.js_url) +
              "\"></script>\n</body>\n</html>\n";
  const std::string script = policy_source(options.js_url);
  // A worker made from a blob: URL builds the search index.
  page.content_security_policy =
      policy("script-src " + script + "; style-src 'self' 'unsafe-inline'; img-src " + self_and(options.favicon_url) +
             " data:" + (script == "'self'" ? "" : " " + std::string(redoc_logo)) + "; worker-src blob:; connect-src " +
             self_and(options.openapi_url));
  return page;
}

}  // namespace serval::docs_ui
