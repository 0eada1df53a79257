import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#shared/domain/roles.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import { type Environment, Register } from '../../electron/data/register.ts';
import { REMOTE_CONTEXT } from '../../electron/data/replication/waiting-rows.ts';
import { toWire } from '../../electron/data/replication/wire-document.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import type { Line } from './line.ts';

/** One committed write of a desktop. */
export type LocalWrite = {
  readonly collection: CollectionName;
  readonly before: WireDocument | undefined;
  readonly after: WireDocument;
  /** True where the desktop wrote down what came from the endpoint. */
  readonly isRemote: boolean;
};

export type DesktopOptions = {
  readonly ministryId: string;
  readonly person: { readonly name: string; readonly role: Role };
  readonly line: Line;
  readonly environment: Environment;
  readonly onWrite: (write: LocalWrite) => void;
};

const SERVER = 'https://registre.example';
const KEY = new Uint8Array(32).fill(7);

/** A folder of registers in memory where there is one: a history waits for no disk. */
export class Profiles {
  readonly #folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'registre-simulation-'));
  #count = 0;

  constructor() {
    new Register(openRegister({ directory: this.#template, key: KEY, create: true })).close();
  }

  get #template(): string {
    return join(this.#folder, 'template');
  }

  /** The folder of a new register. */
  add(): string {
    this.#count += 1;
    const directory = join(this.#folder, String(this.#count));
    cpSync(this.#template, directory, { recursive: true });
    return directory;
  }

  remove(directory: string): void {
    rmSync(directory, { recursive: true, force: true });
  }

  close(): void {
    this.remove(this.#folder);
  }
}

/** One installation of the program: the real service on a real encrypted file, at the end of a line. */
export class Desktop {
  readonly ministryId: string;
  readonly person: DesktopOptions['person'];
  readonly line: Line;
  readonly directory: string;
  readonly #options: DesktopOptions;
  #service: RegisterService;
  /** Commands that have not answered yet. */
  readonly #unanswered = new Set<Promise<unknown>>();
  #isDiskFull = false;

  constructor(directory: string, options: DesktopOptions) {
    this.directory = directory;
    this.ministryId = options.ministryId;
    this.person = options.person;
    this.line = options.line;
    this.#options = options;
    this.#service = this.#open();
  }

  get service(): RegisterService {
    return this.#service;
  }

  get register(): Register {
    return this.#service.register;
  }

  /** The device as the endpoint named it; empty before the enrolment. */
  get deviceId(): string {
    return this.register.identity.get()?.device.id ?? '';
  }

  /** True while the program works and waits for nobody. */
  get isBusy(): boolean {
    if (this.#service.files.transfer.isRunning && !this.line.isWaitingFor('files')) return true;
    if (this.line.isWaitingFor('rows')) return false;
    return this.#unanswered.size > 0 || this.#service.replicator.state.phase === 'exchanging';
  }

  all(collection: CollectionName): WireDocument[] {
    return this.register.table(collection).changedSince(Number.POSITIVE_INFINITY).documents.map(toWire);
  }

  /** Enrols as soon as the line lets it, as a prepared profile does. */
  enrol(code: string): void {
    const enrolment = { server: SERVER, code, deviceName: 'Poste' };
    void this.#service.replicator.enrolWhenPossible(() => this.track(this.#service.enrol(enrolment)));
  }

  /** A command that may take a while. */
  track<T>(work: T | Promise<T>): Promise<T> {
    const promise = Promise.resolve(work);
    const end = () => {
      this.#unanswered.delete(promise);
    };
    promise.then(end, end);
    this.#unanswered.add(promise);
    return promise;
  }

  /** The disk takes nothing any more, or has room again. */
  fillDisk(isFull: boolean): void {
    this.#isDiskFull = isFull;
    this.#limitPages();
  }

  get isDiskFull(): boolean {
    return this.#isDiskFull;
  }

  /** Ends the program where it stands and starts it again on the same file. */
  async restart(): Promise<void> {
    await this.close();
    this.#service = this.#open();
    this.#limitPages();
  }

  async close(): Promise<void> {
    this.line.cut();
    await this.#service.close();
  }

  #open(): RegisterService {
    const { environment, line, onWrite } = this.#options;
    const connection = openRegister({ directory: this.directory, key: KEY, create: false });
    const register = new Register(connection, environment);
    for (const { name } of COLLECTIONS) {
      register.table(name).onWrite(({ previous, current }, context) => {
        const write = {
          collection: name,
          before: previous && toWire(previous),
          after: toWire(current),
          isRemote: context === REMOTE_CONTEXT,
        };
        // Only what is on the disk was promised to anybody.
        connection.onCommit(() => onWrite(write));
      });
    }
    return new RegisterService(register, { transport: line.transport });
  }

  /** SQLite's own limit: it answers as a full disk does, at the next page. */
  #limitPages(): void {
    const { connection } = this.register;
    const pages = connection.value<number>('PRAGMA page_count') ?? 0;
    connection.exec(`PRAGMA max_page_count = ${this.#isDiskFull ? pages : 1_000_000_000}`);
  }
}
