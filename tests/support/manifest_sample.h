/* SPDX-License-Identifier: Apache-2.0 */
/* Manifests in pieces, and a package made of one. */
#pragma once

#include "support/test.h"
#include "support/zip_maker.h"

#include "package/package.h"

#define HEAD_12                                                    \
	"<manifest identifier='M' version='1'"                     \
	" xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2'"  \
	" xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_rootv1p2'>" \
	"<metadata><schema>ADL SCORM</schema>"                     \
	"<schemaversion>1.2</schemaversion></metadata>"
#define HEAD_2004(version)                                                         \
	"<manifest identifier='M' xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'" \
	" xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_v1p3'"                      \
	" xmlns:imsss='http://www.imsglobal.org/xsd/imsss'>"                       \
	"<metadata><schema>ADL SCORM</schema>"                                     \
	"<schemaversion>" version "</schemaversion></metadata>"
#define ORGANIZATION(items)                                        \
	"<organizations default='O'><organization identifier='O'>" \
	"<title>Course</title>" items "</organization></organizations>"
#define RESOURCES(list) "<resources>" list "</resources></manifest>"
#define SCO(id, href)               \
	"<resource identifier='" id \
	"' type='webcontent' adlcp:scormtype='sco' href='" href "'/>"
#define ONE_ITEM \
	ORGANIZATION("<item identifier='I' identifierref='R'><title>Part</title></item>")
#define SIMPLE(href) HEAD_12 ONE_ITEM RESOURCES(SCO("R", href))

/* A package under test: its zip, what was read, and what was found. */
struct sample {
	struct zip_maker zip;
	struct archive *archive;
	struct arena *arena;
	struct manifest manifest;
	enum err err;
};

static inline void sample_begin(struct sample *s)
{
	*s = (struct sample){ 0 };
	zip_begin(&s->zip);
}

static inline void sample_read(struct sample *s)
{
	str bytes = zip_done(&s->zip, (struct zip_end){ 0 });
	assert_ok(archive_open_bytes(bytes.p, bytes.n, NULL, &s->archive));
	s->arena = arena_open(64 << 20);
	s->err = manifest_read(s->archive, s->arena, &s->manifest);
}

static inline void sample_end(struct sample *s)
{
	arena_close(s->arena);
	archive_close(s->archive);
	zip_free(&s->zip);
}

/* A zip with this manifest and these files (empty ones). */
static inline void sample_of(struct sample *s, const char *manifest,
                             const char *const *files)
{
	sample_begin(s);
	zip_text(&s->zip, "imsmanifest.xml", manifest);
	for (; files && *files; files++) zip_text(&s->zip, *files, "");
	sample_read(s);
}

static inline const struct finding *finding(const struct sample *s, const char *code)
{
	for (size_t i = 0; i < s->manifest.n_findings; i++)
		if (str_is(s->manifest.finding[i].code, str_of(code)))
			return &s->manifest.finding[i];
	return NULL;
}
