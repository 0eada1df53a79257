import { compact } from './fold.ts';

/** What BIOS makers leave in the serial field. Seen in the wild; never matched, never kept as a serial. */
const JUNK = new Set(
  [
    'To be filled by O.E.M.',
    'Default string',
    'System Serial Number',
    'Chassis Serial Number',
    'Base Board Serial Number',
    'Not Specified',
    'Not Applicable',
    'Not Available',
    'None',
    'N/A',
    'NA',
    'Unknown',
    'Inconnu',
    'OEM',
    'INVALID',
    'SerialNumber',
    '123456789',
    '0123456789',
    'Sans',
    'Illisible',
    'Absent',
  ].map(compact),
);

/** True for placeholders such as `To be filled by O.E.M.`, `Default string`, `00000000`, `xxxx` (SPEC A6). */
export function isJunkSerial(text: string): boolean {
  const serial = compact(text);
  return serial.length < 2 || JUNK.has(serial) || /^(.)\1*$/u.test(serial);
}
