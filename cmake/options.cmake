# SPDX-License-Identifier: Apache-2.0
# Warnings, hardening, sanitizers: `kenes_strict` carries them to every target of ours.
add_library(kenes_strict INTERFACE)
target_compile_definitions(kenes_strict INTERFACE _GNU_SOURCE KENES_VERSION="${PROJECT_VERSION}")
target_compile_options(kenes_strict INTERFACE
	-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual
	-Wformat=2 -Wvla -Wundef -Wwrite-strings
	-fno-strict-aliasing -fstack-protector-strong
	$<$<OR:$<C_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<C_COMPILER_VERSION>,16>>:-ftrivial-auto-var-init=zero>
	-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
	$<$<COMPILE_LANGUAGE:C>:-include${CMAKE_SOURCE_DIR}/src/base/banned.h>)
if(KENES_WERROR)
	target_compile_options(kenes_strict INTERFACE -Werror)
endif()
target_link_options(kenes_strict INTERFACE -pie -Wl,-z,relro,-z,now)

if(KENES_SANITIZE STREQUAL "address")
	add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
elseif(KENES_SANITIZE STREQUAL "thread")
	add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
	add_link_options(-fsanitize=thread)
else()
	# A worker has 100 kB of stack; sanitizers swell frames, so the rule is checked without them.
	target_compile_options(kenes_strict INTERFACE -Wframe-larger-than=4096)
	if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo|MinSizeRel" AND NOT KENES_FUZZ)
		target_compile_options(kenes_strict INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
	endif()
endif()
# Asserts stay on in releases.
string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")
string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_RELWITHDEBINFO "${CMAKE_C_FLAGS_RELWITHDEBINFO}")
if(KENES_COVERAGE)
	add_compile_options(--coverage)
	add_link_options(--coverage)
endif()
if(KENES_FUZZ)
	add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
endif()
