// SPDX-License-Identifier: Apache-2.0
// Makes a suite of cases (docs/scorm.md) of the data model of SCORM 1.2:  node tests/conformance/scorm12.mjs FOLDER
//
// FOLDER/cases gets one case for each row of scorm12.tsv: before LMSInitialize, as it begins, what may be set, what
// may not, after LMSFinish. Then come the lessons below: what the table cannot say about one element alone. All are
// items of one package, FOLDER/manifests/scorm12.xml.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { begin, call, commit, finish, get, refused, set, writeSuite } from './calls.mjs';

const folder = process.argv[2], here = dirname(fileURLToPath(import.meta.url));
if (!folder) throw new Error('scorm12.mjs FOLDER');

const closed = el => [get(el, '', 301), set(el, '1', 301)];

// ---- elements ----

const value = text => {
  if (text === '""') return '';
  return /^@\d+$/.test(text) ? 'x'.repeat(Number(text.slice(1))) : text;
};
const values = text => text ? text.split(' | ').map(value) : [];

function rows() {
  const lines = readFileSync(join(here, 'scorm12.tsv'), 'utf8').split('\n').filter(line => line && !line.startsWith('#'));
  return lines.map(line => {
    const [el, access, type, first, good, bad, before] = line.split('\t');
    return { el, access, type, first: value(first), good: values(good), bad: values(bad), before: before ? before.split('; ') : [] };
  });
}

function first({ el, first: text }) {
  if (text === '@none') return get(el, '', 201);
  const who = /^@(id|name)$/.exec(text);
  return who ? { m: 'GetValue', el, learner: who[1], err: '0' } : get(el, text);
}

// No keyword may be set, and the element has none but these.
const keywords = (el, children, count) => [
  children === undefined ? get(`${el}._children`, '', 202) : get(`${el}._children`, children), set(`${el}._children`, 'a,b', 402),
  count === undefined ? get(`${el}._count`, '', 203) : get(`${el}._count`, count), set(`${el}._count`, '1', 402),
];

// What may be asked of an open SCO.
function open(row) {
  const { el, access, good, bad } = row;
  const taken = good.flatMap(each => access === 'both' ? [set(el, each), get(el, each)] : [set(el, each), get(el, '', 404)]);
  const kept = access === 'both' ? get(el, good[good.length - 1]) : get(el, '', 404);
  const wrong = bad.flatMap(each => [set(el, each, 405), kept]);
  switch (access) {
    case 'keyword': return [get(el, row.first), set(el, '1', 402)];
    case 'parts': return [get(el, '', 401), set(el, '1', 401), ...keywords(el, row.first)];
    case 'list': return [get(el, '', 401), set(el, '1', 401), ...keywords(el, row.first, '0')];
    case 'read': return [first(row), set(el, '1', 403), first(row), ...keywords(el)];
    case 'write': return [get(el, '', row.first === '@none' ? 201 : 404), ...taken, ...wrong, ...keywords(el)];
    default: return [first(row), ...taken, ...wrong, ...keywords(el)];
  }
}

function elementCase(row) {
  const before = row.before.map(each => each.split('=')).map(([el, ...rest]) => set(el, rest.join('=')));
  const kind = /type=([\w-]+)/.exec(row.before.join()), name = row.el + (kind ? ` ${kind[1]}` : '');
  const item = { datafromlms: 'first=1&amp;second=ә', masteryscore: '75', maxtimeallowed: '00:30:00', timelimitaction: 'continue,message' };
  const calls = [...closed(row.el), begin, ...before, ...open(row), commit, finish, ...closed(row.el)];
  return { name, item, visits: [{ calls }] };
}

// ---- lessons ----

const STATUS = 'cmi.core.lesson_status', RAW = 'cmi.core.score.raw', EXIT = 'cmi.core.exit';

// One visit sets these, and the next finds `then`.
const twice = (name, item, sets, then, more = {}) => ({
  name, item, ...more,
  visits: [{ calls: [begin, ...sets.map(([el, text]) => set(el, text)), finish] }, { calls: [begin, ...then.map(([el, text]) => get(el, text)), finish] }],
});
const mastery = { masteryscore: '75' };

const lessons = [
  {
    name: 'API', visits: [{
      calls: [
        refused('Commit', 301), refused('Terminate', 301), refused('Initialize', 201, 'x'), begin, refused('Initialize', 101),
        refused('Commit', 201, 'x'), commit, refused('Terminate', 201, 'x'),
        get('', '', 201), get('xyz.score.result', '', 401), set('xyz.score.result', '1', 401), get('adl.nav.request', '', 401),
        get('cmi.completion_status', '', 401), set('cmi.completion_status', 'completed', 401), get('cmi.core.no_such', '', 401),
        get('cmi.objectives.0.no_such', '', 401), get('cmi.core._version', '', 401),
        finish, refused('Initialize', 101), refused('Commit', 301), refused('Terminate', 301),
      ],
    }],
  },
  {
    name: 'API errors in words', visits: [{
      calls: [
        begin, set('cmi.core.credit', '1', 403), call('GetLastError', '', '403', 403),
        ...[['0', 'No error'], ['101', 'General exception'], ['201', 'Invalid argument error'], ['202', 'Element cannot have children'],
          ['203', 'Element not an array - cannot have count'], ['301', 'Not initialized'], ['401', 'Not implemented error'],
          ['402', 'Invalid set value, element is a keyword'], ['403', 'Element is read only'], ['404', 'Element is write only'],
          ['405', 'Incorrect Data Type']].map(([code, words]) => call('GetErrorString', code, words, 403)),
        call('GetErrorString', '999', '', 403), call('GetErrorString', 'x', '', 403), call('GetErrorString', '', '', 403),
        call('GetDiagnostic', '403', 'less255', 403), call('GetDiagnostic', '', 'less255', 403), call('GetDiagnostic', '999', 'emptyCS', 403),
        get('cmi.core.entry', 'ab-initio'), call('GetLastError', '', '0', 0), finish,
      ],
    }],
  },
  {
    name: 'records are set one after the other', visits: [{
      calls: [
        begin, get('cmi.objectives._count', '0'), set('cmi.objectives.1.id', 'o', 201), set('cmi.objectives.0.id', 'o'),
        get('cmi.objectives._count', '1'), set('cmi.objectives.2.id', 'o', 201), get('cmi.objectives.1.id', '', 201),
        set('cmi.objectives.1.status', 'passed'), get('cmi.objectives._count', '2'), get('cmi.objectives.1.id', ''),
        get('cmi.interactions._count', '0'), set('cmi.interactions.0.id', 'q'), get('cmi.interactions._count', '1'),
        get('cmi.interactions.0.objectives._count', '0'), set('cmi.interactions.0.objectives.0.id', 'o'), set('cmi.interactions.0.objectives.1.id', 'p'),
        get('cmi.interactions.0.objectives._count', '2'), set('cmi.interactions.0.objectives.3.id', 'p', 201),
        set('cmi.interactions.0.type', 'choice'), set('cmi.interactions.0.correct_responses.0.pattern', 'a'),
        get('cmi.interactions.0.correct_responses._count', '1'), set('cmi.interactions.2.id', 'q', 201),
        set('cmi.objectives.x.id', 'o', 401), get('cmi.objectives.-1.id', '', 401), finish,
      ],
    }],
  },
  twice('finish: said nothing, is completed', {}, [], [[STATUS, 'completed']]),
  twice('finish: incomplete stays', {}, [[STATUS, 'incomplete']], [[STATUS, 'incomplete']]),
  twice('finish: browsed stays', {}, [[STATUS, 'browsed']], [[STATUS, 'browsed']]),
  twice('finish: without mastery score the SCO decides', {}, [[STATUS, 'failed'], [RAW, '100']], [[STATUS, 'failed'], [RAW, '100']]),
  twice('finish: the mastery score is reached', mastery, [[STATUS, 'completed'], [RAW, '75']], [[STATUS, 'passed'], [RAW, '75']]),
  twice('finish: the mastery score is not reached', mastery, [[STATUS, 'completed'], [RAW, '74.99']], [[STATUS, 'failed']]),
  twice('finish: the mastery score overrules the SCO', mastery, [[STATUS, 'passed'], [RAW, '10']], [[STATUS, 'failed']]),
  twice('finish: a score without a status is judged', mastery, [[RAW, '80']], [[STATUS, 'passed']]),
  twice('finish: without a score the SCO decides', mastery, [[STATUS, 'passed']], [[STATUS, 'passed']]),
  twice('finish: no credit, no judgement', mastery, [[STATUS, 'completed'], [RAW, '10']], [[STATUS, 'completed'], ['cmi.core.credit', 'no-credit']], { credit: 'no-credit' }),
  twice('mode browse: said nothing, is browsed', mastery, [[RAW, '95']], [[STATUS, 'browsed'], ['cmi.core.lesson_mode', 'browse'], ['cmi.core.credit', 'no-credit']], { mode: 'browse' }),
  twice('mode review: is not judged', mastery, [[STATUS, 'completed'], [RAW, '10']], [[STATUS, 'completed'], ['cmi.core.lesson_mode', 'review'], ['cmi.core.credit', 'no-credit']], { mode: 'review' }),
  twice('exit suspend: goes on where it was', {},
    [[EXIT, 'suspend'], [STATUS, 'incomplete'], ['cmi.suspend_data', 'p=3'], ['cmi.core.lesson_location', '3'], ['cmi.core.session_time', '00:10:00.50'],
      ['cmi.objectives.0.id', 'o1'], ['cmi.objectives.0.score.raw', '7'], ['cmi.interactions.0.id', 'q1'], ['cmi.comments', 'good'], ['cmi.student_preference.audio', '40']],
    [['cmi.core.entry', 'resume'], [STATUS, 'incomplete'], ['cmi.suspend_data', 'p=3'], ['cmi.core.lesson_location', '3'], ['cmi.core.total_time', '0000:10:00.50'],
      ['cmi.objectives._count', '1'], ['cmi.objectives.0.id', 'o1'], ['cmi.objectives.0.score.raw', '7'], ['cmi.interactions._count', '1'], ['cmi.comments', 'good'],
      ['cmi.student_preference.audio', '40']]),
  twice('exit without a word: neither the first time nor resumed', {}, [[STATUS, 'incomplete'], ['cmi.core.session_time', '01:00:00']],
    [['cmi.core.entry', ''], ['cmi.core.total_time', '0001:00:00.00']]),
  // RTE 3.4.4, cmi.core.exit: both are "" at the next entry; only logout logs the learner out of the course.
  ...[['time-out', 'leaves the lesson'], ['logout', 'ends the course']].map(([word, what]) => {
    const lesson = twice(`exit ${word}: ${what}`, {}, [[EXIT, word], [STATUS, 'incomplete']], [['cmi.core.entry', ''], [STATUS, 'incomplete']]);
    lesson.visits[0].ends = word === 'logout';
    return lesson;
  }),
];

// Parts that wait for another (CAM 1.2, adlcp:prerequisites). The other one says `before`, and the part is closed in
// the contents; it says `then`, and the part opens or does not.
const others = [];
function waits(name, script, before, then, opens) {
  const other = { name: `${name}, the other part`, item: mastery };
  others.push(other);
  const closed = [{ kind: 'toc.enabled.selectable', target: name, expect: 'N' }];
  const visit = (sets, more) => ({ of: other, calls: [begin, ...sets, finish], ...more });
  return {
    name, item: { prerequisites: () => script(`item_${all.indexOf(other)}`) },
    visits: opens ? [visit(before), visit(then, { ui: closed, choose: name }), { calls: [begin, get('cmi.core.entry', 'ab-initio'), finish] }]
      : [visit(before), visit(then, { ui: closed }), visit([], { ui: closed })],
  };
}
const unfinished = [set(STATUS, 'incomplete')];
const waiting = [
  waits('prerequisites: opens when the other part is completed', other => other, unfinished, [set(STATUS, 'completed')], true),
  waits('prerequisites: opens when the other part is passed', other => `(${other}&amp;~${other})|${other}=passed`, unfinished, [set(RAW, '75'), set(STATUS, 'completed')], true),
  waits('prerequisites: a failed part is not enough', other => `${other}=passed&amp;${other}`, unfinished, [set(RAW, '10'), set(STATUS, 'completed')], false),
  waits('prerequisites: closes when the other part is completed', other => `~${other}`, [set(STATUS, 'completed')], [], false),
];

// ---- the suite ----

const escape = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function item({ name, item: elements = {} }, i) {
  const inside = ['prerequisites', 'maxtimeallowed', 'timelimitaction', 'datafromlms', 'masteryscore'].filter(each => elements[each])
    .map(each => `<adlcp:${each}${each === 'prerequisites' ? ' type="aicc_script"' : ''}>${typeof elements[each] === 'function' ? elements[each]() : elements[each]}</adlcp:${each}>`).join('');
  return `<item identifier="item_${i}" identifierref="sco" parameters="?act=${i}"><title>${escape(name)}</title>${inside}</item>`;
}

const manifest = lessons => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kenes.scorm12" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="org"><organization identifier="org"><title>SCORM 1.2</title>
${lessons.map(item).join('\n')}
</organization></organizations>
<resources><resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>
`;

function caseOf({ name, visits, credit, mode }, i) {
  const last = visits.length - 1, after = ({ ends, choose }, n) => choose ? { do: 'choose', title: choose }
    : { do: ends ? 'none' : 'exitAll', session: 'ended', ...(n < last && { then: { relaunch: 'scorm12', choose: (visits[n + 1].of || { name }).name } }) };
  return {
    tc: name, packages: ['scorm12'], start: { choose: (visits[0].of || { name }).name, credit, mode },
    visits: visits.map((visit, n) => ({
      visit: `visit ${n + 1}`, activity: String(visit.of ? all.indexOf(visit.of) : i), ui: visit.ui, calls: visit.calls, after: after(visit, n),
    })),
  };
}

const all = [...rows().map(elementCase), ...lessons, ...waiting, ...others];
const named = ({ name }, i) => `${String(i + 1).padStart(2, '0')} ${name.replace(/[^\w. -]/g, '')}`;
writeSuite(folder, [['scorm12', manifest(all)]], all.flatMap((each, i) => each.visits ? [[named(each, i), caseOf(each, i)]] : []));
