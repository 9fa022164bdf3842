#pragma once

#include <serval/serval.hpp>

serval::Router item_routes();
