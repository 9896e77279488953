/* SPDX-License-Identifier: Apache-2.0 */
#include "package/package.h"

const char *package_standard_name(enum package_standard standard)
{
	static const char *const names[] = {
		[PACKAGE_SCORM_12] = "SCORM 1.2",
		[PACKAGE_2004_2ND] = "SCORM 2004 2nd Edition",
		[PACKAGE_2004_3RD] = "SCORM 2004 3rd Edition",
		[PACKAGE_2004_4TH] = "SCORM 2004 4th Edition",
	};
	return names[standard];
}
