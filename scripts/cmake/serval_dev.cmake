# SPDX-License-Identifier: MIT
# The room dev, a part of the programs that `serval dev` builds, needs no libraries besides the core.
set(serval_packages_dev "")
set(serval_debian_dev "")

function(serval_dev_missing out)
  set(${out} "" PARENT_SCOPE)
endfunction()

function(serval_dev_libraries target)
  set(serval_pc_libs_dev "" PARENT_SCOPE)
endfunction()
