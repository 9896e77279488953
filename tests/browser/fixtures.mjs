// SPDX-License-Identifier: Apache-2.0
// Small packages of our own. Their SCOs do nothing by themselves beyond beginning and ending: a test drives them
// from inside their frame through `lms` ('Get', 'Set', 'Commit', 'End').
import { zip } from './zip.mjs';

const sco = (title, old) => `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<h1>${title}</h1><p><input aria-label="note"></p>
<script>
  var api = null, name = '${old ? 'API' : 'API_1484_11'}', prefix = '${old ? 'LMS' : ''}';
  for (var w = window, i = 0; i < 20 && !(api = w[name]) && w !== w.parent; i++) w = w.parent;
  function lms(what, a, b) {
    var method = { Get: 'GetValue', Set: 'SetValue', Commit: 'Commit', Begin: 'Initialize', End: '${old ? 'Finish' : 'Terminate'}', Error: 'GetLastError' }[what];
    return b !== undefined ? api[prefix + method](a, b) : api[prefix + method](a === undefined ? '' : a);
  }
  var begun = lms('Begin'), ended = false;
  function end() { if (!ended) { ended = true; lms('End'); } }
  window.addEventListener('unload', end);
</script>`;

const manifest12 = (id, title, items, resources) => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="org"><organization identifier="org"><title>${title}</title>${items}</organization></organizations>
<resources>${resources}</resources></manifest>`;

const manifest2004 = (id, title, items, resources, mode = 'choice="true" flow="true"') => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="org"><organization identifier="org"><title>${title}</title>${items}
<imsss:sequencing><imsss:controlMode ${mode}/></imsss:sequencing></organization></organizations>
<resources>${resources}</resources></manifest>`;

const item = (name, title, more = '') => `<item identifier="item-${name}" identifierref="res-${name}"${more}><title>${title}</title></item>`;
const resource = (name, type, old) => `<resource identifier="res-${name}" type="webcontent" adlcp:${old ? 'scormtype' : 'scormType'}="${type}" href="${name}.html"><file href="${name}.html"/></resource>`;

export const single12 = () => zip({
  'imsmanifest.xml': manifest12('fixture.single', 'Бір бөлік · Одна часть', item('one', 'Одна часть'), resource('one', 'sco', true)),
  'one.html': sco('One', true),
});

// A page to read, two SCOs below a heading (the second not shown in the contents), a last SCO.
export const multi12 = () => zip({
  'imsmanifest.xml': manifest12('fixture.multi', 'Бірнеше бөлік · Несколько частей',
    `${item('page', 'Прочитайте сначала')}<item identifier="part"><title>Раздел</title>${item('a', 'Первая часть')}${item('b', 'Скрытая часть', ' isvisible="false"')}</item>${item('c', 'Последняя часть')}`,
    resource('page', 'asset', true) + ['a', 'b', 'c'].map(name => resource(name, 'sco', true)).join('')),
  'page.html': '<!doctype html><meta charset="utf-8"><title>Page</title><h1>Прочитайте</h1>',
  'a.html': sco('A', true), 'b.html': sco('B', true), 'c.html': sco('C', true),
});

export const multi2004 = () => zip({
  'imsmanifest.xml': manifest2004('fixture.2004', 'Курс SCORM 2004', ['a', 'b', 'c'].map(name => item(name, `Part ${name}`)).join(''),
    ['a', 'b', 'c'].map(name => resource(name, 'sco', false)).join('')),
  'a.html': sco('A', false), 'b.html': sco('B', false), 'c.html': sco('C', false),
});

// Three parts, one after the other.
export const ordered2004 = () => zip({
  'imsmanifest.xml': manifest2004('fixture.ordered', 'Курс по порядку', ['a', 'b', 'c'].map(name => item(name, `Part ${name}`)).join(''),
    ['a', 'b', 'c'].map(name => resource(name, 'sco', false)).join(''), 'choice="false" flow="true"'),
  'a.html': sco('A', false), 'b.html': sco('B', false), 'c.html': sco('C', false),
});

// Three parts, the second of which is closed.
const closed = '<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>';
export const closed2004 = () => zip({
  'imsmanifest.xml': manifest2004('fixture.closed', 'Курс с закрытой частью', item('a', 'Part a') + item('b', 'Part b').replace('</item>', `${closed}</item>`) + item('c', 'Part c'),
    ['a', 'b', 'c'].map(name => resource(name, 'sco', false)).join(''), 'choice="true" flow="false"'),
  'a.html': sco('A', false), 'b.html': sco('B', false), 'c.html': sco('C', false),
});

// Two parts that say so to the player's page when they run: the first is always skipped, or both are closed.
const skipped = closed.replace('"disabled"', '"skip"');
const runs = name => `<!doctype html><meta charset="utf-8"><title>${name}</title><script>(parent.ran = parent.ran || []).push('${name}')</script>`;
const running = (id, title, items) => zip({
  'imsmanifest.xml': manifest2004(id, title, items, ['a', 'b'].map(name => resource(name, 'sco', false)).join('')),
  'a.html': runs('a'), 'b.html': runs('b'),
});
export const skipped2004 = () => running('fixture.skipped', 'Курс с пропуском', item('a', 'Part a').replace('</item>', `${skipped}</item>`) + item('b', 'Part b'));
export const shut2004 = () => running('fixture.shut', 'Закрытый курс', (item('a', 'Part a') + item('b', 'Part b')).replace(/<\/item>/g, `${closed}</item>`));

export const single2004 = () => zip({
  'imsmanifest.xml': manifest2004('fixture.single2004', 'Один SCO 2004', item('a', 'Part a'), resource('a', 'sco', false), 'choice="true" flow="false"'),
  'a.html': sco('A', false),
});

// Thirty activities of one page, in five chapters: what was satisfied is skipped; the third writes a global objective that the
// eleventh to the thirteenth read, so they are skipped once it is passed; the second chapter may only be left forward.
export function sequenced2004() {
  const skip = '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>';
  const map = n => n === 3 ? '<imsss:mapInfo targetObjectiveID="known" readSatisfiedStatus="false" writeSatisfiedStatus="true"/>'
    : n >= 11 && n <= 13 ? '<imsss:mapInfo targetObjectiveID="known" readSatisfiedStatus="true"/>' : '';
  const page = n => `<item identifier="p${n}" identifierref="res-page"><title>Page ${n}</title><imsss:sequencing>${n === 3 ? '' : skip}<imsss:objectives><imsss:primaryObjective objectiveID="o${n}">${map(n)}</imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>`;
  const chapters = [0, 1, 2, 3, 4].map(c => `<item identifier="c${c}"><title>Chapter ${c}</title>${[1, 2, 3, 4, 5, 6].map(i => page(c * 6 + i)).join('')}<imsss:sequencing><imsss:controlMode choice="true" flow="true"${c === 1 ? ' forwardOnly="true"' : ''}/></imsss:sequencing></item>`);
  return zip({ 'imsmanifest.xml': manifest2004('fixture.sequenced', 'Тридцать страниц', chapters.join(''), resource('page', 'sco', false)), 'page.html': sco('Page', false) });
}

// A course whose page is `html`.
export const course12 = (id, html, files = {}) => zip({
  'imsmanifest.xml': manifest12(id, id, item('one', id), resource('one', 'sco', true)), 'one.html': html, ...files,
});
