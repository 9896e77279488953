// SPDX-License-Identifier: Apache-2.0
// The desk of a centre: what sites sent, and what coordinators decide about it.
import { startDesk, type Page } from './desk';
import { Attention } from './pages/Attention';
import { Certificate } from './pages/Certificate';
import { Certificates } from './pages/Certificates';
import { Courier } from './pages/Courier';
import { Start } from './pages/Doors';
import { Overview } from './pages/Overview';
import { Files } from './pages/Files';
import { Duplicates, People, Person } from './pages/People';
import { PersonData } from './pages/PersonData';
import { Invite, Site, Sites } from './pages/Sites';
import { Audit, Team } from './pages/Team';
import { Verify } from './pages/Verify';

const pages: Page[] = [
  { at: '/', page: () => <Overview /> },
  { at: '/attention', page: () => <Attention /> },
  { at: '/sites', page: () => <Sites /> },
  { at: '/sites/invite', page: () => <Invite /> },
  { at: '/sites/:id', page: p => <Site key={p.id} id={p.id ?? ''} /> },
  { at: '/people', page: () => <People /> },
  { at: '/people/:id', page: p => <Person key={p.id} id={p.id ?? ''} /> },
  { at: '/people/:id/data', page: p => <PersonData key={p.id} id={p.id ?? ''} /> },
  { at: '/duplicates', page: () => <Duplicates /> },
  { at: '/certificates', page: () => <Certificates /> },
  { at: '/certificates/verify', page: () => <Verify /> },
  { at: '/certificates/:serial', page: p => <Certificate key={p.serial} serial={p.serial ?? ''} /> },
  { at: '/files', page: () => <Files /> },
  { at: '/team', page: () => <Team /> },
  { at: '/audit', page: () => <Audit /> },
];

const doors = [{ at: '/courier', page: () => <Courier />, early: true }, { at: '/start', page: () => <Start /> }];

startDesk({ owns: address => !/^\/down(?![^/?])/.test(address), pages, doors });
