/* SPDX-License-Identifier: Apache-2.0 */
/* What a course is: a package (one zip, named by its SHA-256, never changed), the neutral
 * activity tree that its manifest gives, and the shelf of packages that are open for
 * serving. Any thread. */
#pragma once

#include "archive/archive.h"
#include "base/json.h"
#include "base/xml.h"
#include "seal/seal.h"
#include "store/store.h"

enum package_standard {
	PACKAGE_SCORM_12,
	PACKAGE_2004_2ND,
	PACKAGE_2004_3RD,
	PACKAGE_2004_4TH
};
/* "SCORM 1.2", "SCORM 2004 3rd Edition", … */
const char *package_standard_name(enum package_standard);

/* ---- findings: what import saw. One table gives code, severity and sentences in kk, ru
 * and en ---- */
enum finding_level { FINDING_FACT, FINDING_REPAIRED, FINDING_WARNING, FINDING_REFUSED };
struct finding {
	str code;       /* stable: "manifest-one-folder-down" */
	str level;      /* "fact", "repaired", "warning", "refused" */
	str detail;     /* a file's name, a number; STR_NONE when there is none */
	str kk, ru, en; /* the sentence, detail filled in */
};
extern const struct shape finding_shape;
/* The sentence for a code. `language` is "kk", "ru" or "en". */
str finding_sentence(struct arena *, const char *code, const char *language, str detail);

/* ---- the manifest as a neutral tree (CAM book: organizations, items, resources) ---- */
/* A title in the languages that the screens speak; STR_NONE where it is not given. */
struct titles {
	str kk, ru, en;
};
extern const struct shape titles_shape;
/* The one for `language` ("kk", "ru", "en"), or `otherwise`. `titles` may be NULL. */
str titles_in(const struct titles *, str language, str otherwise);

enum activity_kind { ACTIVITY_CLUSTER, ACTIVITY_SCO, ACTIVITY_ASSET };

struct activity {
	str id;    /* item identifier; the organization's own for the root */
	str title; /* never empty: the id where the manifest gives none */
	const struct titles *titles;   /* of its metadata; NULL */
	int parent;                    /* index in manifest.activity; -1 for the root */
	int first_child, next_sibling; /* -1 for none */
	bool visible;                  /* isvisible */
	enum activity_kind kind;
	str href; /* launch address inside the package: percent-encoded, xml:base applied,
	             parameters appended as CAM 3.4.1 says; an absolute http(s) address
	             where the resource is outside; STR_NONE for a cluster */
	str file; /* the member's name in the archive; STR_NONE when outside or absent */
	/* adlcp elements as they stand; STR_NONE where absent */
	str launch_data;   /* datafromlms / dataFromLMS */
	str prerequisites; /* SCORM 1.2, AICC script */
	str mastery_score; /* SCORM 1.2 masteryscore; minNormalizedMeasure of the primary
	                      objective in 2004 */
	str max_time_allowed, time_limit_action;
	str completion_threshold;
	const struct xml_node *item;       /* everything else, for the sequencing engine */
	const struct xml_node *sequencing; /* imsss:sequencing with idref resolved against
	                                      the collection; NULL */
};

struct manifest {
	enum package_standard standard;
	str identifier, title, version, language; /* "" where the manifest gives none */
	str base; /* the folder that the manifest lies in: "" or "course/" */
	const struct activity
		*activity; /* preorder; [0] is the root: the default organization */
	size_t n;
	const struct xml_node *root; /* the whole document */
	const struct finding *finding;
	size_t n_findings;
};

struct manifest_limits {
	size_t activities; /* 2,000 */
	int depth;         /* 32 */
};
/* Reads the manifest of an open zip: SCORM 1.2 and 2004, tolerantly (A6): one folder down,
 * BOM, encodings,
 * `\`, wrong case, missing namespaces or schemaversion, dangling default organization,
 * %-encoded names, listed but absent files, two manifests. Everything lives in `arena`. May
 * call archive_rename. ERR_REFUSED with a reason word that is a finding's code. */
fallible manifest_read(struct archive *, struct arena *, struct manifest *out);
/* The same of a manifest without its package: the text of an imsmanifest.xml, every file of
 * which is absent. `text` must outlive `out`. */
fallible manifest_read_text(str text, struct arena *, struct manifest *out);

/* ---- the shelf: packages open for serving ---- */
struct shelf;
struct package {
	char sha256[65]; /* hex, NUL */
	char token[33];  /* hex, NUL: the unguessable name of its files on the content port:
	                    /c/TOKEN/path */
	struct archive *archive;
	struct manifest manifest;
};
/* `folder` holds packages/ and incoming/ (made here; incoming/ is emptied of what no
 * process is working on: it was never acknowledged). Tokens are MACs of the hash under
 * `key`. */
fallible shelf_open(const char *folder, struct store *, const uint8_t key[SEAL_KEY],
                    struct shelf **out);
void shelf_close(struct shelf *);
/* Opens (once) and returns a package; it stays valid until shelf_close. ERR_NOT_FOUND. */
fallible shelf_get(struct shelf *, str sha256, const struct package **out);
/* The package whose files carry this token: no lock, no query, no allocation once it was
 * opened. NULL when unknown. */
const struct package *shelf_by_token(struct shelf *, str token);

/* ---- import ---- */
struct import_report {
	str package; /* SHA-256 */
	str course;  /* crs_… */
	str title, standard;
	int64_t activities, scos; /* that can be launched; those of them that are SCOs */
	int64_t files, bytes;
	bool already;      /* the very same package was here */
	bool new_revision; /* of a course that was here */
	struct json_list findings;
};
extern const struct shape import_report_shape;

/* An upload under way: bytes go to incoming/, hashed as they come. */
struct incoming;
fallible incoming_open(struct shelf *, struct incoming **out);
fallible incoming_add(struct incoming *, const void *bytes,
                      size_t n);          /* ERR_FULL, ERR_TOO_LARGE (> 2 GiB) */
void incoming_abandon(struct incoming *); /* takes NULL */
/* Checks every member, reads the manifest, names the file by its hash, and activates it:
 * file first, then one transaction. A crash at any point leaves the old state or the new
 * one. Always frees `incoming`. A refusal is ERR_REFUSED; `*out` is filled then too
 * (findings say why). `name` is the file's name, for the title of last resort. */
fallible incoming_import(struct incoming *, str name, struct arena *,
                         struct import_report *out);
/* The same for a file that lies on this machine (copied, never moved). */
fallible package_import_file(struct shelf *, const char *path, struct arena *,
                             struct import_report *out);
/* The same for what nobody here asked for: a course that the trainer took off the lists
 * stays off. `name` is for the title of last resort. */
fallible package_import_sent(struct shelf *, const char *path, str name, struct arena *,
                             struct import_report *out);
/* And for bytes in memory (starter courses). */
fallible package_import_bytes(struct shelf *, str bytes, str name, struct arena *,
                              struct import_report *out);

/* What an import would find, without one: `out->package` and `out->course` stay empty. A
 * refusal is ERR_REFUSED, with its finding in `*out`. */
fallible package_check_file(const char *path, struct arena *, struct import_report *out);

/* ---- courses: what stays the same while packages are revised ---- */
struct course {
	str id; /* crs_… */
	str title;
	const struct titles *titles; /* NULL: only the one */
	str package;                 /* SHA-256 of the revision that new attempts get */
	str standard;
	int64_t revision, activities, bytes, imported_at;
	bool hidden; /* taken off the list; attempts under way go on */
};
extern const struct shape course_shape;
fallible course_all(struct db *, struct arena *,
                    struct json_list *out); /* not hidden, by title, ≤ 500 */
fallible course_get(struct db *, struct arena *, str id, struct course *out);
fallible course_hide(struct tx *, str id);
