import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/roles.ts';
import { randomOf } from '../support/random.ts';
import { Desktop } from './desktop.ts';
import type { Line } from './line.ts';
import type { Installation, Oracle } from './oracle.ts';
import type { Place, Seat } from './seat.ts';
import type { VirtualTime } from './virtual-time.ts';

const ROLES = ['dsi', 'gestionnaire', 'dsi', 'technicien'] as const satisfies readonly Role[];

type Options = {
  readonly place: Place;
  readonly seed: number;
  readonly time: VirtualTime;
  readonly oracle: Oracle;
  /** The line of a desktop that is about to sit down. */
  readonly lineOf: (ministryId: string, seat: () => Seat) => Line;
};

/** Who takes part in a history: people at their seats, and the installations that follow each other there. */
export class Cast {
  readonly seats: Seat[] = [];
  readonly #options: Options;
  readonly #random: () => number;
  #installations = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#random = randomOf(options.seed ^ 0x5eed);
  }

  /** A new desktop, not enrolled yet. */
  join(ministry: number, ministryId: string): Seat {
    const seat: Seat = {
      number: this.seats.length,
      ministry,
      ministryId,
      line: this.#options.lineOf(ministryId, () => seat),
      installation: this.#install(ministryId),
      skew: 0,
      isLoading: true,
      desktop: undefined as never,
    };
    seat.desktop = this.#start(seat);
    this.seats.push(seat);
    return seat;
  }

  /** The disk is lost: another installation takes its place, not enrolled yet. */
  async replace(seat: Seat): Promise<void> {
    await seat.desktop.close();
    this.#options.place.profiles.remove(seat.desktop.directory);
    seat.installation.isLost = true;
    seat.installation = this.#install(seat.ministryId);
    seat.desktop = this.#start(seat);
    seat.isLoading = true;
  }

  async enrol({ desktop, ministryId }: Seat): Promise<void> {
    desktop.enrol(await this.#options.place.endpoint.enrolmentCode(ministryId, desktop.person));
  }

  async close(): Promise<void> {
    for (const { desktop } of this.seats) {
      await desktop.close().catch(() => {});
      this.#options.place.profiles.remove(desktop.directory);
    }
  }

  #install(ministryId: string): Installation {
    this.#installations += 1;
    return { number: this.#installations, ministryId, isLost: false };
  }

  #start({ number, ministryId, line, installation }: Seat): Desktop {
    const { place, time, oracle } = this.#options;
    return new Desktop(place.profiles.add(), {
      ministryId,
      person: { name: `Personne ${number}`, role: ROLES[number % ROLES.length] ?? 'dsi' },
      line,
      environment: { now: () => time.now + (this.seats[number]?.skew ?? 0), newId: () => this.#newId() },
      onWrite: (write) => oracle.noteWrite(installation, write),
    });
  }

  #newId(): string {
    const random = Uint8Array.from({ length: 16 }, () => Math.floor(this.#random() * 256));
    return uuidv7({ msecs: this.#options.time.now, random });
  }
}
