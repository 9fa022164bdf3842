# SPDX-License-Identifier: MIT
# The libraries of the room auth: libcrypto of OpenSSL 3 for tokens, libsodium for argon2id, and libcrypt for the old
# hashes of passwords that `crypt` made.
set(serval_packages_auth "OpenSSL 3.0")
set(serval_debian_auth "libssl-dev, libsodium-dev, libcrypt-dev")

# Whether a library without a CMake package is missing: its header or the library itself was not found.
function(serval_auth_lacks out header library)
  string(TOUPPER ${library} name)
  find_path(SERVAL_${name}_INCLUDE ${header})
  find_library(SERVAL_${name}_LIBRARY ${library})
  mark_as_advanced(SERVAL_${name}_INCLUDE SERVAL_${name}_LIBRARY)
  set(${out} OFF PARENT_SCOPE)
  if(NOT SERVAL_${name}_INCLUDE OR NOT SERVAL_${name}_LIBRARY)
    set(${out} ON PARENT_SCOPE)
  endif()
endfunction()

function(serval_auth_missing out)
  find_package(OpenSSL 3.0 QUIET)
  serval_auth_lacks(lacks_sodium sodium.h sodium)
  serval_auth_lacks(lacks_crypt crypt.h crypt)
  set(${out} "" PARENT_SCOPE)
  if(NOT OPENSSL_FOUND)
    set(${out} "OpenSSL 3 (Debian: libssl-dev)" PARENT_SCOPE)
  elseif(lacks_sodium)
    set(${out} "libsodium (Debian: libsodium-dev)" PARENT_SCOPE)
  elseif(lacks_crypt)
    set(${out} "libcrypt (Debian: libcrypt-dev)" PARENT_SCOPE)
  endif()
endfunction()

# serval_auth_libraries(<target>): links all of them. An installation names the libraries without their path, so that it
# can be moved.
function(serval_auth_libraries target)
  find_package(OpenSSL 3.0 QUIET)
  target_include_directories(${target} PRIVATE ${SERVAL_SODIUM_INCLUDE} ${SERVAL_CRYPT_INCLUDE})
  target_link_libraries(${target} PRIVATE OpenSSL::Crypto "$<BUILD_INTERFACE:${SERVAL_SODIUM_LIBRARY}>"
    "$<BUILD_INTERFACE:${SERVAL_CRYPT_LIBRARY}>" "$<INSTALL_INTERFACE:sodium>" "$<INSTALL_INTERFACE:crypt>")
  set(serval_pc_libs_auth " -lsodium -lcrypt -lcrypto" PARENT_SCOPE)
endfunction()
