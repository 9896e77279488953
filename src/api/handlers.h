/* SPDX-License-Identifier: Apache-2.0 */
/* The handlers that the route table names, by the file they live in. */
#pragma once

#include "http/http.h"

/* api_site.c */
handler site_routes, site_health, site_hello, site_setup, site_sign_in, site_sign_out,
	site_room;
/* api_join.c */
handler join_info, join_add, claim_look, claim_yes, claim_no;
/* api_my.c */
handler my_language, my_courses, my_launch;
/* api_courses.c */
handler course_list, course_drop, course_centre, package_add;
/* api_events.c */
handler event_list, event_new, event_show, event_end, event_again, event_choose,
	event_poster, event_grid, event_csv, event_xlsx, event_expected;
/* api_people.c */
handler person_show, person_presence, person_rename, attempt_trace;
/* api_news.c */
handler news_list, news_put_away;
/* api_iin.c */
handler person_iin;
/* api_certificates.c */
handler certificate_list, certificate_new, certificate_print, certificate_page,
	certificate_picture, certificate_badge_file, certificate_rename, certificate_end_it,
	my_certificates;
/* api_verify.c */
handler template_show, template_change, template_drop, template_try, verify_centre,
	logo_change, logo_drop, verify_ask, verify_lists, verify_revocations, verify_file;
/* api_player.c */
handler page_player, page_keeper, player_launch, player_tree, player_open, player_commit;
/* api_sync.c */
handler sync_show, sync_start, sync_enrolment, sync_bundle, sync_receipt, sync_take,
	sync_drop;
/* Reads the body as a file that was carried back. */
fallible sync_take_receipt(struct request *);
/* api_carry.c */
handler carry_pass, carry_show, carry_bundle, carry_receipt;
