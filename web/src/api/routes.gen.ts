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
	phones: number;
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

export interface News {
	id: string;
	kk: string;
	ru: string;
	en?: string;
	until?: string;
	got_at: number;
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
	opens?: boolean;
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

export interface CentreCourse {
	package: string;
	state: string;
	from?: string;
	until?: string;
	here: boolean;
	bytes: number;
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

export interface Expected {
	all: number;
	came: number;
	rows: ExpectedRow[];
	near: ExpectedNear[];
}

export interface ExpectedRow {
	surname: string;
	given: string;
	patronymic?: string;
	council: string;
	person?: string;
	present: boolean;
}

export interface ExpectedNear {
	person: string;
	typed: string;
	council: string;
	surname: string;
	given: string;
	patronymic?: string;
}

export interface PersonDetail {
	person: Person;
	present: boolean;
	joined_at: number;
	seen_at: number;
	attempts: PersonAttempt[];
	enrolled: boolean;
	iin_at?: number;
}

export interface PersonAttempt {
	attempt: Attempt;
	course_title: string;
	course_titles?: Titles;
	activities: PersonActivity[];
	commits: CommitRow[];
	disputes: Dispute[];
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
	why?: string;
	have?: number;
	need?: number;
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

export interface Dispute {
	seq: number;
	saved_at: number;
	why: string;
	completion?: string;
	success?: string;
	score?: number;
	progress?: number;
	server_completion?: string;
	server_success?: string;
	server_score?: number;
	server_progress?: number;
}

export interface PresenceNew {
	present: boolean;
}

export interface NameNew {
	surname: string;
	given: string;
	patronymic?: string;
}

export interface IinNew {
	iin: string;
	agreed: boolean;
}

export interface AttemptFile {
	attempt: string;
	course_title: string;
	standard: string;
	package: string;
	completion: string;
	success: string;
	score?: number;
	progress?: number;
	seq: number;
	digest?: string;
	snapshot?: string;
	activities: InsightRow[];
	disputes: Dispute[];
	commits: CommitRow[];
}

export interface InsightRow {
	activity: string;
	title: string;
	completion: string;
	success: string;
	score?: number;
	progress?: number;
	why: string;
	have?: number;
	need?: number;
}

export interface CertificateRoom {
	candidates: CertificateCandidates;
	certificates: CertificateCard[];
}

export interface CertificateCandidates {
	today: string;
	held_on: string;
	clock: string;
	hours: number;
	ready: number;
	issued: number;
	refused: number;
	rows: CertificateCandidate[];
}

export interface CertificateCandidate {
	person: string;
	surname: string;
	given: string;
	patronymic?: string;
	council_name?: string;
	course?: string;
	course_title?: string;
	attempt?: string;
	state: string;
	reason?: string;
	kk?: string;
	ru?: string;
	en?: string;
	serial?: string;
	score_percent?: number;
}

export interface CertificateCard {
	serial: string;
	person: string;
	event: string;
	state: string;
	surname: string;
	given: string;
	patronymic?: string;
	council_name?: string;
	course_title: string;
	held_on: string;
	valid_until?: string;
	supersedes?: string;
	registered_at?: number;
}

export interface CertificatesNew {
	held_on: string;
	person?: string;
	course?: string;
	hours?: number;
}

export interface CertificatesMade {
	made: CertificateCard[];
	issued: number;
	refused: number;
}

export interface RevokeNew {
	reason: string;
}

export interface CertificateTemplate {
	title: string;
	intro_kk: string;
	intro_ru: string;
	done_kk: string;
	done_ru: string;
	signatories?: Signatory[];
	hours: number;
	valid_months: number;
	logo?: boolean;
	centre?: string;
}

export interface Signatory {
	name: string;
	role?: string;
}

export interface VerifyNew {
	text: string;
}

export interface CertificateVerdict {
	status: string;
	reason?: string;
	facts?: CertificateFacts;
	hub?: string;
	scope?: string;
	site_from?: string;
	site_until?: string;
	superseded_by?: string;
	ended_on?: string;
	overdue: boolean;
	revocations_dated?: string;
}

export interface CertificateFacts {
	serial: string;
	issuer: string;
	issuer_key: string;
	surname: string;
	given: string;
	patronymic?: string;
	council?: string;
	course: string;
	revision: number;
	score_percent?: number;
	hours?: number;
	event?: string;
	place?: string;
	held_on: string;
	valid_until?: string;
	supersedes?: string;
}

export interface VerifyKnown {
	site: string;
	trust: string;
	revocations: string[];
}

export interface SyncState {
	enrolled: boolean;
	hub?: string;
	scope?: string;
	records: number;
	unsent: number;
	refused: number;
	told_at?: number;
	tried_at?: number;
	reached_at?: number;
	trouble?: string;
	running: boolean;
	staged: Staged[];
}

export interface Staged {
	id: string;
	staged_at: number;
	what: Carried;
}

export interface Carried {
	news: number;
	courses: number;
	others: number;
	course_bytes: number;
	left_out: number;
}

export interface EnrolNew {
	hub: string;
	code?: string;
	contact?: string;
}

export interface CarryPass {
	addresses: RoomAddress[];
	until: number;
}

export interface CarryState {
	site: string;
	hub: string;
	records: number;
	unsent: number;
	told_at?: number;
}

export interface Launch {
	attempt: Attempt;
	learner: LaunchLearner;
	course_title: string;
	course_titles?: Titles;
	main: string;
	base: string;
	tree: string;
	tree_bytes?: string;
	standard: string;
	seed: number;
	seq: number;
	activities: LaunchActivity[];
	opened?: Opened;
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

export interface Opened {
	seq: number;
	now: number;
	snapshot?: string;
}

export interface LaunchNew {
	launch: string;
}

export interface HubImport {
	id: string;
	site: string;
	site_name: string;
	records: number;
	fresh: number;
	staged_at: number;
	settled?: string;
}

export interface HubHello {
	ready: boolean;
	version: string;
	me?: Coordinator;
}

export interface Coordinator {
	id: string;
	name: string;
	login: string;
	role: string;
	scope: string;
	language: string;
	started: boolean;
	opens_iin: boolean;
	made_at: number;
	seen_at?: number;
}

export interface HubStart {
	login: string;
	code: string;
}

export interface HubStarted {
	name: string;
	key: string;
	qr: string;
}

export interface HubStartConfirm {
	login: string;
	code: string;
	password: string;
	key: string;
	digits: string;
}

export interface HubBegun {
	me: Coordinator;
	recovery: string[];
}

export interface HubSignIn {
	login: string;
	password: string;
	digits: string;
}

export interface CoordinatorNew {
	name: string;
	login: string;
	role: string;
	scope: string;
	language: string;
}

export interface HubCode {
	code: string;
	qr: string;
	expires_at: number;
}

export interface HubMay {
	may: boolean;
}

export interface ReportOverview {
	area: ReportArea;
	areas: ReportArea[];
	months: ReportMonth[];
	silent: HubSite[];
	attention: number;
}

export interface ReportArea {
	scope: string;
	sites: number;
	silent: number;
	councils: number;
	members: number;
	listed: number;
	learners: number;
	trained: number;
	completions: number;
	certificates: number;
	events: number;
	heard_at?: number;
}

export interface ReportMonth {
	month: string;
	learners: number;
	completions: number;
	certificates: number;
}

export interface HubSite {
	id: string;
	scope: string;
	name: string;
	contact?: string;
	enrolled_at: number;
	expires_at: number;
	revoked_at?: number;
	heard_at?: number;
	forked_at?: number;
	clock_off_ms?: number;
	records: number;
	quarantined: number;
}

export interface ReportCouncil {
	scope: string;
	name: string;
	members?: number;
	learners: number;
	trained: number;
	completions: number;
	certificates: number;
	heard_at?: number;
}

export interface ReportSite {
	site: HubSite;
	epochs: HubEpoch[];
}

export interface HubEpoch {
	site: string;
	epoch: number;
	records: number;
	through: number;
	last: number;
	branches: number;
	total: string;
}

export interface HubWhy {
	why: string;
}

export interface HubInvite {
	id: string;
	scope: string;
	label: string;
	made_by: string;
	made_at: number;
	expires_at: number;
	used_at?: number;
	revoked_at?: number;
	used_by?: string;
}

export interface HubInviteNew {
	scope: string;
	label: string;
	days: number;
}

export interface ReportAttention {
	number: number;
	kind: string;
	site: string;
	site_name: string;
	contact?: string;
	scope: string;
	about: string;
	detail: string;
	at: number;
}

export interface HubSettle {
	apply: boolean;
	why: string;
}

export interface ReportPerson {
	id: string;
	surname: string;
	given: string;
	patronymic?: string;
	council_name?: string;
	scope: string;
	site: string;
	site_name: string;
	completions: number;
	certificates: number;
	merged_into?: string;
	first_at: number;
	erased_at?: number;
}

export interface ReportPersonDetail {
	person: ReportPerson;
	results: ReportResult[];
	certificates: ReportCertificate[];
	merged: ReportPerson[];
	has_iin: boolean;
}

export interface ReportResult {
	title: string;
	completion: string;
	success: string;
	held_on?: string;
	event?: string;
	score?: number;
	at: number;
}

export interface ReportCertificate {
	serial: string;
	person: string;
	holder: string;
	council_name: string;
	title: string;
	held_on: string;
	valid_until?: string;
	state: string;
	superseded_by?: string;
	why?: string;
	scope: string;
	site_name: string;
	first_at: number;
}

export interface ReportExport {
	known: ReportPersonDetail;
	language?: string;
	presence: ReportDay[];
	audit: ReportAudit[];
	records: ReportRecord[];
}

export interface ReportDay {
	title: string;
	place: string;
	held_on: string;
	present: boolean;
}

export interface ReportAudit {
	number: number;
	at: number;
	who: string;
	who_name?: string;
	what: string;
	about: string;
	detail: string;
}

export interface ReportRecord {
	kind: string;
	at: number;
	received_at: number;
	body?: unknown;
}

export interface HubInto {
	into: string;
}

export interface HubIin {
	iin: string;
}

export interface ReportPair {
	one: ReportPerson;
	other: ReportPerson;
	same_council: boolean;
}

export interface HubPublication {
	id: string;
	kind: string;
	scope: string;
	title: string;
	version: number;
	bytes: number;
	amount?: number;
	sha256: string;
	not_before?: string;
	not_after?: string;
	made_by_name?: string;
	made_at: number;
	ended_at?: number;
	sites: number;
	have: number;
}

export interface HubCourse {
	error?: string;
	reason?: string;
	publication?: HubPublication;
	report: ImportReport;
}

export interface HubNewsNew {
	scope: string;
	kk: string;
	ru: string;
	en?: string;
	not_before?: string;
	not_after?: string;
}

export interface HubRoster {
	read: RosterRead;
	publication?: HubPublication;
}

export interface RosterRead {
	people: number;
	councils: number;
	refused_all: number;
	refused: RosterRefused[];
}

export interface RosterRefused {
	line: number;
	why: string;
}

export interface HubTemplateNew {
	scope: string;
	mandatory: boolean;
	look: CertificateTemplate;
}

export interface HubTemplate {
	publication: HubPublication;
	mandatory: boolean;
	look: CertificateTemplate;
}

export interface HubCertificate {
	certificate: ReportCertificate;
	verdict?: CertificateVerdict;
	supersedes?: string;
	changed_at: number;
	site: HubSite;
	orders: ReportOrder[];
	audit: ReportAudit[];
}

export interface ReportOrder {
	what: string;
	at: number;
	called: boolean;
}

export interface HubVerified {
	verdict?: CertificateVerdict;
	certificate?: ReportCertificate;
	registered: boolean;
	site_name?: string;
	site_cut_at?: number;
}

export interface HubName {
	surname: string;
	given: string;
	patronymic?: string;
}

export interface HubRevocation {
	reason: string;
	why?: string;
}

export interface MembersReport {
	lines: number;
	changed: number;
	fresh: number;
	same: number;
	refused: number;
	changes: MembersLine[];
	refusals: MembersLine[];
}

export interface MembersLine {
	line: number;
	scope?: string;
	council?: string;
	members: number;
	before?: number;
	fresh: boolean;
	reason?: string;
	text?: string;
}

export interface Retention {
	details_months: number;
	names_months: number;
	ran_at?: number;
	ran_details: number;
	ran_names: number;
	due_names: number;
}

export interface RetentionNew {
	details_months: number;
	names_months: number;
}

// What a hub answers.
export interface HubRoutes {
	/** 200 only while what is written reaches the disk; else 503. */
	'GET /healthz': { takes: undefined; gives: Health };
	/** Figures for Prometheus; no names, no ids. */
	'GET /metrics': { takes: undefined; gives: undefined };
	/** One signed request of a site, one signed reply (docs/protocol.md). 201 only with a reply that is signed. */
	'PUT /sync/v1/exchange': { takes: Blob; gives: undefined };
	/** A courier's file: its records count as if they had come by the line. 400 bad-bundle, 403 forged, 404 not-for-us. */
	'PUT /sync/v1/bundle': { takes: Blob; gives: HubImport[] };
	/** The sealed receipt of a bundle, to be carried back, and with it what the site lacks. */
	'GET /sync/v1/receipt/{id}': { takes: undefined; gives: undefined };
	/** This description: every route and every shape of a hub. */
	'GET /api/hub': { takes: undefined; gives: ApiInfo };
	/** Whether anybody has begun here, and who is asking. */
	'GET /api/hub/hello': { takes: undefined; gives: HubHello };
	/** Beginning with a code: a key for the authenticator app. 401 wrong-start-code. */
	'POST /api/hub/start': { takes: HubStart; gives: HubStarted };
	/** Sets the password and the app: 201 signed in, with the recovery codes. 400 wrong-digits. */
	'POST /api/hub/start/confirm': { takes: HubStartConfirm; gives: HubBegun };
	/** Password and second factor. 401 wrong-password, wrong-digits, wait-a-quarter. */
	'POST /api/hub/sign-in': { takes: HubSignIn; gives: Coordinator };
	/** Ends this browser's session. */
	'POST /api/hub/sign-out': { takes: undefined; gives: undefined };
	/** The language that this coordinator is spoken to. */
	'POST /api/hub/language': { takes: LanguageNew; gives: undefined };
	/** Who may sign in here. */
	'GET /api/hub/coordinators': { takes: undefined; gives: Coordinator[] };
	/** Makes one: 201 with the code to begin with. 409 login-taken. */
	'POST /api/hub/coordinators': { takes: CoordinatorNew; gives: HubCode };
	/** A new code, for a lost phone or a forgotten password. */
	'POST /api/hub/coordinators/{id}/code': { takes: undefined; gives: HubCode };
	/** Gives or takes the right to open sealed IINs. 409 auditor-reads. */
	'POST /api/hub/coordinators/{id}/iin': { takes: HubMay; gives: undefined };
	/** Takes the right away. 409 last-national. */
	'DELETE /api/hub/coordinators/{id}': { takes: undefined; gives: undefined };
	/** One area of ?scope=: its sums, what lies in it, months, silent sites. */
	'GET /api/hub/overview': { takes: undefined; gives: ReportOverview };
	/** What lies in ?scope=, as a list. */
	'GET /api/hub/areas': { takes: undefined; gives: ReportArea[] };
	/** The councils of ?scope=. */
	'GET /api/hub/councils': { takes: undefined; gives: ReportCouncil[] };
	/** Sites of ?scope= with ?find= in name, contact or scope; ?silent=1: not heard of for 21 days. */
	'GET /api/hub/sites': { takes: undefined; gives: HubSite[] };
	/** One site, and what is here of it: counts and the sum of ids. */
	'GET /api/hub/sites/{id}': { takes: undefined; gives: ReportSite };
	/** Cuts a site off; what it sent stays. */
	'POST /api/hub/sites/{id}/revoke': { takes: HubWhy; gives: undefined };
	/** Invitations of ?scope=, newest first. */
	'GET /api/hub/invites': { takes: undefined; gives: HubInvite[] };
	/** A one-time code for a site: 201, shown once. */
	'POST /api/hub/invites': { takes: HubInviteNew; gives: HubCode };
	/** Takes an unused code back. 409 code-used. */
	'DELETE /api/hub/invites/{id}': { takes: undefined; gives: undefined };
	/** What somebody should look at, newest first. */
	'GET /api/hub/attention': { takes: undefined; gives: ReportAttention[] };
	/** Settles one with a reason; `apply`: what was quarantined counts after all. */
	'POST /api/hub/attention/{id}/settle': { takes: HubSettle; gives: undefined };
	/** People whose name begins with ?find=, letters of both languages alike. */
	'GET /api/hub/people': { takes: undefined; gives: ReportPerson[] };
	/** One person: results, certificates, other ids. */
	'GET /api/hub/people/{id}': { takes: undefined; gives: ReportPersonDetail };
	/** All that is held about one person, for the person; ?as=file to save it; audited. */
	'GET /api/hub/people/{id}/export': { takes: undefined; gives: ReportExport };
	/** This id is the same person as `into`. Undone by unmerge. */
	'POST /api/hub/people/{id}/merge': { takes: HubInto; gives: undefined };
	/** They are two people after all. */
	'POST /api/hub/people/{id}/unmerge': { takes: undefined; gives: undefined };
	/** Takes names and payloads away, here and at the sites. Cannot be undone. */
	'POST /api/hub/people/{id}/erase': { takes: undefined; gives: undefined };
	/** Opens the sealed IIN, by who has that right and with a reason; audited. 403 no-iin-right, 404 no-iin. */
	'POST /api/hub/people/{id}/iin': { takes: HubWhy; gives: HubIin };
	/** People of one name in one place who may be one person, 50 pairs. */
	'GET /api/hub/duplicates': { takes: undefined; gives: ReportPair[] };
	/** Files of the caller's scope, newest first. */
	'GET /api/hub/files': { takes: undefined; gives: HubImport[] };
	/** A site's file, looked into: nothing counts yet. 400 bad-bundle, 403 forged, 404 not-for-us. */
	'PUT /api/hub/files': { takes: Blob; gives: HubImport[] };
	/** Its records count. Again is fine. */
	'POST /api/hub/files/{id}/confirm': { takes: undefined; gives: undefined };
	/** Puts it away uncounted. 409 already-decided. */
	'POST /api/hub/files/{id}/undo': { takes: undefined; gives: undefined };
	/** What is published for ?scope= or reaches into it, of ?kind= course, news, template or roster; how many sites have it. */
	'GET /api/hub/publications': { takes: undefined; gives: HubPublication[] };
	/** Takes one back: sites are told at their next contact. 403 other-scope. */
	'DELETE /api/hub/publications/{id}': { takes: undefined; gives: undefined };
	/** Publishes a course for ?scope= from ?not_before= to ?not_after=: the body is the zip, ?name= its file name. 422 with the findings when it is refused, 409 published-already. */
	'PUT /api/hub/courses': { takes: Blob; gives: HubCourse };
	/** An announcement for the trainers of a scope. 400 no-text, bad-period. */
	'POST /api/hub/news': { takes: HubNewsNew; gives: HubPublication };
	/** A list of expected people (CSV) for ?scope= until ?not_after=; ?check=1 only reads it. Lines that cannot be used are named and left out. */
	'PUT /api/hub/rosters': { takes: Blob; gives: HubRoster };
	/** How certificates of a scope look. The logo of the one before stays when `look.logo` is true. */
	'POST /api/hub/templates': { takes: HubTemplateNew; gives: HubPublication };
	/** A made-up certificate in this look, as SVG. */
	'POST /api/hub/templates/preview': { takes: CertificateTemplate; gives: undefined };
	/** One that is in force. */
	'GET /api/hub/templates/{id}': { takes: undefined; gives: HubTemplate };
	/** Its logo: the body is a JPEG of at most 300 KB. Published anew. */
	'PUT /api/hub/templates/{id}/logo': { takes: Blob; gives: HubPublication };
	/** What a site lacks as a file that only it can read; courses up to ?courses_mb= as far as 15 MB hold them. */
	'GET /api/hub/sites/{id}/items.kenes': { takes: undefined; gives: undefined };
	/** The signed, dated list of certificates that hold no longer, of the whole country. */
	'GET /verify/revocations.txt': { takes: undefined; gives: undefined };
	/** This centre, its sites, and the keys that were cut off, for `kenes verify --trust`. */
	'GET /verify/trust.txt': { takes: undefined; gives: undefined };
	/** The registry, of ?state=: newest first, or whose number, or holder's name, begins with ?find=. */
	'GET /api/hub/certificates': { takes: undefined; gives: ReportCertificate[] };
	/** One: its facts, who issued it by what right, what became of it. 404 no-certificate. */
	'GET /api/hub/certificates/{serial}': { takes: undefined; gives: HubCertificate };
	/** Whether a certificate is true: a link, the code's text, or a number of the caller's area; audited. */
	'POST /api/hub/certificates/verify': { takes: VerifyNew; gives: HubVerified };
	/** The holder's right name: the laptop issues it anew at its next contact. 400 same-name, bad-letter; 409 ended-already, erased. */
	'POST /api/hub/certificates/{serial}/correct': { takes: HubName; gives: undefined };
	/** Takes one back: here at once, at the laptop at its next contact. 400 bad-reason, why-missing; 409 ended-already. */
	'POST /api/hub/certificates/{serial}/revoke': { takes: HubRevocation; gives: undefined };
	/** A CSV of councils and how many members each has, looked into: what would change, what is refused and why. 400 no-csv, no-columns. */
	'PUT /api/hub/members': { takes: Blob; gives: MembersReport };
	/** The same file: its good lines count; audited. */
	'PUT /api/hub/members/apply': { takes: Blob; gives: MembersReport };
	/** The rule, its last run, and how many names are over now, or would be after ?names= months. */
	'GET /api/hub/retention': { takes: undefined; gives: Retention };
	/** Sets the rule; the daily run carries it out. 400 bad-months. */
	'POST /api/hub/retention': { takes: RetentionNew; gives: undefined };
	/** Who did what, newest first, before number ?before=. For the whole country only. */
	'GET /api/hub/audit': { takes: undefined; gives: ReportAudit[] };
}

export interface Routes extends HubRoutes {
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
	/** The centre's announcements of today that this trainer has not put away. */
	'GET /api/news': { takes: undefined; gives: News[] };
	/** Puts one away for this trainer. Again is fine. */
	'POST /api/news/{id}/read': { takes: undefined; gives: undefined };
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
	/** The packages that the centre sent: in force, not yet, over or withdrawn, and whether they are on the shelf. */
	'GET /api/courses/centre': { takes: undefined; gives: CentreCourse[] };
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
	/** Who is expected by the centre's list, who of them has come, and who came by a name that is nearly one of the list. */
	'GET /api/events/{id}/expected': { takes: undefined; gives: Expected };
	/** The results as a table for spreadsheets, in ?language=. */
	'GET /api/events/{id}/results.csv': { takes: undefined; gives: undefined };
	/** The same table as XLSX. */
	'GET /api/events/{id}/results.xlsx': { takes: undefined; gives: undefined };
	/** One learner: every attempt, activity by activity, and what the phone sent. */
	'GET /api/events/{id}/people/{person}': { takes: undefined; gives: PersonDetail };
	/** The trainer's correction: here or not. */
	'POST /api/events/{id}/people/{person}/presence': { takes: PresenceNew; gives: undefined };
	/** The right spelling of a learner's name. 409 has-certificates when there is one to correct first. */
	'POST /api/events/{id}/people/{person}/name': { takes: NameNew; gives: undefined };
	/** Seals a person's IIN to the centre's key; it cannot be read here again. 400 bad-iin, not-agreed; 404 not-enrolled. */
	'POST /api/people/{id}/iin': { takes: IinNew; gives: undefined };
	/** What explains an attempt's result: each activity and why it is not complete, what happened, what was disputed. A file without names. */
	'GET /api/attempts/{id}/trace': { takes: undefined; gives: AttemptFile };
	/** It is the same person: the second phone is let in. */
	'POST /api/claims/{id}/confirm': { takes: undefined; gives: undefined };
	/** It is somebody else: the second phone stays out. */
	'POST /api/claims/{id}/refuse': { takes: undefined; gives: undefined };
	/** Who may have a certificate, who has one, and why others may not. */
	'GET /api/events/{id}/certificates': { takes: undefined; gives: CertificateRoom };
	/** Issues to all who may have one, or to `person`; again makes nothing new. 400 date-in-future. */
	'POST /api/events/{id}/certificates': { takes: CertificatesNew; gives: CertificatesMade };
	/** All certificates of the event, a page each. */
	'GET /api/events/{id}/certificates.pdf': { takes: undefined; gives: undefined };
	/** One certificate on paper: one's own, for a trainer anybody's. */
	'GET /api/certificates/{serial}/page.pdf': { takes: undefined; gives: undefined };
	/** The same as a picture. */
	'GET /api/certificates/{serial}/picture.svg': { takes: undefined; gives: undefined };
	/** The same as an Open Badges 3.0 credential. */
	'GET /api/certificates/{serial}/openbadge.json': { takes: undefined; gives: undefined };
	/** The right name: a new certificate that supersedes this one. 409 ended-already. */
	'POST /api/certificates/{serial}/correct': { takes: NameNew; gives: CertificateCard };
	/** Takes it back, for a reason: mistake, not-earned, request, other. */
	'POST /api/certificates/{serial}/revoke': { takes: RevokeNew; gives: undefined };
	/** The learner's own certificates that count, newest first. */
	'GET /api/my/certificates': { takes: undefined; gives: CertificateCard[] };
	/** How certificates look: words, signatories, hours, validity. */
	'GET /api/certificate-template': { takes: undefined; gives: CertificateTemplate };
	/** Changes that, for what is printed from now on. */
	'POST /api/certificate-template': { takes: CertificateTemplate; gives: undefined };
	/** Back to what the centre offers, or to what every site begins with. */
	'DELETE /api/certificate-template': { takes: undefined; gives: undefined };
	/** A made-up certificate in this look, as SVG. */
	'POST /api/certificate-template/preview': { takes: CertificateTemplate; gives: undefined };
	/** The issuer's logo: the body is a JPEG of at most 300 KB. */
	'PUT /api/certificate-logo': { takes: Blob; gives: undefined };
	/** Takes the logo away. */
	'DELETE /api/certificate-logo': { takes: undefined; gives: undefined };
	/** Whether a certificate is true, by its link, its token or its number; by number alone names are shortened. */
	'POST /api/verify': { takes: VerifyNew; gives: CertificateVerdict };
	/** What a verification page has to know: hubs, sites, revocations. */
	'GET /api/verify/known': { takes: undefined; gives: VerifyKnown };
	/** The signed, dated list of this site's certificates that hold no longer. */
	'GET /api/verify/revocations.txt': { takes: undefined; gives: undefined };
	/** The same of the whole country, as the centre signed it. 404 before the first contact. */
	'GET /api/verify/centre.txt': { takes: undefined; gives: undefined };
	/** The verification page as one file that works without any network, with what this site knows in it. */
	'GET /api/verify/page.html': { takes: undefined; gives: undefined };
	/** Whether this site is registered at a centre, and what the centre has not signed for. */
	'GET /api/sync': { takes: undefined; gives: SyncState };
	/** Registers this site with a one-time code. 403 wrong-code, 503 no-line. */
	'POST /api/sync/enrol': { takes: EnrolNew; gives: undefined };
	/** Gets in touch with the centre now: 202. 404 not-enrolled. */
	'POST /api/sync/now': { takes: undefined; gives: undefined };
	/** What the centre has not signed for as a file, sealed to it. 404 not-enrolled. */
	'GET /api/sync/bundle': { takes: undefined; gives: undefined };
	/** Reads a file that was carried back: receipts count at once, what else it holds waits. 404 not-for-us. */
	'PUT /api/sync/receipt': { takes: Blob; gives: SyncState };
	/** What a file holds counts, as if it had come by the line. 409 already-decided. */
	'POST /api/sync/staged/{id}/take': { takes: undefined; gives: SyncState };
	/** Puts a file away untaken. 409 already-decided. */
	'POST /api/sync/staged/{id}/drop': { takes: undefined; gives: SyncState };
	/** What a courier's phone scans: the address of its page, with a pass that is good for a day. 404 not-enrolled. */
	'GET /api/sync/courier': { takes: undefined; gives: CarryPass };
	/** What there is to carry, for the courier's page. 404 no-pass. */
	'GET /api/carry/{pass}': { takes: undefined; gives: CarryState };
	/** The file for the centre, as /api/sync/bundle gives it. */
	'GET /api/carry/{pass}/bundle': { takes: undefined; gives: undefined };
	/** A receipt that the courier brought back: the body is the file. 404 not-for-us. */
	'PUT /api/carry/{pass}/receipt': { takes: Blob; gives: CarryState };
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
