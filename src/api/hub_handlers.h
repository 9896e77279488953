/* SPDX-License-Identifier: Apache-2.0 */
/* The handlers that the hub's route table names, by the file they live in. */
#pragma once

#include "http/http.h"

/* hub_roads.c */
handler hub_health, hub_metrics, hub_exchange, hub_bundle, hub_receipt;
/* hub_doors.c */
handler hub_about, hub_hello, hub_start, hub_start_confirm, hub_sign_in, hub_sign_out,
	hub_coordinators, hub_coordinator_new, hub_coordinator_code, hub_coordinator_end,
	hub_coordinator_iin, hub_invite_new;
/* hub_desk.c */
handler hub_overview, hub_areas, hub_councils, hub_sites, hub_site_show, hub_site_cut,
	hub_invites, hub_invite_end, hub_attention, hub_attention_settle, hub_audit_list,
	hub_language;
/* hub_people.c */
handler hub_people, hub_person_show, hub_duplicates, hub_person_join, hub_person_part,
	hub_person_wipe, hub_person_all, hub_person_iin;
/* hub_certificates.c */
handler hub_certificates, hub_certificate_show, hub_certificate_check,
	hub_certificate_correct, hub_certificate_end;
/* hub_keep.c */
handler hub_retention_show, hub_retention_change;
/* hub_members.c */
handler hub_members_look, hub_members_apply;
/* hub_down.c */
handler hub_publications, hub_publication_drop, hub_course_new, hub_news_new,
	hub_roster_new, hub_site_items, hub_revocations_file, hub_trust_file;
/* hub_templates.c */
handler hub_template_new, hub_template_show, hub_template_logo, hub_template_try;
/* hub_files.c */
handler hub_files, hub_file_new, hub_file_yes, hub_file_no;
