// SPDX-License-Identifier: MIT
// Names that headers of other libraries define as macros. A program may include those headers before serval.
#pragma once

// Qt without QT_NO_KEYWORDS
#define signals public
#define slots
#define emit
#define foreach(variable, container) for (variable : container)
#define forever for (;;)

// Windows
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define small char
#define hyper long long
#define interface struct
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define BOOL int
#define STRICT 1
#define DELETE (0x00010000L)
#define ERROR 0
#define NO_ERROR 0L
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define ABSOLUTE 1
#define RELATIVE 2
#define OPAQUE 2
#define TRANSPARENT 1
#define GetObject GetObjectA
#define GetMessage GetMessageA
#define SendMessage SendMessageA
#define CreateFile CreateFileA
#define DeleteFile DeleteFileA
#define Yield()

// X11
#define Status int
#define Bool int
#define True 1
#define False 0
#define None 0L
#define Success 0
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Convex 2
#define Unsorted 0
#define Nonconvex 1
#define Button1 1
#define FocusIn 9
#define FocusOut 10
#define KeyPress 2
#define KeyRelease 3
#define Expose 12
#define GrayScale 1
#define CursorShape 0

// The C library, and compilers in GNU mode
#define major(device) gnu_dev_major(device)
#define minor(device) gnu_dev_minor(device)
#define makedev(major, minor) gnu_dev_makedev(major, minor)
#define linux 1
#define unix 1
#define complex _Complex
#define OVERFLOW 3
#define UNDERFLOW 4
#define DOMAIN 1
#define ECHO 0000010

// Libraries for logging, tests and assertions
#define LOG(severity)
#define CHECK(condition)
#define REQUIRE(condition)
#define INFO(message)
#define WARN(message)
#define FAIL(message)
#define TRACE(message)
#define DEBUG 1
#define TRUE 1
#define FALSE 0
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
