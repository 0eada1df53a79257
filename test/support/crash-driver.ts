import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { BACKUP_FOLDER, listBackups, verifyBackup } from '../../electron/data/sqlcipher/backup.ts';
import { openRegister, REGISTER_FILE } from '../../electron/data/sqlcipher/register-file.ts';
import { CrashFacts } from './crash-facts.ts';
import { type CrashCommand, type CrashNews, type CrashOrder, migrationsOf } from './crash-load.ts';
import { randomOf } from './random.ts';
import { buildProcess } from './storage-process.ts';

const KEY = new Uint8Array(32).fill(9);

/** The moment of a kill: while the file is made, while it is opened, while it is migrated, under a load of writes. */
export const MOMENTS = ['create', 'open', 'migrate', 'work'] as const;
export type Moment = (typeof MOMENTS)[number];

export type KillReport = {
  readonly kills: number;
  readonly seed: number;
  /** Commands that had been acknowledged before the kills; all were found. */
  readonly acknowledged: number;
  /** Commands that a kill caught under way: found whole, and not found at all. */
  readonly survived: number;
  readonly lost: number;
  readonly moments: Readonly<Record<Moment, number>>;
  /** Kills that came before the register was open. */
  readonly beforeOpen: number;
  readonly milliseconds: number;
};

export type KillOptions = {
  readonly kills: number;
  readonly seed: number;
  readonly onProgress?: (kill: number) => void;
  /** The bundled process, where it is built already. */
  readonly script?: string;
};

/** Kills on one register; then a new one, so that a check stays cheap. */
const KILLS_PER_REGISTER = 15;
/** Processes that load ahead of their turn. */
const AHEAD = 2;
/** In turn on the disk and in memory, where no write waits and a life holds ten times as many commands. */
const PARENTS = [tmpdir(), ...(existsSync('/dev/shm') ? ['/dev/shm'] : [])];
/** Longest life under load, and about the longest command, milliseconds. */
const LONGEST_LIFE = 300;
const LONGEST_COMMAND = 60;
const AIMS: readonly CrashCommand['kind'][] = ['import', 'together', 'pull', 'push', 'checkpoint'];

/**
 * Kills the program's data process with SIGKILL at random moments, opens its register after each kill and checks it: what
 * was acknowledged is there, nothing is half there. The seed fixes the load and the delays; which instruction a kill hits
 * it cannot fix.
 * @throws AssertionError that names the kill, the seed and the folder, which stays
 */
export async function runKills({ kills, seed, onProgress, script }: KillOptions): Promise<KillReport> {
  const begun = performance.now();
  const path = script ?? (await buildProcess('test/support/crash-process.ts', 'crash-process'));
  const random = randomOf(seed);
  const moments = { create: 0, open: 0, migrate: 0, work: 0 };
  const total = { acknowledged: 0, survived: 0, lost: 0, beforeOpen: 0 };
  // They load while those before them live, die and are checked.
  const loading = Array.from({ length: AHEAD }, () => startVictim(path));
  let crashed: CrashedRegister | undefined;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      if (kill % KILLS_PER_REGISTER === 0) {
        if (crashed) add(total, crashed.finish());
        crashed = new CrashedRegister(PARENTS[(kill / KILLS_PER_REGISTER) % PARENTS.length] ?? tmpdir());
      }
      const victim = loading.shift();
      if (!crashed || !victim) throw new Error('There is no register, or no process');
      loading.push(startVictim(path));
      const moment = crashed.pickMoment(random);
      moments[moment] += 1;
      await crashed.kill(victim, moment, random);
      try {
        await crashed.check();
      } catch (error) {
        throw placed(error, { kill, seed, moment, directory: crashed.directory });
      }
      onProgress?.(kill + 1);
    }
    if (crashed) add(total, crashed.finish());
  } finally {
    for (const { child } of loading) child.kill('SIGKILL');
  }
  return { kills, seed, ...total, moments, milliseconds: Math.round(performance.now() - begun) };
}

type Total = { acknowledged: number; survived: number; lost: number; beforeOpen: number };

function add(total: Total, more: Total): void {
  total.acknowledged += more.acknowledged;
  total.survived += more.survived;
  total.lost += more.lost;
  total.beforeOpen += more.beforeOpen;
}

function placed(error: unknown, facts: Readonly<Record<string, unknown>>): unknown {
  if (error instanceof Error) error.message = `${error.message} (${JSON.stringify(facts)})`;
  return error;
}

/** One register with the processes that died on it. */
class CrashedRegister {
  readonly directory: string;
  readonly #facts = new CrashFacts();
  #migrations = 0;
  #beforeOpen = 0;
  /** How long an opening took last, milliseconds. */
  #opening = 60;
  #news: readonly CrashNews[] = [];

  constructor(parent: string) {
    this.directory = mkdtempSync(join(parent, 'registre-crash-'));
  }

  get #exists(): boolean {
    return existsSync(join(this.directory, REGISTER_FILE));
  }

  pickMoment(random: () => number): Moment {
    if (!this.#exists) return random() < 0.7 ? 'create' : 'work';
    const chance = random();
    if (chance < 0.15) return 'open';
    return chance < 0.3 ? 'migrate' : 'work';
  }

  async kill(victim: Victim, moment: Moment, random: () => number): Promise<void> {
    if (moment === 'migrate') this.#migrations += 1;
    await victim.heard(({ is }) => is === 'ready');
    const ordered = performance.now();
    victim.order({
      directory: this.directory,
      key: Buffer.from(KEY).toString('hex'),
      create: !this.#exists,
      seed: Math.floor(random() * 2 ** 31),
      first: this.#facts.nextNumber,
      migrations: this.#migrations,
    });
    if (moment === 'work') {
      await victim.heard(({ is }) => is === 'open');
      this.#opening = performance.now() - ordered;
      await liveOn(victim, random);
    } else {
      // A migration copies, checks and writes: longer than an opening alone.
      await setTimeout(random() * this.#opening * (moment === 'migrate' ? 4 : 1.2));
    }
    this.#news = await victim.kill();
    if (!this.#news.some(({ is }) => is === 'open')) this.#beforeOpen += 1;
  }

  /** Opens the register as the program would, and looks at it. */
  async check(): Promise<void> {
    const isThere = this.#exists;
    if (!isThere && this.#news.some(({ is }) => is === 'open')) throw new Error('K6: an open register is gone');
    const migrations = migrationsOf(this.#migrations);
    const connection = openRegister({ directory: this.directory, key: KEY, create: !isThere, migrations });
    const service = new RegisterService(new Register(connection));
    try {
      this.#facts.check(service, this.#news, this.#migrations);
    } finally {
      await service.close();
    }
    this.#checkBackups();
  }

  finish(): Total {
    rmSync(this.directory, { recursive: true, force: true });
    const { acknowledged, survived, lost } = this.#facts;
    return { acknowledged, survived, lost, beforeOpen: this.#beforeOpen };
  }

  /** The last copy is whole, and what a kill left half there is gone. */
  #checkBackups(): void {
    const [last] = listBackups(this.directory);
    if (!last) return;
    const folder = join(this.directory, BACKUP_FOLDER);
    verifyBackup(join(folder, last.name), KEY);
    const strangers = readdirSync(folder).filter(
      (name) => !listBackups(this.directory).some((one) => one.name === name),
    );
    if (strangers.length > 0) throw new Error(`K5: ${strangers.length} half copies were left`);
  }
}

/** Half of them die anywhere, half in or shortly after one of the rarer commands. */
async function liveOn(victim: Victim, random: () => number): Promise<void> {
  const life = random() * LONGEST_LIFE;
  const aim = AIMS[Math.floor(random() * AIMS.length * 2)];
  if (!aim) {
    await setTimeout(life);
    return;
  }
  await Promise.race([victim.heard((news) => news.is === 'begin' && news.kind === aim), setTimeout(LONGEST_LIFE * 2)]);
  await setTimeout(random() * LONGEST_COMMAND);
}

type Victim = {
  readonly child: ChildProcess;
  order(order: CrashOrder): void;
  /** Resolves once it said so. @throws Error when it ends by itself before */
  heard(what: (news: CrashNews) => boolean): Promise<void>;
  /** Everything it said until it died. */
  kill(): Promise<readonly CrashNews[]>;
};

function startVictim(script: string): Victim {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Where the tests run in Electron, its executable shall be Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const news: CrashNews[] = [];
  const waiting = new Set<() => void>();
  let isKilled = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const one = parse(line);
    if (one) news.push(one);
    for (const check of waiting) check();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  // Its order may find it dead already; then `heard` says so.
  child.stdin.on('error', () => {});
  return {
    child,
    order: (order) => child.stdin.write(`${JSON.stringify(order)}\n`),
    heard: (what) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (news.some(what)) resolve();
        };
        waiting.add(check);
        void ended.then(() => reject(new Error('The process ended by itself')));
        check();
      }),
    kill: async () => {
      if (child.exitCode !== null) throw new Error(`The process ended by itself with ${child.exitCode}`);
      isKilled = child.kill('SIGKILL');
      await ended;
      if (!isKilled || child.signalCode !== 'SIGKILL') throw new Error('The process ended by itself');
      return news;
    },
  };
}

/** The last line may be cut: what was not said whole was not said. */
function parse(line: string): CrashNews | undefined {
  try {
    return JSON.parse(line) as CrashNews; // written by our own process
  } catch {
    return undefined;
  }
}
