import type { Desktop, Profiles } from './desktop.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import type { Line } from './line.ts';
import type { Installation } from './oracle.ts';

/** Where histories are played. */
export type Place = { readonly endpoint: SimulatedEndpoint; readonly profiles: Profiles };

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
  /** True until its first load is over. */
  isLoading: boolean;
  /** Set when the endpoint came back from a backup, to the epoch that this desktop then believed in. */
  believed?: { readonly epoch: number | undefined } | undefined;
};
