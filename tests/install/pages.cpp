// SPDX-License-Identifier: MIT
// The program of consumers that link the room `templates`: it makes a text from a template.
#include <serval/serval.hpp>
#include <serval/templates.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

using namespace serval;

int main() {
  const std::filesystem::path folder = std::filesystem::current_path() / "consumer_pages";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "message.json") << R"({"message":"Hello {{name}}"})";
  const Templates pages(folder.string());
  std::cout << pages.render_text("message.json", json{{"name", "World"}}) << '\n';
  std::filesystem::remove_all(folder);
}
