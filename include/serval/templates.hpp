// SPDX-License-Identifier: MIT
// For programs that make pages from templates. They link `serval::templates`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/templates/templates.hpp>
