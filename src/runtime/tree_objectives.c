/* SPDX-License-Identifier: Apache-2.0 */
/* Objectives and their maps to global ones (SN 3.10). They stand in two places: IMS says
 * what status and measure do, adlseq:objectives adds scores, completion and progress
 * (CAM 5.1.14). Both have an element `objectives`; the engine gets one objective, and one
 * map for each pair of objective and target.
 *
 * Where only one of the two speaks of a target, the other's half has the defaults of the
 * book (read, not write), unless the other has a map of its own elsewhere: an objective
 * reads a value from one place only. */
#include "runtime/values.h"

static const struct flag ims_flags[] = {
	FLAG(struct scorm_objective_map, read_satisfied, "readSatisfiedStatus"),
	FLAG(struct scorm_objective_map, read_measure, "readNormalizedMeasure"),
	FLAG(struct scorm_objective_map, write_satisfied, "writeSatisfiedStatus"),
	FLAG(struct scorm_objective_map, write_measure, "writeNormalizedMeasure"),
};
static const struct flag adl_flags[] = {
	FLAG(struct scorm_objective_map, read_raw, "readRawScore"),
	FLAG(struct scorm_objective_map, read_min, "readMinScore"),
	FLAG(struct scorm_objective_map, read_max, "readMaxScore"),
	FLAG(struct scorm_objective_map, read_completion, "readCompletionStatus"),
	FLAG(struct scorm_objective_map, read_progress, "readProgressMeasure"),
	FLAG(struct scorm_objective_map, write_raw, "writeRawScore"),
	FLAG(struct scorm_objective_map, write_min, "writeMinScore"),
	FLAG(struct scorm_objective_map, write_max, "writeMaxScore"),
	FLAG(struct scorm_objective_map, write_completion, "writeCompletionStatus"),
	FLAG(struct scorm_objective_map, write_progress, "writeProgressMeasure"),
};

static bool is_primary(const struct xml_node *x)
{
	return str_is_nocase(x->name, S("primaryObjective"));
}

static bool is_objective(const struct xml_node *x)
{
	return is_primary(x) || str_is_nocase(x->name, S("objective"));
}

static bool is_adl(const struct xml_node *objectives)
{
	str ns = objectives->ns, wanted = S("adlseq");
	for (size_t i = 0; i + wanted.n <= ns.n; i++)
		if (str_is_nocase(str_part(ns, i, i + wanted.n), wanted)) return true;
	return false;
}

/* The first `objectives` of the one kind or of the other. */
static const struct xml_node *objectives_of(const struct xml_node *sequencing, bool adl)
{
	const struct xml_node *x = xml_child(sequencing, "objectives");
	while (x && is_adl(x) != adl) x = xml_named(x->next, "objectives");
	return x;
}

static str id_of(const struct xml_node *objective)
{
	return str_trim(xml_attr(objective, "objectiveID"));
}

/* What adlseq:objectives says of the same objective; NULL. */
static const struct xml_node *more_of(const struct xml_node *adl, str id)
{
	const struct xml_node *x = adl ? adl->first : NULL;
	while (x && !(is_objective(x) && id.n && str_is(id_of(x), id))) x = x->next;
	return x;
}

/* ---- maps ---- */
static uint32_t count_maps(const struct xml_node *objective)
{
	uint32_t n = 0;
	const struct xml_node *x = xml_child(objective, "mapInfo");
	for (; x; x = xml_named(x->next, "mapInfo")) n++;
	return n;
}

static struct scorm_objective_map *map_to(struct scorm_objective *o,
                                          struct scorm_objective_map *all, str target,
                                          struct scorm_memory *m)
{
	for (uint32_t i = 0; i < o->n; i++)
		if (str_is(all[i].global, target)) return &all[i];
	all[o->n] = (struct scorm_objective_map){ .global = scorm_keep(m, target) };
	return &all[o->n++];
}

static void read_ims(struct scorm_objective_map *map, const struct xml_node *info)
{
	map->read_satisfied = map->read_measure = true;
	read_flags(info, ims_flags, countof(ims_flags), map);
}

static void read_adl(struct scorm_objective_map *map, const struct xml_node *info)
{
	map->read_raw = map->read_min = map->read_max = true;
	map->read_completion = map->read_progress = true;
	read_flags(info, adl_flags, countof(adl_flags), map);
}

static void read_maps(const struct xml_node *ims, const struct xml_node *adl,
                      struct scorm_memory *m, struct scorm_objective *out)
{
	uint32_t n_ims = count_maps(ims), n_adl = count_maps(adl);
	if (!n_ims && !n_adl) return;
	struct scorm_objective_map *all =
		scorm_array(m, struct scorm_objective_map, n_ims + n_adl);
	if (!all) return;
	out->map = all;
	const struct xml_node *x = xml_child(ims, "mapInfo");
	for (; x; x = xml_named(x->next, "mapInfo")) {
		str target = str_trim(xml_attr(x, "targetObjectiveID"));
		if (!target.n) continue;
		struct scorm_objective_map *map = map_to(out, all, target, m);
		read_ims(map, x);
		/* Careless tools write all attributes in one place. */
		if (!n_adl) read_adl(map, x);
	}
	x = xml_child(adl, "mapInfo");
	for (; x; x = xml_named(x->next, "mapInfo")) {
		str target = str_trim(xml_attr(x, "targetObjectiveID"));
		if (!target.n) continue;
		struct scorm_objective_map *map = map_to(out, all, target, m);
		read_adl(map, x);
		if (!n_ims) read_ims(map, x);
	}
}

/* ---- objectives ---- */
static void read_objective(const struct xml_node *ims, const struct xml_node *adl,
                           struct scorm_memory *m, struct scorm_objective *out)
{
	str id = id_of(ims);
	*out = (struct scorm_objective){
		.id = id.n ? scorm_keep(m, id) : STR_NONE,
		.primary = is_primary(ims),
		.satisfied_by_measure =
			value_flag(xml_attr(ims, "satisfiedByMeasure"), false),
		.minimum_measure = value_number(xml_child_text(ims, "minNormalizedMeasure"),
		                                -1, 1, 1.0),
	};
	read_maps(ims, more_of(adl, id), m, out);
}

void read_objectives(const struct xml_node *sequencing, struct scorm_memory *m,
                     struct scorm_activity *out)
{
	const struct xml_node *ims = objectives_of(sequencing, false);
	const struct xml_node *adl = objectives_of(sequencing, true);
	size_t most = 1;
	const struct xml_node *first = ims ? ims->first : NULL;
	for (const struct xml_node *x = first; x; x = x->next) most += is_objective(x);
	struct scorm_objective *all = scorm_array(m, struct scorm_objective, most);
	if (!all) return;
	all[0] = (struct scorm_objective){ .primary = true, .minimum_measure = 1.0 };
	out->objective = all;
	out->n_objectives = 1;
	bool primary = false;
	for (const struct xml_node *x = first; x; x = x->next) {
		if (!is_objective(x)) continue;
		if (is_primary(x) && !primary) {
			read_objective(x, adl, m, &all[0]);
			primary = true;
			continue;
		}
		struct scorm_objective *o = &all[out->n_objectives++];
		read_objective(x, adl, m, o);
		o->primary = false;
	}
}
