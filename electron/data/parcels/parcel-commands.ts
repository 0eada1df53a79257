import type { CommandInput, CommandOutput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Register } from '../register.ts';
import { countFiles, countRows } from './count-rows.ts';
import { endpointKeys } from './device-keys.ts';
import { FileParts } from './file-parts.ts';
import { estimateRowBytes, exportParcels, makeParcels } from './make-parcel.ts';
import { takeFiles } from './take-files.ts';

/** Commands and questions of windows about parcels. */
export class ParcelCommands {
  readonly #register: Register;
  readonly #fileParts: FileParts;
  readonly #onChange: () => void;
  /** One after the other: numbers have no gap, and an answer meets the parcels that were made. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(register: Register, files: FileStore, onChange: () => void) {
    this.#register = register;
    this.#fileParts = new FileParts(register, files);
    this.#onChange = onChange;
  }

  make({ partSize, withFiles = false }: CommandInput<'makeParcel'>): Promise<CommandOutput['makeParcel']> {
    this.#register.identity.authorise('asset.update');
    return this.#next(async () => {
      const { ownParcels } = this.#register;
      const hasNews = this.#register.waiting.notInParcel(1).length > 0;
      // A second stick of what is on its way already is no second parcel; with nothing on its way it asks for news.
      if (hasNews || ownParcels.lastOpen() === 0) await makeParcels(this.#register);
      const files = exportParcels(this.#register, partSize);
      const rows = ownParcels.countSent();
      if (!withFiles) return { files, rows };
      const plan = this.#fileParts.plan(partSize);
      return { files, rows, ...(plan.parts > 0 && { plan }) };
    });
  }

  /** One at a time: each takes as much memory as its part is large. */
  sealFiles({ planId, part }: CommandInput<'sealFilePart'>): Promise<CommandOutput['sealFilePart']> {
    this.#register.identity.authorise('asset.update');
    return this.#next(async () => ({ file: await this.#fileParts.seal(planId, part) }));
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
      rowBytes: estimateRowBytes(this.#register),
      files: countFiles(this.#register),
      canMake: endpointKeys(this.#register) !== undefined,
    };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined).then(this.#onChange);
    return result;
  }
}
