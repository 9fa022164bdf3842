// SPDX-License-Identifier: MIT
// The room is compiled with what serval::serval gives a program, and with nothing of the library's own sources.
#if __has_include("net/connection.hpp") || __has_include("src/net/connection.hpp")
#error "src is on the include path of a room"
#endif
#if __has_include("wire/support/client.hpp") || __has_include("tests/wire/support/client.hpp")
#error "tests is on the include path of a room"
#endif
#if !__has_include(<serval/serval.hpp>)
#error "serval is not on the include path of a room"
#endif
