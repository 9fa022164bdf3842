// SPDX-License-Identifier: MIT
#include "openapi/document.hpp"

#include <algorithm>
#include <exception>
#include <set>

#include "openapi/names.hpp"
#include "openapi/web_sockets.hpp"

namespace serval::openapi {

namespace {

void set_text(json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}
void set_object(json& object, const char* key, json value) {
  if (!value.empty()) object[key] = std::move(value);
}

json to_object(const ExternalDocs& docs) {
  json object = json::object();
  set_text(object, "description", docs.description);
  set_text(object, "url", docs.url);
  return object;
}

json to_object(const Contact& contact) {
  json object = json::object();
  set_text(object, "name", contact.name);
  set_text(object, "url", contact.url);
  set_text(object, "email", contact.email);
  return object;
}

json to_object(const License& license) {
  json object = json::object();
  set_text(object, "name", license.name);
  set_text(object, "identifier", license.identifier);
  set_text(object, "url", license.url);
  return object;
}

json to_object(const Server& server) {
  json object{{"url", server.url}};
  set_text(object, "description", server.description);
  set_object(object, "variables", server.variables.value());
  return object;
}

json to_object(const Tag& tag) {
  json object{{"name", tag.name}};
  set_text(object, "description", tag.description);
  set_object(object, "externalDocs", to_object(tag.external_docs));
  return object;
}

template <class T>
json to_array(const std::vector<T>& values) {
  json array = json::array();
  for (const T& value : values) array.push_back(to_object(value));
  return array;
}

json info_of(const Description& description) {
  json info{{"title", description.title}};
  set_text(info, "summary", description.summary);
  set_text(info, "description", description.description);
  set_text(info, "termsOfService", description.terms_of_service);
  set_object(info, "contact", to_object(description.contact));
  set_object(info, "license", to_object(description.license));
  info["version"] = description.version;
  return info;
}

/// Gives operations their ids.
class Ids {
 public:
  explicit Ids(std::vector<std::string>& warnings) : warnings_(warnings) {}

  /// Ids made only from the path may be equal, like those of "/a" and "/a/": they get numbers. Other ids are the
  /// programmer's responsibility.
  std::string next(const Operation& operation) {
    std::string id = proposed_operation_id(operation);
    const bool is_made_up = operation.operation_id.empty() && operation.name.empty();
    if (used_.insert(id).second) return id;
    if (!is_made_up) {
      warnings_.push_back("the operation id \"" + id + "\" is used more than once, again by " +
                          std::string(to_string(operation.method)) + " " + operation.path +
                          "; give each operation its own id, which generated clients need");
      return id;
    }
    for (int number = 2;; ++number) {
      std::string numbered = id + '_' + std::to_string(number);
      if (used_.insert(numbered).second) return numbered;
    }
  }

 private:
  std::set<std::string> used_;
  std::vector<std::string>& warnings_;
};

json paths_of(const std::vector<Operation>& operations, Ids& ids, Components& components,
              std::vector<std::string>& warnings) {
  json paths = json::object();
  for (const Operation& operation : operations) {
    const std::string_view method = method_key(operation.method);
    if (method.empty()) continue;
    json& place = paths[operation.path][std::string(method)];
    if (!place.is_null()) {  // "/{id:int}" and "/{id}" are two routes, but one path
      warnings.push_back("there are several routes for " + std::string(to_string(operation.method)) + " " +
                         operation.path + "; the document shows only the first");
      continue;
    }
    try {
      place = operation_object(operation, ids.next(operation), components);
    } catch (const std::exception& fault) {
      refuse(to_string(operation.method), operation, fault);
    }
  }
  return paths;
}

}  // namespace

Document make_document(const Description& description) {
  Document made;
  json& document = made.value;
  document["openapi"] = "3.1.0";
  document["info"] = info_of(description);
  set_object(document, "servers", to_array(description.servers));
  Components components;
  if (!description.separate_input_output_schemas) components.schemas.use_one_mode();
  components.error_format = description.error_format;
  Ids ids(made.warnings);
  document["paths"] = paths_of(description.operations, ids, components, made.warnings);
  set_object(document, "webhooks", paths_of(description.webhooks, ids, components, made.warnings));
  set_object(document, "x-websockets", web_sockets_of(description.web_sockets, components));
  json all = json::object();
  set_object(all, "schemas", components.schemas.finish(document));
  set_object(all, "securitySchemes", std::move(components.security_schemes));
  set_object(document, "components", std::move(all));
  set_object(document, "tags", to_array(description.tags));
  set_object(document, "externalDocs", to_object(description.external_docs));
  return made;
}

json with_server(const json& document, std::string_view url) {
  if (url.empty()) return document;
  const auto servers = document.find("servers");
  json all = json::array({{{"url", std::string(url)}}});
  if (servers != document.end()) {
    for (const json& server : *servers) {
      if (server.value("url", "") == url) return document;
      all.push_back(server);
    }
  }
  json served = json::object();
  for (const auto& [key, value] : document.items()) {
    if (key == "servers") continue;
    served[key] = value;
    if (key == "info") served["servers"] = all;
  }
  if (!served.contains("servers")) served["servers"] = std::move(all);
  return served;
}

}  // namespace serval::openapi
