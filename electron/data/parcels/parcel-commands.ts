import type { CommandInput, CommandOutput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { SyncTotals } from '#shared/protocol/parcel-port.ts';
import type { Register } from '../register.ts';
import { endpointKeys } from './device-keys.ts';
import { exportParcels, makeParcel } from './make-parcel.ts';
import { takeFiles } from './take-files.ts';

/** Commands and questions of windows about parcels. */
export class ParcelCommands {
  readonly #register: Register;
  readonly #onChange: () => void;
  /** One after the other: numbers have no gap, and an answer meets the parcels that were made. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(register: Register, onChange: () => void) {
    this.#register = register;
    this.#onChange = onChange;
  }

  make({ partSize }: CommandInput<'makeParcel'>): Promise<CommandOutput['makeParcel']> {
    this.#register.identity.authorise('asset.update');
    return this.#next(async () => {
      const { ownParcels } = this.#register;
      const hasNews = this.#register.waiting.notInParcel(1).length > 0;
      // A second stick of what is on its way already is no second parcel; with nothing on its way it asks for news.
      if (hasNews || ownParcels.lastOpen() === 0) await makeParcel(this.#register);
      return { files: exportParcels(this.#register, partSize), rows: ownParcels.countSent() };
    });
  }

  take({ files }: CommandInput<'takeParcelFiles'>): Promise<CommandOutput['takeParcelFiles']> {
    return this.#next(async () => ({ files: await takeFiles(this.#register, files) }));
  }

  drop({ sha256 }: CommandInput<'dropCarried'>): CommandOutput['dropCarried'] {
    this.#register.carriedFiles.drop(sha256);
    return null;
  }

  get(): QuestionOutput['getParcels'] {
    const { ownParcels, carriedFiles } = this.#register;
    return {
      own: ownParcels.list(),
      carried: carriedFiles.list(),
      totals: countRows(this.#register),
      assets: countRows(this.#register, 'assets'),
      canMake: endpointKeys(this.#register) !== undefined,
    };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined).then(this.#onChange);
    return result;
  }
}

/** SPEC X7: where the rows of this desktop are, of one collection or of all. */
export function countRows({ connection }: Register, collection: string | null = null): SyncTotals {
  const row = connection.get<SyncTotals>(
    `SELECT
        coalesce(sum(local_seq IS NOT NULL AND refused IS NULL AND parcel IS NULL), 0) AS local,
        coalesce(sum(local_seq IS NOT NULL AND refused IS NULL AND parcel IS NOT NULL), 0) AS sent,
        coalesce(sum(local_seq IS NULL AND server_seq IS NOT NULL), 0) AS received,
        coalesce(sum(local_seq IS NOT NULL AND refused IS NOT NULL), 0) AS refused
      FROM (SELECT s.local_seq, s.server_seq, s.refused, (
          SELECT max(parcel) FROM parcel_rows p
            WHERE p.collection = s.collection AND p.id = s.id AND p.local_seq = s.local_seq) AS parcel
        FROM sync_rows s WHERE ? IS NULL OR s.collection = ?)`,
    [collection, collection],
  );
  return row ?? { local: 0, sent: 0, received: 0, refused: 0 };
}
