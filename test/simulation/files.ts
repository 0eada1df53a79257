import { createHash } from 'node:crypto';
import { AppError } from '#shared/domain/errors.ts';
import { attach, readWhole } from '../support/attached-files.ts';
import { randomOf } from '../support/random.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import { Violation } from './oracle.ts';
import type { Seat } from './seat.ts';

/** Bytes of the files of a history: some go with the request that announces them, some in pieces. */
const SIZES = [300, 5_000, 70_000, 100_000] as const;
const THUMBNAIL = 400;
/** Different files of a history: the same one is attached twice now and then, by others too. */
const CONTENTS = 12;
const PAGE = 500;

/** What lies in files in a history: which bytes a hash is of, and what the endpoint's disk has forgotten. */
export class Files {
  readonly #endpoint: SimulatedEndpoint;
  readonly #contents = new Map<string, Buffer>();
  /** Seen at the endpoint, byte for byte, by ministry and hash. */
  readonly #seen = new Set<string>();
  /** What its disk forgot after somebody was told that it is there. */
  readonly #forgotten = new Set<string>();

  constructor(endpoint: SimulatedEndpoint) {
    this.#endpoint = endpoint;
  }

  get hasForgotten(): boolean {
    return this.#forgotten.size > 0;
  }

  /** Attaches a file to one of the records: a photo with its small picture, or a document. */
  async attach({ desktop }: Seat, number: number): Promise<string> {
    const assets = desktop.all('assets').sort((left, right) => (left.id < right.id ? -1 : 1));
    const asset = assets[number % Math.max(1, assets.length)];
    if (!asset) return 'no record';
    const isPhoto = number % 3 !== 0;
    const data = this.#content(number, isPhoto);
    const thumbnail = isPhoto ? this.#remember(bytesOf(number % CONTENTS, THUMBNAIL, PHOTO)) : undefined;
    return outcomeOf(() => attach(desktop.service, asset.id, { data, ...(thumbnail && { thumbnail }) }));
  }

  /** Takes a file off its record, or puts one back. */
  async turn(seat: Seat, number: number): Promise<string> {
    const row = pickRow(seat, number);
    if (!row) return 'no file';
    const { commands } = seat.desktop.service;
    return outcomeOf(() => (row.removed ? commands.restoreFile({ id: row.id }) : commands.retireFile({ id: row.id })));
  }

  /** A person opens a file. */
  async fetch(seat: Seat, number: number): Promise<string> {
    const row = pickRow(seat, number);
    if (!row) return 'no file';
    return outcomeOf(() => seat.desktop.service.commands.fetchFile({ id: row.id }));
  }

  /** The endpoint's disk forgets a file. */
  async forget({ ministryId }: Seat, number: number): Promise<string> {
    const hashes = await this.#endpoint.files(ministryId);
    const hash = hashes[number % Math.max(1, hashes.length)];
    if (hash === undefined) return 'no file';
    await this.#endpoint.loseFile(ministryId, hash);
    this.#noteForgotten(ministryId, hash);
    return 'forgotten';
  }

  /** The endpoint came back from a backup: it has the files of that day. */
  async noteRestored(ministries: readonly string[]): Promise<void> {
    for (const ministryId of ministries) {
      const there = new Set(await this.#endpoint.files(ministryId));
      for (const hash of this.#contents.keys()) if (!there.has(hash)) this.#noteForgotten(ministryId, hash);
    }
  }

  /** F2: what a desktop was told that the endpoint has, it has, byte for byte. */
  async requireReceived({ desktop, ministryId, number }: Seat): Promise<void> {
    for (const hash of desktop.service.files.store.received('', PAGE)) {
      const key = `${ministryId} ${hash}`;
      if (this.#seen.has(key) || this.#forgotten.has(key)) continue;
      if (!(await this.#isThere(ministryId, hash))) {
        throw new Violation('F2', `desktop ${number} was told that ${hash.slice(0, 8)} is received; it is not there`);
      }
      this.#seen.add(key);
    }
  }

  /** F1: bytes of a file travel only while no row waits. */
  requireFree({ desktop, number }: Pick<Seat, 'desktop' | 'number'>): void {
    const { phase, waiting } = desktop.service.replicator.state;
    if (waiting > 0 && phase !== 'exchanging') {
      throw new Violation('F1', `desktop ${number} carries a file while ${waiting} rows wait`);
    }
  }

  /** F1: who has just written a row has given up the file that was on its way. */
  requireGivenWay({ desktop, line, number }: Seat): void {
    if (desktop.service.replicator.state.waiting === 0 || !line.isWaitingFor('files')) return;
    throw new Violation('F1', `desktop ${number} goes on with a file after a row was written`);
  }

  /** Everybody wants to see every file that still lies somewhere. */
  wantAll(seats: readonly Seat[]): void {
    for (const seat of seats) {
      for (const row of fileRows(seat)) {
        if (!this.#isSomewhere(seats, seat, String(row.hash))) continue;
        seat.desktop.service.commands.fetchFile({ id: row.id });
      }
    }
  }

  /** Nothing is left to send, and what was wanted is here. */
  isDone(seats: readonly Seat[], seat: Seat): boolean {
    const { store } = seat.desktop.service.files;
    if (store.waiting(1).length > 0) return false;
    return fileRows(seat).every(
      ({ hash }) => store.hasWhole(String(hash)) || !this.#isSomewhere(seats, seat, String(hash)),
    );
  }

  /** Where everybody stands, for whoever reads of a failure. */
  standingOf(seats: readonly Seat[]): string {
    return seats
      .map((seat) => {
        const { store, transfer } = seat.desktop.service.files;
        const missing = fileRows(seat).filter(({ hash }) => !store.hasWhole(String(hash)));
        return `[${store.waiting(PAGE).length} to send, ${missing.length} to fetch, ${transfer.active ? 'active' : 'idle'}]`;
      })
      .join('');
  }

  /** F1, F2: in the end each desktop has every file byte for byte, and so has the endpoint. */
  async requireAll(seats: readonly Seat[]): Promise<void> {
    for (const seat of seats) {
      const { desktop, ministryId, number } = seat;
      const { store } = desktop.service.files;
      for (const row of fileRows(seat)) {
        const hash = String(row.hash);
        if (!store.hasWhole(hash)) continue;
        if (sha256(readWhole(desktop.service, row.id)) !== hash) {
          throw new Violation('F2', `desktop ${number} shows other bytes for ${hash.slice(0, 8)}`);
        }
        if (!(await this.#isThere(ministryId, hash))) {
          throw new Violation('F2', `${hash.slice(0, 8)} is on desktop ${number} and not at the endpoint`);
        }
      }
    }
  }

  #content(number: number, isPhoto: boolean): Buffer {
    const size = SIZES[number % SIZES.length] ?? SIZES[0];
    return this.#remember(bytesOf(number % CONTENTS, size, isPhoto ? PHOTO : DOCUMENT));
  }

  #remember(data: Buffer): Buffer {
    this.#contents.set(sha256(data), data);
    return data;
  }

  #noteForgotten(ministryId: string, hash: string): void {
    const key = `${ministryId} ${hash}`;
    this.#seen.delete(key);
    this.#forgotten.add(key);
  }

  #isSomewhere(seats: readonly Seat[], { ministryId }: Seat, hash: string): boolean {
    if (this.#seen.has(`${ministryId} ${hash}`)) return true;
    return seats.some((other) => other.ministryId === ministryId && other.desktop.service.files.store.hasWhole(hash));
  }

  async #isThere(ministryId: string, hash: string): Promise<boolean> {
    const there = await this.#endpoint.file(ministryId, hash);
    const wanted = this.#contents.get(hash);
    return there !== undefined && wanted !== undefined && there.equals(wanted);
  }
}

const PHOTO = Buffer.from('ffd8ffe000104a46494600010100', 'hex');
const DOCUMENT = Buffer.from('%PDF-1.7\n');

/** The same bytes for the same number in every history. */
function bytesOf(number: number, size: number, head: Buffer): Buffer {
  const random = randomOf(number);
  const noise = Buffer.from(Uint8Array.from({ length: 256 }, () => Math.floor(random() * 256)));
  return Buffer.concat([head, Buffer.alloc(size - head.length, noise)]);
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function fileRows({ desktop }: Seat) {
  return desktop.all('files').sort((left, right) => (left.id < right.id ? -1 : 1));
}

function pickRow(seat: Seat, number: number) {
  const rows = fileRows(seat);
  return rows[number % Math.max(1, rows.length)];
}

/** A refusal with a code is an answer; anything else is a fault of the program. */
async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
