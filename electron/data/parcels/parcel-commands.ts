import type { CommandInput, CommandOutput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Register } from '../register.ts';
import { countRows } from './count-rows.ts';
import { endpointKeys } from './device-keys.ts';
import { exportParcels, makeParcels } from './make-parcel.ts';
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
      if (hasNews || ownParcels.lastOpen() === 0) await makeParcels(this.#register);
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
