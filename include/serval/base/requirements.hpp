// SPDX-License-Identifier: MIT
// The compiler options that serval needs. The umbrella headers include it before all others.
#pragma once

#if !defined(_MSVC_LANG) && __cplusplus < 202002L
#error "serval needs C++20: compile with -std=c++20 or a later standard"
#endif
#if !defined(__cpp_rtti) && !defined(__GXX_RTTI) && !defined(_CPPRTTI)
#error "serval needs run-time type information: compile without -fno-rtti"
#endif
#if !defined(__cpp_exceptions) && !defined(__EXCEPTIONS) && !defined(_CPPUNWIND)
#error "serval needs exceptions: compile without -fno-exceptions"
#endif
