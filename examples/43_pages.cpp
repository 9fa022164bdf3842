// SPDX-License-Identifier: MIT
// Pages from templates, links to routes by name, and an e-mail after the response.
//
//   $ ./scripts/run 43_pages
//
//   $ curl http://127.0.0.1:8000/shop/items
//   <!doctype html>
//   <title>Items</title>
//   <ul>
//   <li><a href="/shop/items/1">Lamp</a></li>
//   <li><a href="/shop/items/2">Fish &amp; chips</a></li>
//   </ul>
//   $ curl http://127.0.0.1:8000/shop/items/2
//   <!doctype html>
//   <title>Fish &amp; chips</title>
//   <h1>Fish &amp; chips</h1>
//   <p>No note.</p>
//   $ curl -w ' %{content_type}\n' http://127.0.0.1:8000/shop/about
//   <p>A small shop.</p> text/html; charset=utf-8
//   $ curl -X POST -H 'host: evil.example' 'http://127.0.0.1:8000/orders/2?to=ann@example.com'
//   {"item":"https://shop.example/shop/items/2"}
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/templates.hpp>
#include <serval/types.hpp>

#include <boost/asio/steady_timer.hpp>

using namespace serval;

struct Item {
  std::string title;
  std::optional<std::string> note;
};
const std::vector<Item> items{{"Lamp", "On sale"}, {"Fish & chips", {}}};
struct Link {
  std::string name;
  std::string url;
};
struct ItemsPage {
  std::string title;
  std::vector<Link> items;
};

HtmlResponse list_items(const Request& request, State<Templates> pages) {
  ItemsPage page{.title = "Items", .items = {}};
  for (int id = 1; const Item& item : items)
    page.items.push_back({.name = item.title, .url = request.url_path_for("read_item", {{"id", id++}})});
  return pages->render("items.html", page);
}

HtmlResponse read_item(Path<int, "id", ge(1), le(2)> id, State<Templates> pages) {
  return pages->render("item.html", items[static_cast<std::size_t>(id) - 1]);
}

// Stands for a conversation with a mail server. The arguments are copies.
Task<void> send_mail(std::string /*to*/, std::string /*text*/) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(5));
  co_await timer.async_wait(boost::asio::use_awaitable);
}

json order(Path<int, "id"> id, Query<Email, "to"> to, const Request& request, BackgroundTasks& background) {
  const std::string item = request.url_for("read_item", {{"id", id}});
  background.add(send_mail, *to, "You have ordered " + item);
  return {{"item", item}};
}

int main(int argc, char** argv) {
  Router shop({.prefix = "/shop", .default_response_class = response_class<HtmlResponse>});
  shop.get<list_items>("/items");
  shop.get<read_item>("/items/{id}");
  shop.get("/about")([] { return "<p>A small shop.</p>"; });

  App app({.public_origin = "https://shop.example"});
  app.provide(Templates(EXAMPLES_DIR "/pages"));
  app.include(shop);
  app.post<order>("/orders/{id}");
  return app.run(argc, argv);
}
