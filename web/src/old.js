/* SPDX-License-Identifier: Apache-2.0 */
/* Runs only in browsers without modules (before Chrome 61, Safari 11): shows a page of plain sentences. */
if (location.pathname !== '/old.html') location.replace('/old.html');
