import type { Catalogue } from '../fr.ts';

export const snapshot: Catalogue['snapshot'] = {
  loading: {
    line: 'The register is still arriving: {{percent}} %. An asset may be missing from this list.',
    title: 'Your ministry’s register is arriving on this desktop',
    rows: '{{rows}} of {{total}} records',
    bytes: '{{bytes}} of {{total}} received',
    text: 'You can work already: what you enter is kept. Lists and totals are not complete yet. If the connection is cut, loading goes on where it stopped.',
    pause: 'Pause loading',
    resume: 'Go on loading',
    pausedTitle: 'Loading the register is paused',
    pausedText:
      'Nothing is lost: it will go on where it stopped. What you enter still leaves. Lists and totals are not complete yet.',
  },
  file: {
    title: 'Load from a file',
    choose: 'Choose a file…',
    hint: 'Without a network, or where it is too dear: ASIN prepares a file of your ministry’s register that only this desktop can read. Bring it on a USB stick. What you have entered here is kept.',
  },
  loaded: {
    title: 'The register is loaded',
    text_one: '{{count, number}} record taken in, as of {{date}}.',
    text_other: '{{count, number}} records taken in, as of {{date}}.',
  },
  known: {
    title: 'This desktop has everything that is in this file already',
    text_one: 'The file is of {{date}}. Nothing was changed.',
    text_other: 'The file is of {{date}}. Nothing was changed.',
  },
  refused: 'This file cannot be loaded: nothing was changed',
  problem: {
    'sealed-to-another':
      'It is not meant for this desktop, or it is damaged. Ask ASIN for a file made for this desktop.',
    'not-a-snapshot': 'This is not a file of the register made by ASIN. Choose another file.',
    'newer-program': 'It is made for a newer version of Registre. Update this desktop, then try again.',
    'not-of-the-endpoint': 'It is not signed by ASIN, or was changed since. Do not use it and tell your IT department.',
    'other-ministry': 'This is the register of another ministry. Ask ASIN for yours.',
    outdated: 'It was made before an incident at ASIN. Ask for a newer one.',
    altered: 'It was damaged or changed on its way. Copy it again, or ask ASIN for another one.',
    cut: 'It is incomplete: copying stopped before the end. Copy it to the stick again.',
  },
};
