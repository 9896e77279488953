// SPDX-License-Identifier: Apache-2.0
// Makes a suite of cases (docs/scorm.md) of what one learner's packages share, of which the published cases have none:
// node tests/conformance/between.mjs FOLDER
//
// The first package writes a data store and a global objective, the second reads them and writes on, the third keeps
// both to itself (CAM 3.4.1, sharedDataGlobalToSystem and objectivesGlobalToSystem). The second case is another session.
import { begin, get, set, writeSuite } from './calls.mjs';

const OWN = 'adlcp:sharedDataGlobalToSystem="false" adlseq:objectivesGlobalToSystem="false"';

const manifest = (name, attributes, map) => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kenes.${name}" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="org"><organization identifier="org" ${attributes}><title>${name}</title>
  <item identifier="part" identifierref="sco" parameters="?act=1"><title>Part</title>
    <adlcp:data>
      <adlcp:map targetID="kenes.both"/><adlcp:map targetID="kenes.read" writeSharedData="false"/><adlcp:map targetID="kenes.write" readSharedData="false"/>
    </adlcp:data>
    <imsss:sequencing>
      <imsss:objectives><imsss:primaryObjective objectiveID="own"><imsss:mapInfo targetObjectiveID="kenes.skill" ${map}/></imsss:primaryObjective></imsss:objectives>
      <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
    </imsss:sequencing>
  </item>
</organization></organizations>
<resources><resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>
`;
const writes = 'readSatisfiedStatus="false" writeSatisfiedStatus="true"', reads = 'readSatisfiedStatus="true"';
const manifests = [['between-1', manifest('between-1', '', writes)], ['between-2', manifest('between-2', '', reads)], ['between-3', manifest('between-3', OWN, reads)]];

const BOTH = 'adl.data.0.store', READ = 'adl.data.1.store', WRITE = 'adl.data.2.store', SKILL = 'cmi.objectives.0.success_status';
const leave = set('adl.nav.request', 'exitAll');
const visit = (calls, relaunch) => ({
  visit: 'visit', activity: '1', calls: [begin, ...calls, leave], after: { do: 'none', session: 'ended', ...(relaunch && { then: { relaunch } }) },
});
const test = (tc, ...visits) => [tc, { tc, packages: manifests.map(([name]) => name), start: {}, visits }];

writeSuite(process.argv[2], manifests, [
  test('between-01a',
    visit([
      get('adl.data._count', '3'), get('adl.data.0.id', 'kenes.both'), get(BOTH, '', 403), set(BOTH, 'from one'),
      set(READ, 'x', 404), set(WRITE, 'told'), get(WRITE, '', 405), set('cmi.success_status', 'passed'),
    ], 'between-2'),
    visit([get(BOTH, 'from one'), get(SKILL, 'passed'), set(BOTH, 'from two')], 'between-3'),
    visit([get(BOTH, '', 403), get(SKILL, 'unknown'), set(BOTH, 'its own')], 'between-1'),
    visit([get(BOTH, 'from two')])),
  test('between-01b', visit([get(BOTH, 'from two')], 'between-2'), visit([get(SKILL, 'passed')])),
]);
