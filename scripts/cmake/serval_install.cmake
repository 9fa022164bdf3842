# SPDX-License-Identifier: MIT
# Install and export: find_package(serval) and pkg-config.
include(CMakePackageConfigHelpers)

if(SERVAL_DOCS_UI_LICENSES)
  install(FILES ${SERVAL_DOCS_UI_LICENSES} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/serval RENAME docs_ui_licenses.txt)
endif()

install(TARGETS serval EXPORT serval_targets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT serval_targets NAMESPACE serval:: FILE serval-targets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval)

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/serval-config.cmake.in ${PROJECT_BINARY_DIR}/serval-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/serval-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/serval-config.cmake ${PROJECT_BINARY_DIR}/serval-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/serval)

# A static archive does not record its dependencies, so `pkg-config --libs serval` lists them.
if(BUILD_SHARED_LIBS)
  set(serval_pc_requires "nlohmann_json")
  set(serval_pc_requires_private "spdlog, re2, zlib${serval_pc_codings}")
  set(serval_pc_libs "")
  set(serval_pc_libs_private "-pthread")
else()
  set(serval_pc_requires "nlohmann_json, spdlog, re2, zlib${serval_pc_codings}")
  set(serval_pc_requires_private "")
  set(serval_pc_libs " -pthread")
  set(serval_pc_libs_private "")
endif()
# Relative to the .pc file, so that an installed tree can be moved.
file(RELATIVE_PATH serval_pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/serval.pc.in ${PROJECT_BINARY_DIR}/serval.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/serval.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
