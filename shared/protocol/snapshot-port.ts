import { type TSchema, Type } from 'typebox';

/** How far the first load is (SPEC S20). */
export type LoadProgress = {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
  readonly totalRows: number;
  /** Stopped by a person. Absent where the load cannot be stopped: from a file it takes seconds. */
  readonly isPaused?: boolean;
};

export const SNAPSHOT_COMMANDS = {
  /** Stops the first load by network, across restarts, or lets it go on. What is written here goes out all the same. */
  pauseFirstLoad: Type.Object({ isPaused: Type.Boolean() }, { additionalProperties: false }),
  /**
   * Takes in a snapshot from a file that the endpoint made for this desktop. Refused with `COMMAND_INVALID` and the
   * `problem`, nothing changed: `sealed-to-another`, `not-a-snapshot`, `newer-program`, `not-of-the-endpoint`,
   * `other-ministry`, `outdated`, `altered`, `cut`.
   */
  loadSnapshot: Type.Object({ bytes: Type.Unsafe<Uint8Array>({}) }, { additionalProperties: false }),
} as const satisfies Record<string, TSchema>;

export type SnapshotCommandOutput = {
  pauseFirstLoad: null;
  /** `known`: this desktop has all of it already. */
  loadSnapshot: { readonly outcome: 'loaded' | 'known'; readonly rows: number; readonly madeAt: string };
};
