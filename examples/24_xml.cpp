// SPDX-License-Identifier: MIT
// XML with pugixml: an argument that reads it, and responses in the format that the client prefers.
//
//   $ ./scripts/run 24_xml
//
//   $ curl -H content-type:text/xml -d '<book year="1815"><title>Emma</title></book>' http://127.0.0.1:8000/books
//   {"title":"Emma","year":1815}
//   $ curl -H accept:application/xml http://127.0.0.1:8000/books/0
//   <?xml version="1.0"?><book year="1815"><title>Emma</title></book>
//   $ curl -H 'accept: text/html, application/json;q=0.8, application/xml;q=0.5' http://127.0.0.1:8000/books/0
//   {"title":"Emma","year":1815}
//   $ curl -H accept:image/png http://127.0.0.1:8000/books/0
//   {"detail":"There is application/json and application/xml"}
//   $ curl -H content-type:application/xml -d '<book><title>Emma</book>' http://127.0.0.1:8000/books
//   {"detail":"Start-end tags mismatch"}
//   $ curl -H content-type:text/plain -d Emma http://127.0.0.1:8000/books
//   {"detail":"Send application/xml"}
#include <serval/http/media_type.hpp>
#include <serval/serval.hpp>

#include <pugixml.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace serval;

struct Book {
  std::string title;
  int year = 0;
};

/// A book that arrives as XML.
struct XmlBook : Book {};

template <>
struct serval::Argument<XmlBook> {
  static XmlBook from(Request& request) {
    const auto type = http::MediaType::parse(request.content_type());
    if (!type || type->subtype != "xml") throw HttpError(415, "Send application/xml");
    pugi::xml_document document;  // does not support DTDs, so entities cannot expand or read files
    const auto result = document.load_buffer(request.body().data(), request.body().size());
    if (!result) throw HttpError(400, result.description());
    const pugi::xml_node root = document.child("book");
    return {{root.child_value("title"), root.attribute("year").as_int()}};
  }
};

std::string to_xml(const Book& book) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("book");
  root.append_attribute("year") = book.year;
  root.append_child("title").text() = book.title.c_str();
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  return out.str();
}

/// Responds with XML or JSON, as the client prefers.
Response answer_with(const Book& book, const Request& request) {
  const auto type = request.preferred_type({"application/json", "application/xml"});
  if (!type) throw HttpError(406, "There is application/json and application/xml");
  Response response(200, *type == "application/xml" ? to_xml(book) : encode_json(book), *type);
  response.add_vary("Accept");
  return response;
}

int main(int argc, char** argv) {
  App app;
  const std::vector<Book> books = {{"Emma", 1815}, {"Persuasion", 1817}};
  const std::string emma = to_xml(books[0]);  // an example for the document, which cannot derive the XML
  app.get("/books/{id}")([&](Path<std::size_t, "id"> id, const Request& request) {
    if (id >= books.size()) throw HttpError(404);
    return answer_with(books[id], request);
  });
  app.post("/books", {.openapi_extra = {{"requestBody", {{"content", {{"application/xml", {{"example", emma}}}}}}}}})(
      [](const XmlBook& book, const Request& request) { return answer_with(book, request); });
  return app.run(argc, argv);
}
