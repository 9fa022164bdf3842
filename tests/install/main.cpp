// SPDX-License-Identifier: MIT
// The program that each consumer project builds: it needs serval's headers and its library.
#include <serval/http/status.hpp>

#include <iostream>

int main() { std::cout << serval::reason_phrase(serval::status::not_found) << '\n'; }
