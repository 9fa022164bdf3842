# SPDX-License-Identifier: MIT
# Not tested: only the syntax of this port is checked. See docs/packaging.md.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)

set(rooms core)
foreach(room IN ITEMS auth compression dev templates)
  if(room IN_LIST FEATURES)
    list(APPEND rooms ${room})
  endif()
endforeach()

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    "-DSERVAL_ROOMS=${rooms}"
    -DSERVAL_DOCS_UI=OFF # vcpkg forbids downloads by npm
    -DSERVAL_BUILD_TESTS=OFF
    -DSERVAL_BUILD_EXAMPLES=OFF
    -DSERVAL_BUILD_BENCH=OFF
    -DSERVAL_BUILD_TOOLS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/serval)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
