import { deterministicId } from '../reference/deterministic-id.ts';
import { MINISTRIES_2022 } from '../reference/ministries.ts';

const ACRONYM = 'MND';
const listed = MINISTRIES_2022.find(({ acronym }) => acronym === ACRONYM);
if (!listed) throw new Error(`The list of ministries has no ${ACRONYM}`);

/** The ministry that the demonstration plays: its name is in the list of 2022, everything below it is invented. */
export const DEMONSTRATION_MINISTRY = {
  id: '0d3e0000-2022-8000-8000-4d4e44000001',
  acronym: ACRONYM,
  name: listed.name,
} as const;

/** The pseudo device whose journal holds the take-over of the existing equipment. Its code is never given at enrolment. */
export const DEMONSTRATION_DEVICE = {
  id: deterministicId(DEMONSTRATION_MINISTRY.id, 'device', 'reprise'),
  code: 'REP',
} as const;

/** Author of every creation entry of the demonstration. */
export const DEMONSTRATION_AUTHOR = {
  personId: deterministicId(DEMONSTRATION_MINISTRY.id, 'person', 'reprise'),
  name: "Reprise de l'existant",
  role: 'gestionnaire',
} as const;
