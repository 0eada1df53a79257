import { AppError } from '#shared/domain/errors.ts';
import { mayWriteRow } from '#shared/domain/roles.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { readCheckpoint } from '../../electron/data/replication/checkpoint.ts';
import { readEpoch } from '../../electron/data/replication/epoch.ts';
import { ACTS } from './acts.ts';
import { Cast } from './cast.ts';
import type { Backup } from './endpoint.ts';
import { Files } from './files.ts';
import { forge } from './forgery.ts';
import {
  finalOf,
  meetingsOf,
  requireEqual,
  requireLoaded,
  requireNoRefusal,
  requireTruth,
  standingOf,
} from './judgement.ts';
import { Line, type Sabotage, type WireAnswer, type WireRequest } from './line.ts';
import { Oracle, Violation } from './oracle.ts';
import type { Place, Seat } from './seat.ts';
import { bringSnapshot } from './snapshots.ts';
import type { Plan, Step } from './steps.ts';
import { Stick } from './stick.ts';
import { VirtualTime } from './virtual-time.ts';

export type HistoryOptions = {
  /** What every line does to what it carries. */
  readonly sabotage?: Sabotage;
};

export type Outcome = {
  /** A line per step: what it was and what came of it. The same plan gives the same lines. */
  readonly trace: readonly string[];
  readonly violation?: Violation;
  /** What met in this history: one in which nothing met proves nothing. */
  readonly facts: { readonly merges: number; readonly reviews: number; readonly commands: number };
};

/** Milliseconds. */
const [SECOND, HOUR, DAY] = [1000, 3_600_000, 86_400_000];

/** Rounds of everybody in fair weather, after which nobody may have anything to say. */
const MAX_ROUNDS = 12;
/** The round from which on a long wait lies between two: what failed often is tried again after hours. */
const PATIENT_FROM = 8;
/** Requests of one desktop without an end. */
const MAX_REQUESTS = 300;
/** Milliseconds, by the machine's clock, that a program may work without asking the network. */
const MAX_WORK = 60_000;
/** Bytes of bodies in a round without a change, both ways. */
const MAX_IDLE_BYTES = 300;

/** Plays a plan to its end, heals everything, and asks the oracle. */
export async function play(place: Place, plan: Plan, options: HistoryOptions = {}): Promise<Outcome> {
  const history = new History(place, plan, options);
  try {
    return await history.run();
  } finally {
    await history.close();
  }
}

class History {
  readonly #plan: Plan;
  readonly #place: Place;
  readonly #options: HistoryOptions;
  readonly #time: VirtualTime;
  readonly #oracle = new Oracle();
  readonly #stick = new Stick();
  readonly #files: Files;
  readonly #trace: string[] = [];
  readonly #cast: Cast;
  readonly #ministries: string[] = [];
  readonly #seen = new Map<string, number>();
  readonly #stopListening: () => void;
  readonly #dirty = new Set<string>();
  #backup: (Backup & { readonly seen: ReadonlyMap<string, number> }) | undefined;
  /** How often the endpoint came back from a backup. */
  #epochs = 0;
  #violation: Violation | undefined;
  #marks = 0;
  #commands = 0;

  constructor(place: Place, plan: Plan, options: HistoryOptions) {
    this.#place = place;
    this.#plan = plan;
    this.#options = options;
    this.#time = new VirtualTime(plan.seed);
    this.#files = new Files(place.endpoint);
    this.#cast = new Cast({
      place,
      seed: plan.seed,
      time: this.#time,
      oracle: this.#oracle,
      lineOf: (ministryId, seat) => this.#lineOf(ministryId, seat),
    });
    this.#stopListening = place.endpoint.onCommit((ministryId) => this.#dirty.add(ministryId));
    place.endpoint.now = () => this.#time.now;
  }

  async run(): Promise<Outcome> {
    const count = Math.max(...this.#plan.ministries) + 1;
    for (let number = 0; number < count; number += 1) {
      this.#ministries.push((await this.#place.endpoint.addMinistry()).id);
    }
    this.#time.enter();
    try {
      await this.#begin();
      for (const [place, step] of this.#plan.steps.entries()) {
        const outcome = await this.#take(step);
        this.#trace.push(`${place} ${wordsOf(step)} → ${outcome} ${standingOf(this.#seats, this.#seen)}`);
        this.#stopAtViolation();
      }
      await this.#heal();
      await this.#judge();
    } catch (error) {
      this.#violation = error instanceof Violation ? error : new Violation('crash', wordsOfError(error));
    }
    return {
      trace: this.#trace,
      ...(this.#violation && { violation: this.#violation }),
      facts: { ...meetingsOf(this.#seats[0], this.#violation), commands: this.#commands },
    };
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#place.endpoint.mend();
    await this.#cast.close();
    this.#time.leave();
  }

  // ---- the cast -----------------------------------------------------------------------------------------------------

  async #begin(): Promise<void> {
    for (const ministry of this.#plan.ministries) await this.#flow(await this.#join(ministry));
  }

  async #join(ministry: number): Promise<Seat> {
    const seat = this.#cast.join(ministry, this.#ministries[ministry] ?? '');
    await this.#enrol(seat);
    return seat;
  }

  async #enrol(seat: Seat): Promise<void> {
    if (this.#epochs > 0) seat.believed = { epoch: undefined };
    await this.#cast.enrol(seat);
    await this.#settle();
  }

  #lineOf(ministryId: string, seat: () => Seat): Line {
    return new Line({
      receiver: { handle: (request) => this.#handle(request) },
      onArrival: (answer) => this.#requireOwn(ministryId, answer),
      sabotage: this.#options.sabotage,
      carries: this.#plan.carries ?? [],
      onFile: () => this.#keepViolation(() => this.#files.requireFree(seat())),
    });
  }

  // ---- steps --------------------------------------------------------------------------------------------------------

  async #take(step: Step): Promise<string> {
    if (step.kind === 'wait') {
      await this.#time.pass(step.seconds * 1000, () => this.#settle());
      return 'passed';
    }
    if (step.kind === 'endpoint-restart') {
      for (const { line } of this.#seats) line.cut();
      await this.#place.endpoint.restart();
      await this.#settle();
      return 'restarted';
    }
    if (step.kind === 'endpoint-break') {
      this.#place.endpoint.breakTransaction(step.how, step.after);
      return 'planned';
    }
    if (step.kind === 'backup') {
      this.#backup = { ...(await this.#place.endpoint.backUp(this.#ministries)), seen: new Map(this.#seen) };
      return 'made';
    }
    if (step.kind === 'restore') return this.#restore();
    if (step.kind === 'join') {
      await this.#join(step.ministry);
      return 'joined';
    }
    const seat = this.#seats[step.desktop];
    if (!seat) return 'nobody';
    const outcome = await this.#takeAt(seat, step);
    await this.#settle();
    requireTruth(this.#oracle, seat);
    if (step.kind === 'act') this.#files.requireGivenWay(seat);
    await this.#requireLoaded(seat);
    if (this.#carriesFiles) await this.#files.requireReceived(seat);
    return outcome;
  }

  async #restore(): Promise<string> {
    if (!this.#backup) return 'no backup';
    for (const { line } of this.#seats) line.cut();
    await this.#place.endpoint.restore(this.#backup);
    this.#epochs += 1;
    for (const id of this.#ministries) {
      const seq = this.#backup.seen.get(id) ?? 0;
      this.#seen.set(id, seq);
      this.#oracle.noteRestored(id, seq);
    }
    if (this.#carriesFiles) await this.#files.noteRestored(this.#ministries);
    for (const { desktop, installation } of this.#seats) {
      for (const { name } of COLLECTIONS) {
        for (const document of desktop.all(name)) {
          // What its role may not write, another desktop sends (S19).
          if (mayWriteRow(desktop.person.role, name, document)) this.#oracle.noteHeld(installation, name, document);
        }
      }
    }
    for (const seat of this.#seats) seat.believed = { epoch: readEpoch(seat.desktop.register)?.number };
    await this.#settle();
    return 'restored';
  }

  async #takeAt(seat: Seat, step: Extract<Step, { readonly desktop: number }>): Promise<string> {
    const { desktop, line } = seat;
    switch (step.kind) {
      case 'act':
        return this.#act(seat, step);
      case 'sync':
        void desktop.track(desktop.service.commands.syncNow({}));
        return 'asked';
      case 'request':
        return (await line.deliver(step.fate)) ? 'carried' : 'none';
      case 'answer':
        return line.answer(step.fate) ? 'carried' : 'none';
      case 'flow':
        void desktop.track(desktop.service.commands.syncNow({}));
        await this.#flow(seat);
        return 'flowed';
      case 'ghost':
        return (await line.deliverGhost(step.place)) ? 'carried' : 'none';
      case 'wake':
        line.announce(this.#seen.get(seat.ministryId) ?? 0);
        return 'announced';
      case 'weather':
        if (step.weather !== 'up') line.cut();
        line.weather = step.weather;
        return 'changed';
      case 'clock':
        seat.skew += step.days * DAY;
        return 'changed';
      case 'restart':
        await desktop.restart();
        return 'restarted';
      case 'reinstall':
        return this.#reinstall(seat);
      case 'disk':
        desktop.fillDisk(step.isFull);
        return 'changed';
      case 'forge':
        return this.#forge(seat, step);
      case 'snapshot-file':
        return bringSnapshot(this.#place.endpoint, seat, { ...step, finish: (work) => this.#finish(work) });
      case 'snapshot-gone':
        await this.#place.endpoint.dropSnapshots(seat.ministryId);
        return 'gone';
      case 'attach-file':
        return this.#files.attach(seat, step.place);
      case 'turn-file':
        return this.#files.turn(seat, step.place);
      case 'fetch-file':
        return this.#files.fetch(seat, step.place);
      case 'forget-file':
        return this.#files.forget(seat, step.place);
      case 'stick-out':
        return this.#stick.takeFrom(desktop, () => this.#settle());
      case 'stick-in':
        return this.#stick.bringTo(desktop, { ...step, settle: () => this.#settle() });
    }
  }

  #act({ desktop, ministry }: Seat, { act: name, a, b }: Extract<Step, { kind: 'act' }>): string {
    const mark = () => {
      this.#marks += 1;
      return `v${this.#marks}-m${ministry}`;
    };
    try {
      ACTS[name]?.act({ desktop, a, b, mark });
      this.#commands += 1;
      return 'done';
    } catch (error) {
      // A refusal with a code is an answer; anything else is a fault of the program.
      if (error instanceof AppError) return error.code;
      throw error;
    }
  }

  async #reinstall(seat: Seat): Promise<string> {
    await this.#cast.replace(seat);
    await this.#enrol(seat);
    return 'begun';
  }

  async #forge(seat: Seat, { a, b }: Extract<Step, { kind: 'forge' }>): Promise<string> {
    const others = await Promise.all(this.#ministries.map((id) => this.#place.endpoint.rows(id)));
    const own = others[seat.ministry] ?? [];
    return forge({
      desktop: seat.desktop,
      own,
      all: others.flat(),
      isRestored: this.#epochs > 0,
      a,
      b,
      send: (request) => this.#handle(request),
    });
  }

  /** Everything that this desktop asks for is answered, until it asks for nothing. */
  async #flow(seat: Seat): Promise<void> {
    await this.#settle();
    for (let count = 0; seat.line.isWaiting; count += 1) {
      if (count > MAX_REQUESTS) throw new Violation('S14', `desktop ${seat.number} asks without an end`);
      await seat.line.deliver('whole');
      seat.line.answer('whole');
      await this.#settle();
    }
  }

  /** Until this work, which waits for nobody, is over. */
  async #finish(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    work.then(end, end);
    while (!isDone) {
      this.#time.breathe();
      await this.#time.turn();
    }
  }

  /** Until every program waits for the network, for time or for a person. */
  async #settle(): Promise<void> {
    // What a promise began goes on in the same turn; a few turns are for what began in the meantime.
    const begun = Date.now();
    for (let turn = 0; turn < 3 || this.#seats.some(({ desktop }) => desktop.isBusy); turn += 1) {
      if (Date.now() - begun > MAX_WORK) throw new Violation('S14', 'a desktop works without an end');
      this.#time.breathe();
      await this.#time.turn();
    }
  }

  get #seats(): readonly Seat[] {
    return this.#cast.seats;
  }

  get #carriesFiles(): boolean {
    return this.#plan.carries?.includes('files') === true;
  }

  /** S20: once a desktop that began anew has everything, it has exactly what the endpoint has, beside what waits here. */
  async #requireLoaded(seat: Seat): Promise<void> {
    const { desktop, ministryId } = seat;
    const seq = this.#seen.get(ministryId) ?? 0;
    const isHere = desktop.service.replicator.state.phase === 'idle' && readCheckpoint(desktop.register).seq === seq;
    if (!seat.isLoading || !isHere || this.#epochs > 0) return;
    seat.isLoading = false;
    requireLoaded(seat, finalOf(await this.#place.endpoint.rows(ministryId)));
  }

  // ---- the endpoint -------------------------------------------------------------------------------------------------

  async #handle(request: WireRequest): Promise<WireAnswer> {
    const answer = await this.#place.endpoint.handle(request);
    // One that broke after its commit has told nobody.
    if (answer.status >= 500) for (const id of this.#ministries) this.#dirty.add(id);
    for (const id of this.#ministries.filter((ministry) => this.#dirty.delete(ministry))) {
      const rows = await this.#place.endpoint.rows(id, this.#seen.get(id));
      this.#keepViolation(() => this.#oracle.noteCommitted(id, rows));
      this.#seen.set(id, rows.at(-1)?.seq ?? this.#seen.get(id) ?? 0);
    }
    return answer;
  }

  /** S6: no answer holds a byte of another ministry. */
  #requireOwn(ministryId: string, { text, octets }: WireAnswer): void {
    const other = this.#ministries.find((id) => id !== ministryId && (octets ?? text).includes(id));
    if (other) this.#violation ??= new Violation('S6', 'an answer holds rows of another ministry');
  }

  /** The programs under test would take a violation for a failure of the network, and go on. */
  #keepViolation(judge: () => void): void {
    try {
      judge();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.#violation ??= error;
    }
  }

  #stopAtViolation(): void {
    if (this.#violation) throw this.#violation;
  }

  // ---- what must hold -----------------------------------------------------------------------------------------------

  /** Fair weather for everybody, for as long as somebody has something to say. */
  async #heal(): Promise<void> {
    this.#place.endpoint.mend();
    for (const seat of this.#seats) {
      seat.line.weather = 'up';
      seat.line.forgetGhosts();
      seat.desktop.fillDisk(false);
      // Desktops ask once a week what the endpoint may have lost (SPEC F2).
      if (this.#files.hasForgotten) seat.skew += 8 * DAY;
    }
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      // Long enough for whoever waits before the next try, of an enrolment too.
      await this.#time.pass(round < PATIENT_FROM ? 90_000 : 6 * HOUR, () => this.#settle());
      for (const seat of this.#seats) {
        // A code is good for a day; the history may have been longer.
        if (round > 0 && !seat.desktop.deviceId) await this.#enrol(seat);
        void seat.desktop.track(seat.desktop.service.commands.syncNow({}));
        await this.#flow(seat);
      }
      if (this.#carriesFiles) await this.#flowFiles();
      this.#stopAtViolation();
      if (!this.#seats.every((seat) => this.#isDone(seat))) continue;
      if (this.#areFilesDone()) return;
      this.#files.wantAll(this.#seats);
    }
    const files = this.#carriesFiles ? ` ${this.#files.standingOf(this.#seats)}` : '';
    throw new Violation(
      'S3',
      `still not done after ${MAX_ROUNDS} rounds: ${standingOf(this.#seats, this.#seen)}${files}`,
    );
  }

  /** Files follow once everybody knows that no row waits, and before the next look for rows. */
  async #flowFiles(): Promise<void> {
    await this.#time.pass(SECOND, () => this.#settle());
    for (const seat of this.#seats) {
      await this.#flow(seat);
      await this.#files.requireReceived(seat);
    }
  }

  #areFilesDone(): boolean {
    return !this.#carriesFiles || this.#seats.every((seat) => this.#files.isDone(this.#seats, seat));
  }

  #isDone({ desktop, ministryId }: Seat): boolean {
    const { phase, waiting } = desktop.service.replicator.state;
    const isThere = readCheckpoint(desktop.register).seq === (this.#seen.get(ministryId) ?? 0);
    return phase === 'idle' && waiting === 0 && isThere;
  }

  async #judge(): Promise<void> {
    for (const ministryId of this.#ministries) {
      const rows = await this.#place.endpoint.rows(ministryId);
      const final = finalOf(rows);
      this.#oracle.requireNothingLost(ministryId, final);
      requireNoRefusal(final);
      for (const seat of this.#seats.filter((other) => other.ministryId === ministryId)) {
        requireEqual(seat, final);
        requireTruth(this.#oracle, seat);
        await this.#requireWholeJournal(seat);
        await this.#requireQuiet(seat);
      }
    }
    if (this.#carriesFiles) await this.#files.requireAll(this.#seats);
    this.#stopAtViolation();
  }

  async #requireWholeJournal({ desktop, number }: Seat): Promise<void> {
    const check = Promise.resolve(desktop.service.commands.verifyJournal({}));
    await this.#finish(check);
    const { devices } = await check;
    const bad = devices.find(({ firstBad }) => firstBad)?.firstBad;
    if (bad) throw new Violation('J5', `desktop ${number}: ${bad.problem} at entry ${bad.deviceSequence}`);
  }

  /** A round without a change costs next to nothing. */
  async #requireQuiet(seat: Seat): Promise<void> {
    const before = seat.line.bytes;
    void seat.desktop.track(seat.desktop.service.commands.syncNow({}));
    await this.#flow(seat);
    const bytes = seat.line.bytes - before;
    if (bytes > MAX_IDLE_BYTES) throw new Violation('S13', `a round without a change took ${bytes} bytes`);
  }
}

function wordsOf(step: Step): string {
  const { kind, ...details } = step;
  return `${kind} ${Object.values(details).join(' ')}`.trim();
}

function wordsOfError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
