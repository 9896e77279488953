# SPDX-License-Identifier: Apache-2.0
# ./dev package: a .deb (its libraries are Debian's) and a .tar.gz of the release build.
include(GNUInstallDirs)
install(FILES packaging/systemd/kenes.service DESTINATION lib/systemd/system)
install(FILES packaging/kenes.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md LICENSE docs/cli.md docs/config.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_PACKAGE_NAME kenes)
set(CPACK_PACKAGE_VENDOR "Kenes")
set(CPACK_PACKAGE_CONTACT "Kenes maintainers <maintainers@kenes.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Offline training server for members of public councils")
set(CPACK_PACKAGE_DESCRIPTION "People join with their phones over the local Wi-Fi; SCORM courses are served\nstraight out of their zips; every answer is kept. Kazakh, Russian, English.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_FILE_NAME "kenes-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR}")
include(CPack)
