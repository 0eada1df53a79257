import { AppError } from '#shared/domain/errors.ts';
import { seal } from '#shared/sealing/seal.ts';
import { devicePublicKeys } from '../../electron/data/parcels/device-keys.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import { Violation } from './oracle.ts';
import type { Seat } from './seat.ts';

/** What happened to a snapshot on its way on a stick. */
export const FILE_STATES = ['whole', 'altered', 'cut'] as const;
export type FileState = (typeof FILE_STATES)[number];

type Brought = {
  readonly state: FileState;
  readonly place: number /** Runs until this work is over. */;
  readonly finish: (work: Promise<unknown>) => Promise<void>;
};

/** Brings the newest snapshot of its ministry to a desktop, as a file that is sealed to it (SPEC S20, X6). */
export async function bringSnapshot(
  endpoint: SimulatedEndpoint,
  { desktop, ministryId }: Pick<Seat, 'desktop' | 'ministryId'>,
  { state, place, finish }: Brought,
): Promise<string> {
  if (!desktop.deviceId) return 'not enrolled';
  const file = await endpoint.snapshotFile(ministryId);
  if (!file) return 'no rows';
  const { sealing } = await devicePublicKeys(desktop.register);
  const bytes = await seal(spoiled(file, state, place), sealing);
  const loading = outcomeOf(desktop.track(desktop.service.commands.loadSnapshot({ bytes })));
  await finish(loading);
  const outcome = await loading;
  if (state !== 'whole' && !outcome.startsWith('refused')) {
    throw new Violation('S20', `a snapshot that was ${state} on its way is ${outcome}`);
  }
  return outcome;
}

function spoiled(file: Buffer, state: FileState, place: number): Buffer {
  if (state === 'whole') return file;
  const at = place % file.length;
  if (state === 'cut') return file.subarray(0, at);
  const altered = Buffer.from(file);
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}

/** A refusal with a code is an answer; anything else is a fault of the program. */
async function outcomeOf(work: Promise<{ readonly outcome: string }>): Promise<string> {
  try {
    return (await work).outcome;
  } catch (error) {
    if (error instanceof AppError) return `refused: ${error.details?.problem ?? error.code}`;
    throw error;
  }
}
