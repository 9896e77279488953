// SPDX-License-Identifier: Apache-2.0
// What the API takes and gives. Made by `kenes routes --ts`; do not edit.

export interface ApiInfo {
	version: string;
	routes: RouteInfo[];
	shapes: ShapeInfo[];
}

export interface RouteInfo {
	method: string;
	path: string;
	origin: string;
	who: string;
	pace: string;
	takes?: string;
	gives?: string;
	gives_list: boolean;
	doc: string;
}

export interface ShapeInfo {
	name: string;
	fields: FieldInfo[];
}

export interface FieldInfo {
	name: string;
	kind: string;
	required: boolean;
	least: number;
	most: number;
	of?: string;
}

export interface Health {
	ok: boolean;
}

export interface Hello {
	site: string;
	ready: boolean;
	local: boolean;
	version: string;
	content_port: number;
	languages: string[];
	word?: string;
	me?: Person;
	event?: HelloEvent;
}

export interface Person {
	id: string;
	surname: string;
	given: string;
	patronymic?: string;
	council?: string;
	council_name?: string;
	language: string;
	trainer: boolean;
}

export interface HelloEvent {
	id: string;
	title: string;
	open: boolean;
}

export interface SetupNew {
	site: string;
	name: string;
	password: string;
	language: string;
}

export interface Welcome {
	word: string;
	me: Person;
}

export interface SignInNew {
	login: string;
	password: string;
}

export interface Room {
	addresses: RoomAddress[];
	disk_free_bytes: number;
	connections: number;
	busy_threads: number;
	requests: number;
	version: string;
}

export interface RoomAddress {
	address: string;
	interface: string;
	kind: string;
	likely: boolean;
	qr: string;
}

export interface JoinInfo {
	event: string;
	title: string;
	place: string;
	councils: Council[];
}

export interface Council {
	id: string;
	name: string;
}

export interface JoinNew {
	council?: string;
	council_name?: string;
	surname: string;
	given: string;
	patronymic?: string;
	language: string;
}

export interface Joined {
	word?: string;
	me?: Person;
	event?: string;
	claim?: string;
	claim_code?: string;
}

export interface ClaimState {
	state: string;
	word?: string;
	me?: Person;
}

export interface LanguageNew {
	language: string;
}

export interface MyCourse {
	id: string;
	title: string;
	titles?: Titles;
	standard: string;
	activities: number;
	bytes: number;
	attempt?: string;
	state: string;
	progress?: number;
	score?: number;
	total_time_ms?: number;
	changed_at?: number;
}

export interface Titles {
	kk?: string;
	ru?: string;
	en?: string;
}

export interface Launched {
	address: string;
	cap: string;
	attempt: string;
}

export interface Commit {
	seq: number;
	launch: string;
	journal: Step[];
	attempt_completion?: string;
	attempt_success?: string;
	attempt_score?: number;
	attempt_progress?: number;
	digest?: string;
	activity?: string;
	completion?: string;
	success?: string;
	score?: number;
	location?: string;
	kept?: number;
	made_at?: number;
	elapsed_ms?: number;
}

export interface Step {
	at: number;
	call: string;
	a?: string;
	b?: string;
	error?: number;
}

export interface CommitReply {
	verdict: string;
	seq: number;
}

export interface Course {
	id: string;
	title: string;
	titles?: Titles;
	package: string;
	standard: string;
	revision: number;
	activities: number;
	bytes: number;
	imported_at: number;
	hidden: boolean;
}

export interface ImportReport {
	error?: string;
	reason?: string;
	package?: string;
	course?: string;
	title?: string;
	standard?: string;
	activities: number;
	scos: number;
	files: number;
	bytes: number;
	already: boolean;
	new_revision: boolean;
	findings: Finding[];
}

export interface Finding {
	code: string;
	level: string;
	detail?: string;
	kk: string;
	ru: string;
	en: string;
}

export interface Event {
	id: string;
	title: string;
	place: string;
	held_on: string;
	code: string;
	open: boolean;
	all_courses: boolean;
	made_at: number;
	joined: number;
}

export interface EventNew {
	title: string;
	place?: string;
	held_on?: string;
	all_courses?: boolean;
	courses?: string[];
}

export interface EventDetail {
	event: Event;
	courses: Course[];
}

export interface EventCoursesNew {
	all_courses: boolean;
	courses?: string[];
}

export interface Poster {
	code: string;
	title: string;
	addresses: RoomAddress[];
}

export interface Grid {
	courses: Course[];
	rows: GridRow[];
	claims: Claim[];
	completed: number;
	started: number;
	joined: number;
}

export interface GridRow {
	person: string;
	surname: string;
	given: string;
	patronymic?: string;
	council_name?: string;
	present: boolean;
	joined_at: number;
	seen_at: number;
	cells: GridCell[];
}

export interface GridCell {
	course: string;
	attempt?: string;
	activity_title?: string;
	state: string;
	progress?: number;
	score?: number;
	unsaved: number;
	changed_at?: number;
}

export interface Claim {
	id: string;
	person: string;
	person_name: string;
	council_name?: string;
	code: string;
	state: string;
	made_at: number;
}

export interface PersonDetail {
	person: Person;
	present: boolean;
	joined_at: number;
	seen_at: number;
	attempts: PersonAttempt[];
}

export interface PersonAttempt {
	attempt: Attempt;
	course_title: string;
	course_titles?: Titles;
	activities: PersonActivity[];
	commits: CommitRow[];
}

export interface Attempt {
	id: string;
	person: string;
	course: string;
	package: string;
	event?: string;
	number: number;
	state: string;
	completion: string;
	success: string;
	score?: number;
	progress?: number;
	total_time_ms: number;
	seq: number;
	launch: string;
	activity?: string;
	suspended: boolean;
	kept: number;
	disputed: number;
	started_at: number;
	changed_at: number;
}

export interface PersonActivity {
	id: string;
	title: string;
	titles?: Titles;
	kind: string;
	completion: string;
	success: string;
	score?: number;
	location?: string;
	total_time_ms: number;
	visits: number;
}

export interface CommitRow {
	seq: number;
	made_at: number;
	saved_at: number;
	launch: string;
	activity?: string;
	completion: string;
	success: string;
	location?: string;
	score?: number;
	applied: boolean;
	trace?: unknown;
}

export interface PresenceNew {
	present: boolean;
}

export interface Launch {
	attempt: Attempt;
	learner: LaunchLearner;
	course_title: string;
	course_titles?: Titles;
	main: string;
	base: string;
	tree: string;
	standard: string;
	seed: number;
	seq: number;
	activities: LaunchActivity[];
}

export interface LaunchLearner {
	id: string;
	name: string;
	language: string;
}

export interface LaunchActivity {
	id: string;
	title: string;
	titles?: Titles;
	parent: number;
	kind: string;
	href?: string;
}

export interface LaunchNew {
	launch: string;
}

export interface Opened {
	seq: number;
	now: number;
	snapshot?: string;
}

export interface Routes {
	/** This description: every route and every shape. */
	'GET /api': { takes: undefined; gives: ApiInfo };
	/** 200 only while what is written reaches the disk; else 503. */
	'GET /healthz': { takes: undefined; gives: Health };
	/** What this site is and who is asking: the first thing that a page asks. */
	'GET /api/hello': { takes: undefined; gives: Hello };
	/** The first start: names the site and makes its trainer, whose login is the name. 409 once there is one. */
	'POST /api/setup': { takes: SetupNew; gives: Welcome };
	/** Signs a trainer in, on the laptop only (else 403 only-on-laptop). 401 wrong-password. */
	'POST /api/sign-in': { takes: SignInNew; gives: Welcome };
	/** Ends this browser's session. */
	'POST /api/sign-out': { takes: undefined; gives: undefined };
	/** How this machine is reached in the room, its free disk and its load. */
	'GET /api/room': { takes: undefined; gives: Room };
	/** The event behind a code. 404 wrong-code. */
	'GET /api/join/{code}': { takes: undefined; gives: JoinInfo };
	/** Joins: 201 with a session; 202 with a claim when somebody of that name and council is in already. */
	'POST /api/join/{code}': { takes: JoinNew; gives: Joined };
	/** Whether the trainer confirmed: then this browser is signed in. */
	'GET /api/join-claims/{id}': { takes: undefined; gives: ClaimState };
	/** The language that this person is spoken to: kk, ru or en. */
	'POST /api/my/language': { takes: LanguageNew; gives: undefined };
	/** The courses of the learner's event and how far they are; a trainer sees all. */
	'GET /api/my/courses': { takes: undefined; gives: MyCourse[] };
	/** Opens the newest attempt, or the first, and gives the player's address. 403 event-closed. */
	'POST /api/my/courses/{id}/launch': { takes: undefined; gives: Launched };
	/** A commit that the phone kept, sent again by the app's page. */
	'POST /api/replay/{cap}/commits': { takes: Commit; gives: CommitReply };
	/** Every course that is not hidden, by title. */
	'GET /api/courses': { takes: undefined; gives: Course[] };
	/** Takes a course off the lists; attempts under way go on. */
	'DELETE /api/courses/{id}': { takes: undefined; gives: undefined };
	/** Imports a package: the body is the zip, ?name= its file name. 422 with the findings when it is refused. */
	'PUT /api/packages': { takes: Blob; gives: ImportReport };
	/** Every event, newest first. */
	'GET /api/events': { takes: undefined; gives: Event[] };
	/** A new training day, with its join code. */
	'POST /api/events': { takes: EventNew; gives: Event };
	/** One event and its courses. */
	'GET /api/events/{id}': { takes: undefined; gives: EventDetail };
	/** Ends the day: nobody joins or launches any more. */
	'POST /api/events/{id}/close': { takes: undefined; gives: undefined };
	/** Opens a closed event again. */
	'POST /api/events/{id}/reopen': { takes: undefined; gives: undefined };
	/** Which courses the event shows. */
	'POST /api/events/{id}/courses': { takes: EventCoursesNew; gives: undefined };
	/** What goes on the wall: the code, and an address with its QR for each network of this machine. */
	'GET /api/events/{id}/poster': { takes: undefined; gives: Poster };
	/** The live picture of the room. ETag and 304: made to be polled. */
	'GET /api/events/{id}/grid': { takes: undefined; gives: Grid };
	/** The results as a table for spreadsheets, in ?language=. */
	'GET /api/events/{id}/results.csv': { takes: undefined; gives: undefined };
	/** One learner: every attempt, activity by activity, and what the phone sent. */
	'GET /api/events/{id}/people/{person}': { takes: undefined; gives: PersonDetail };
	/** The trainer's correction: here or not. */
	'POST /api/events/{id}/people/{person}/presence': { takes: PresenceNew; gives: undefined };
	/** It is the same person: the second phone is let in. */
	'POST /api/claims/{id}/confirm': { takes: undefined; gives: undefined };
	/** It is somebody else: the second phone stays out. */
	'POST /api/claims/{id}/refuse': { takes: undefined; gives: undefined };
	/** The frame that keeps a phone's unsent commits where no course can read them. */
	'GET /keeper.html': { takes: undefined; gives: undefined };
	/** The player's page. ?choose=ACTIVITY begins there; ?lang=kk sets its language. It says itself when the capability is none. */
	'GET /p/{cap}/': { takes: undefined; gives: undefined };
	/** All that the player needs to begin or to go on. */
	'GET /p/{cap}/launch': { takes: undefined; gives: Launch };
	/** A course's activity tree as bytes (docs/scorm.md), by the names that a launch gave. Kept for ever. */
	'GET /t/{token}/{hash}': { takes: undefined; gives: undefined };
	/** Makes this launch the one that may commit; older ones are fenced. */
	'POST /p/{cap}/open': { takes: LaunchNew; gives: Opened };
	/** One commit, durable when this answers. sendBeacon's text/plain is taken. */
	'POST /p/{cap}/commits': { takes: Commit; gives: CommitReply };
}
