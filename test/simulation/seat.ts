import type { Desktop } from './desktop.ts';
import type { Line } from './line.ts';
import type { Installation } from './oracle.ts';

/** Where a person sits: the installations follow each other, the line stays. */
export type Seat = {
  readonly number: number;
  readonly ministry: number;
  readonly ministryId: string;
  readonly line: Line;
  installation: Installation;
  desktop: Desktop;
  /** Milliseconds by which its clock is wrong. */
  skew: number;
  /** Set when the endpoint came back from a backup, to the epoch that this desktop then believed in. */
  believed?: { readonly epoch: number | undefined } | undefined;
};
