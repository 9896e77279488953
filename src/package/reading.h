/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest while it is read. manifest.c finds and parses it, standard.c tells which SCORM
 * it is, resources.c lists what can be launched, href.c turns what the manifest calls a
 * file into a member of the zip, organization.c makes the tree of activities, sequencing.c
 * joins their rules, doctor.c looks at the files themselves. */
#pragma once

#include "package/findings.h"

struct resource {
	str identifier;
	str base; /* all xml:base from the manifest's to its own, joined */
	str href; /* as it stands, trimmed; STR_NONE when it has none */
	bool sco;
	size_t position; /* in the manifest */
	const struct xml_node *node;
};

struct reading {
	struct archive *archive;
	const struct archive_member *file; /* the manifest */
	struct arena *arena;
	struct findings *findings;
	struct manifest *out;
	const struct xml_node *root, *collection; /* sequencingCollection; NULL */
	struct resource *resource;                /* by identifier, then position */
	size_t n_resources;
};

#define REFUSE(code, ...) FAIL_WHY(ERR_REFUSED, code, __VA_ARGS__)

/* ---- manifest.c ---- */
/* out->base as the manifest's name is now. */
void place_manifest(struct reading *);

/* ---- standard.c ---- */
void read_standard(struct reading *);

/* ---- resources.c ---- */
fallible read_resources(struct reading *);
/* The resource that an item refers to; NULL when there is none. */
const struct resource *resource_named(const struct reading *, str identifier);
/* What a package without contents begins with; NULL when nothing can be launched. */
const struct resource *resource_to_begin(const struct reading *);
/* Notes the files that resources list and the zip lacks. */
void check_listed_files(struct reading *);

/* ---- href.c ---- */
struct launch {
	str href, file; /* as in struct activity */
};
/* Where a resource is launched, with an item's parameters. Notes what had to be guessed. */
struct launch launch_of(struct reading *, const struct resource *, str parameters);
/* Whether a listed file is there, by its exact name or but for its case. */
bool file_is_listed(struct reading *, str base, str href);
/* Chooses the encoding of the zip's names by which most of the manifest's are found. */
void choose_names(struct reading *);
/* Joins folders; an absolute one replaces what stands before it. */
str join_base(struct arena *, str base, str more);

/* ---- titles.c ---- */
/* From the metadata of a manifest, an organization or an item; NULL when they are not given
 * in at least two of our languages. */
const struct titles *titles_read(struct arena *, const struct xml_node *described);

/* ---- organization.c ---- */
fallible read_organization(struct reading *);

/* ---- sequencing.c ---- */
/* The rules of an item or organization, with those it refers to in the collection. NULL. */
const struct xml_node *sequencing_of(struct reading *, const struct xml_node *item,
                                     str shown_as);

/* ---- doctor.c ---- */
/* Looks at the files: heavy ones, and those that phones do not play. */
void look_at_files(const struct archive *, struct findings *);
/* Whether a text file of the package calls the run-time of SCORM 1.2 or of 2004. */
struct calls {
	bool scorm_12, scorm_2004;
};
struct calls find_calls(const struct archive *);
