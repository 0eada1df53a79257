import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { type FilePiece, filePartStart, planFileParts } from '#shared/parcels/file-part.ts';
import type { PartFile } from '#shared/parcels/parcel-file.ts';
import type { FilePlan } from '#shared/protocol/parcel-port.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { sealStream } from '#shared/sealing/seal.ts';
import { breathe } from '../breathe.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Register } from '../register.ts';
import { requireEndpointKeys } from './device-keys.ts';
import { signParts } from './make-parcel.ts';

/** Bytes read from the disk, and sealed, before windows are heard. */
const SLICE = 256 * 1024;
/** Files that one plan takes: a person does not wait for more. */
const MAX_FILES = 100_000;

type Plan = {
  readonly planId: string;
  /** The parcel whose rows, or the rows before it, describe the files. */
  readonly number: number;
  readonly madeAt: string;
  readonly parts: readonly (readonly FilePiece[])[];
};

/**
 * Bytes of files that go by hand (SPEC X1): planned at once, then read, sealed and given away part by part, so that never
 * more than one is in memory.
 */
export class FileParts {
  readonly #register: Register;
  readonly #store: Pick<FileStore, 'waiting' | 'hasWhole' | 'read'>;
  #plan: Plan | undefined;

  constructor(register: Register, store: Pick<FileStore, 'waiting' | 'hasWhole' | 'read'>) {
    this.#register = register;
    this.#store = store;
  }

  /** Everything that the endpoint is not known to have, thumbnails first; what left before may have been lost. */
  plan(partSize: number): FilePlan {
    const files = this.#store
      .waiting(MAX_FILES)
      // What describes it stays here until a person has decided: the endpoint would not take the file.
      .filter(({ fileId }) => this.#register.waiting.get('files', fileId)?.isRefused !== true);
    this.#plan = {
      planId: this.#register.environment.newId(),
      number: this.#register.ownParcels.lastOpen(),
      madeAt: this.#register.instant(),
      parts: planFileParts(files, partSize),
    };
    return {
      planId: this.#plan.planId,
      parts: this.#plan.parts.length,
      files: files.filter(({ part }) => part === 'file').length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** @throws AppError COMMAND_NOT_FOUND where there is no such part in the last plan */
  async seal(planId: string, part: number): Promise<PartFile> {
    const plan = this.#plan;
    const pieces = plan?.planId === planId ? plan.parts[part - 1] : undefined;
    if (!plan || !pieces) throw new AppError('COMMAND_NOT_FOUND', 'There is no such part with files');
    const { number, madeAt, parts } = plan;
    const { sealed, hashes } = await this.#sealPieces(number, pieces);
    const what = { kind: 'files', number, follows: 0, madeAt, files: { part, of: parts.length } } as const;
    const [file] = signParts(this.#register, what, sealed, sealed.length);
    if (!file) throw new Error('A part holds something');
    this.#register.transaction(() => this.#register.ownParcels.noteFiles(number, hashes));
    return file;
  }

  async #sealPieces(
    number: number,
    planned: readonly FilePiece[],
  ): Promise<{ readonly sealed: Uint8Array; readonly hashes: readonly string[] }> {
    const { sealing } = requireEndpointKeys(this.#register);
    for (;;) {
      const pieces = planned.filter(({ hash }) => this.#store.hasWhole(hash));
      try {
        const sealed = await sealStream(this.#read(number, pieces), sealing);
        // One that is divided has left with its last piece.
        const left = pieces.filter(({ bytes, offset, length }) => offset + length === bytes);
        return { sealed, hashes: left.map(({ hash }) => hash) };
      } catch (error) {
        // One that is damaged is forgotten by the store: the others go without it.
        const isFewer = pieces.some(({ hash }) => !this.#store.hasWhole(hash));
        if (toErrorData(error).code !== 'COMMAND_NOT_FOUND' || !isFewer) throw error;
      }
    }
  }

  async *#read(number: number, pieces: readonly FilePiece[]): AsyncGenerator<Uint8Array> {
    const { device } = this.#register.identity.require();
    yield filePartStart({ protocol: PROTOCOL_VERSION, deviceId: device.id, number, pieces: [...pieces] });
    for (const { hash, offset, length } of pieces) {
      for (let at = 0; at < length; at += SLICE) {
        yield this.#store.read(hash, { offset: offset + at, length: Math.min(SLICE, length - at) });
        await breathe();
      }
    }
  }
}
