// SPDX-License-Identifier: Apache-2.0
// The part of the desk from which things go down to sites.
import { startDesk } from './desk';
import { DownCourses, DownNews, DownRosters } from './pages/DownForms';
import { DownLook } from './pages/DownLook';

startDesk({
  owns: address => /^\/down(?![^/?])/.test(address),
  pages: [
    { at: '/down', page: () => <DownCourses /> },
    { at: '/down/news', page: () => <DownNews /> },
    { at: '/down/look', page: () => <DownLook /> },
    { at: '/down/people', page: () => <DownRosters /> },
  ],
});
