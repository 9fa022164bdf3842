// SPDX-License-Identifier: MIT
// Checks that the room is compiled with the include folders that serval::serval gives a program, without serval's
// sources.
#if __has_include("net/connection.hpp") || __has_include("src/net/connection.hpp")
#error "src is on the include path of a room"
#endif
#if __has_include("wire/support/client.hpp") || __has_include("tests/wire/support/client.hpp")
#error "tests is on the include path of a room"
#endif
#if !__has_include(<serval/serval.hpp>)
#error "serval is not on the include path of a room"
#endif
