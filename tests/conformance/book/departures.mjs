// SPDX-License-Identifier: Apache-2.0
// Where the engine knowingly does something else than the book's pseudo-code: docs/decisions/0006-sequencing.md.
// Each switch is on to do as the engine does, off to do as the book says:  KENES_BOOK=-name,-name  turns some off.

export const departures = {
  // RB.1.4: a roll-up rule to which no child contributes. The book changes nothing; here all, none and at least 0 hold.
  emptyRollupSetHolds: true,
  // SB.2.9 steps 10 and 11: choiceExit and constrainChoice of the current activity itself bind nobody.
  currentBindsNobody: true,
  // NB.2.1 7.1.1.2: the chosen cluster is left and begun anew as well, so its own choiceExit counts; not the root's.
  choiceExitOfTarget: true,
  // UP.4: a SCO that spoke itself in the attempt, be it "unknown", or reads an objective that is known, is not made satisfied.
  silentUnlessKnown: true,
  // UP.4: measured, but without a measure: nothing is recorded.
  measuredRecordsNothing: true,
  // A roll-up that comes to "unknown" leaves global objectives as they are, unless the cluster's own value was known before.
  nothingIsUnsaid: true,
  // RB.1.1: measures are rounded to seven places.
  roundedMeasures: true,
  // What an abandoned SCO reported becomes unknown.
  abandonForgets: true,
  // cmi.exit time-out and logout: Exit All, whatever is asked for.
  timeOutExitsAll: true,
  // A choice that a post-condition overrides: what is hidden, disabled or leads nowhere is no valid choice all the same.
  overriddenChoiceMustLeadOn: true,
  // OP.1: a session that ends by Exit on the root or off the end of the tree ends the attempt on the root.
  endOfSessionEndsRoot: true,
  // SB.2.9 step 9: the root may be chosen from outside a session; by the book there is nothing to walk (SB.2.9-5).
  rootMayBeChosen: true,
  // UP.1: an attempt limit of zero bars the activity from the beginning; by the pseudo-code only once there is activity progress.
  attemptLimitZeroBars: true,
  // RB.1.2 a: an objective satisfied by measure is judged whenever it is asked for; by the book when it is rolled up.
  measureJudgedWhenRead: true,
  // TB.2.3 step 4: an attempt on the root that has ended is not ended again, for it would be rolled up over children drawn for the next one.
  rootEndsOnce: true,
  // RB.1.2 b, RB.1.3 b: both rules are judged before anything is written; by the book "not satisfied" is recorded, and to be read, before step 3.
  rulesJudgedBeforeWritten: true,
  // UP.2.1: completed and activityProgressKnown of a referenced objective ask for the objective's completion; by the book for the activity's.
  completedOfObjective: true,
  // Abandon makes unknown in the global objectives, too, what the attempt wrote there; by the book they keep it.
  abandonForgetsGlobals: true,
  // adlseq:objectives: completion and progress of the primary objective are those of the activity, in rules and roll-up too.
  primaryIsActivity: true,
  // RB.1.3 a: completion by measure is judged whenever it is asked for; by the book when it is rolled up.
  completionJudgedWhenRead: true,
  // DB.2 5.1.1: an untracked activity that is delivered is no longer suspended; by the book only tracked ones are resumed.
  untrackedIsResumed: true,

  // Terminate rolls up at once; by the book only the end of the attempt and Suspend All do.
  terminateRollsUp: true,
  // RTE 4.2.22: what a SCO's score makes of an objective that is satisfied by measure is written to global ones when it is rolled up (the
  // primary one) or its attempt ends (the others); by the book at once. The end of the attempt judges the others of a cluster, too, by what
  // they read; by the book nothing does.
  measureWrittenAtEnd: true,
};

for (const word of (process.env.KENES_BOOK || '').split(',').filter(Boolean)) {
  const name = word.replace(/^[-+]/, '');
  if (!(name in departures)) throw new Error(`no departure is named ${name}`);
  departures[name] = word[0] !== '-';
}
