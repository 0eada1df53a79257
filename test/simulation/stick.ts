import { AppError } from '#shared/domain/errors.ts';
import type { NamedBytes } from '#shared/protocol/parcel-port.ts';
import type { Desktop } from './desktop.ts';
import { Violation } from './oracle.ts';

const PART_SIZE = 100_000;
/** Files that are taken in at once. */
const AT_ONCE = 4;

/** A stick that goes from desk to desk, of whatever ministry. Files stay on it, as on every stick. */
export class Stick {
  readonly #files = new Map<string, NamedBytes>();

  /** @param settle runs until the programs wait for somebody */
  async takeFrom(desktop: Desktop, settle: () => Promise<void>): Promise<string> {
    const { commands, questions } = desktop.service;
    for (const file of questions.getCarriedAnswers({}).files) this.#files.set(file.name, file);
    const made = outcomeOf(() => desktop.track(commands.makeParcel({ partSize: PART_SIZE })));
    await settle();
    const outcome = await made;
    if (outcome instanceof AppError) return outcome.code;
    for (const file of outcome.files) this.#files.set(file.name, file);
    return `${this.#files.size} on the stick`;
  }

  async bringTo(
    desktop: Desktop,
    { place, isAltered, settle }: { place: number; isAltered: boolean; settle: () => Promise<void> },
  ): Promise<string> {
    const all = [...this.#files.values()];
    const files = all.slice(place % Math.max(1, all.length)).slice(0, AT_ONCE);
    const [first, ...others] = files;
    if (!first) return 'empty';
    const given = isAltered ? [alter(first, place), ...others] : files;
    const taken = outcomeOf(() => desktop.track(desktop.service.commands.takeParcelFiles({ files: given })));
    await settle();
    const outcome = await taken;
    if (outcome instanceof AppError) return outcome.code;
    const kinds = outcome.files.map(({ kind }) => kind);
    // X2: an altered part is told as such by whoever can read it; a carrier may find the seal of its head broken only.
    if (isAltered && kinds[0] === 'answer') throw new Violation('X2', `an altered ${first.name} was taken`);
    return kinds.join(' ');
  }
}

/** One bit of the body is another. */
function alter({ name, bytes }: NamedBytes, place: number): NamedBytes {
  const altered = Uint8Array.from(bytes);
  const at = bytes.length - 1 - (place % Math.ceil(bytes.length / 4));
  altered[at] = (altered[at] ?? 0) ^ 1;
  return { name, bytes: altered };
}

/** A refusal with a code is an answer; anything else is a fault of the program. */
async function outcomeOf<T>(work: () => Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
