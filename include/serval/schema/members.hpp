// SPDX-License-Identifier: MIT
// The members of an aggregate as references: one structured binding for each number of members, since C++20
// has no binding of variable length. Written by scripts/generate-members; change it there.
#pragma once

#include <array>
#include <cstddef>

namespace serval::detail {

/// Greatest number of members of a model.
inline constexpr std::size_t max_members = 64;

// clang-format off
/// Calls `use` with a reference to each of the `N` members of `o`.
template <std::size_t N, class T, class F>
// NOLINTNEXTLINE(readability-function-size): a structured binding names each member, so each number needs a case
constexpr auto with_members(const T& o, F&& use) {
  if constexpr (N == 0) {
    return use();
  } else if constexpr (N == 1) {
    const auto& [a] = o;
    return use(a);
  } else if constexpr (N == 2) {
    const auto& [a, b] = o;
    return use(a, b);
  } else if constexpr (N == 3) {
    const auto& [a, b, c] = o;
    return use(a, b, c);
  } else if constexpr (N == 4) {
    const auto& [a, b, c, d] = o;
    return use(a, b, c, d);
  } else if constexpr (N == 5) {
    const auto& [a, b, c, d, e] = o;
    return use(a, b, c, d, e);
  } else if constexpr (N == 6) {
    const auto& [a, b, c, d, e, f] = o;
    return use(a, b, c, d, e, f);
  } else if constexpr (N == 7) {
    const auto& [a, b, c, d, e, f, g] = o;
    return use(a, b, c, d, e, f, g);
  } else if constexpr (N == 8) {
    const auto& [a, b, c, d, e, f, g, h] = o;
    return use(a, b, c, d, e, f, g, h);
  } else if constexpr (N == 9) {
    const auto& [a, b, c, d, e, f, g, h, i] = o;
    return use(a, b, c, d, e, f, g, h, i);
  } else if constexpr (N == 10) {
    const auto& [a, b, c, d, e, f, g, h, i, j] = o;
    return use(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (N == 11) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k);
  } else if constexpr (N == 12) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l);
  } else if constexpr (N == 13) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m);
  } else if constexpr (N == 14) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
  } else if constexpr (N == 15) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p);
  } else if constexpr (N == 16) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q);
  } else if constexpr (N == 17) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r);
  } else if constexpr (N == 18) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s);
  } else if constexpr (N == 19) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t);
  } else if constexpr (N == 20) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u);
  } else if constexpr (N == 21) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v);
  } else if constexpr (N == 22) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w);
  } else if constexpr (N == 23) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x);
  } else if constexpr (N == 24) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y);
  } else if constexpr (N == 25) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z);
  } else if constexpr (N == 26) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa);
  } else if constexpr (N == 27) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab);
  } else if constexpr (N == 28) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac);
  } else if constexpr (N == 29) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad);
  } else if constexpr (N == 30) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae);
  } else if constexpr (N == 31) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af] =
      o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af);
  } else if constexpr (N == 32) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag);
  } else if constexpr (N == 33) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah);
  } else if constexpr (N == 34) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai);
  } else if constexpr (N == 35) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj);
  } else if constexpr (N == 36) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak);
  } else if constexpr (N == 37) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al);
  } else if constexpr (N == 38) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am);
  } else if constexpr (N == 39) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an);
  } else if constexpr (N == 40) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao);
  } else if constexpr (N == 41) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap);
  } else if constexpr (N == 42) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq);
  } else if constexpr (N == 43) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar);
  } else if constexpr (N == 44) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at);
  } else if constexpr (N == 45) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au);
  } else if constexpr (N == 46) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av);
  } else if constexpr (N == 47) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw);
  } else if constexpr (N == 48) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax);
  } else if constexpr (N == 49) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay);
  } else if constexpr (N == 50) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az);
  } else if constexpr (N == 51) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba);
  } else if constexpr (N == 52) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb);
  } else if constexpr (N == 53) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc);
  } else if constexpr (N == 54) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd);
  } else if constexpr (N == 55) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be);
  } else if constexpr (N == 56) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf);
  } else if constexpr (N == 57) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg);
  } else if constexpr (N == 58) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh);
  } else if constexpr (N == 59) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi]
      = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi);
  } else if constexpr (N == 60) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi,
      bj] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj);
  } else if constexpr (N == 61) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi,
      bj, bk] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj,
      bk);
  } else if constexpr (N == 62) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi,
      bj, bk, bl] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj,
      bk, bl);
  } else if constexpr (N == 63) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi,
      bj, bk, bl, bm] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj,
      bk, bl, bm);
  } else if constexpr (N == 64) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af,
      ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi,
      bj, bk, bl, bm, bn] = o;
    return use(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae, af, ag,
      ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, at, au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj,
      bk, bl, bm, bn);
  }
}
// clang-format on

/// The types of an aggregate's members, and where they lie in one object of it.
template <class... Ts>
struct Members {
  std::array<const void*, sizeof...(Ts)> addresses;
};

template <std::size_t N, class T>
constexpr auto members_of(const T& object) {
  return with_members<N>(object, []<class... Ts>(const Ts&... members) { return Members<Ts...>{{&members...}}; });
}

}  // namespace serval::detail
