/**
 * The program's data process without Electron: opens a register and runs commands on it until it is killed. It loads first
 * and says `ready`, so that a kill may hit any moment of the opening itself.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import type { AssetStatus } from '#shared/schema/asset.ts';
import { Register } from '../../electron/data/register.ts';
import { readCheckpoint } from '../../electron/data/replication/checkpoint.ts';
import { applyAnswer } from '../../electron/data/replication/exchange.ts';
import { prepareExchange } from '../../electron/data/replication/prepare-exchange.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { actsWithoutPlace, inputOf } from './act-input.ts';
import { enrolOffline } from './asset-draft.ts';
import {
  type CrashCommand,
  type CrashNews,
  type CrashOrder,
  designationOf,
  draftOf,
  IMPORT_DEFAULTS,
  markOf,
  migrationsOf,
  pulledAsset,
  tableOf,
} from './crash-load.ts';
import { randomOf } from './random.ts';

type Kind = CrashCommand['kind'];

/** How often each command comes. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['create', 30],
  ['update', 25],
  ['act', 15],
  ['import', 3],
  ['together', 3],
  ['pull', 6],
  ['push', 8],
  ['checkpoint', 3],
  ['ask', 4],
];

function say(news: CrashNews): void {
  writeSync(1, `${JSON.stringify(news)}\n`);
}

async function readOrder(): Promise<CrashOrder> {
  const [line] = await once(process.stdin, 'data');
  // One line, written by our own driver.
  return JSON.parse(String(line)) as CrashOrder;
}

/** Commands on an open register, by chance. */
class Load {
  readonly #service: RegisterService;
  readonly #register: Register;
  readonly #random: () => number;
  readonly #ids: string[];
  #n: number;

  constructor(service: RegisterService, random: () => number, first: number) {
    this.#service = service;
    this.#register = service.register;
    this.#random = random;
    this.#n = first;
    this.#ids = [...service.questions.findAssets({ filter: {}, offset: 0, limit: 500 }).ids];
    service.onEvent((event) => {
      if (event.event === 'import') say({ is: 'step', n: this.#n, created: event.progress.done });
    });
  }

  async next(): Promise<void> {
    const kind = this.#pickKind();
    await this.#run(kind);
    this.#n += 1;
    // Timers, the replicator and what waits for a quiet moment get their turn between commands.
    if (this.#below(3) === 0) await setImmediate();
  }

  async #run(kind: Kind): Promise<void> {
    const n = this.#n;
    switch (kind) {
      case 'create':
        return this.#tell({ n, kind }, () => this.#create(0));
      case 'update':
        return this.#tell({ n, kind, id: this.#pickId() }, ({ id }) =>
          this.#service.commands.updateAsset({ id, changes: { designation: designationOf(markOf(n)) } }),
        );
      case 'act':
        return this.#act(n);
      case 'import':
        return this.#tell({ n, kind, rows: 55 + this.#below(100) }, ({ rows }) => this.#import(rows));
      case 'together':
        return this.#tell({ n, kind, rows: 20 + this.#below(100) }, ({ rows }) =>
          this.#register.transaction(() => {
            for (let row = 0; row < rows; row += 1) this.#create(row);
          }),
        );
      case 'pull':
        return this.#tell({ n, kind, rows: 30 + this.#below(150) }, ({ rows }) => this.#pull(rows));
      case 'push':
        return this.#push(n);
      case 'checkpoint':
        return this.#tell({ n, kind }, () => this.#register.connection.checkpoint());
      case 'ask':
        return this.#tell({ n, kind }, () =>
          this.#service.questions.findAssets({ filter: { text: markOf(n - 1) }, offset: 0, limit: 10, facets: true }),
        );
    }
  }

  async #tell<Command extends CrashCommand>(command: Command, act: (command: Command) => unknown): Promise<void> {
    say({ is: 'begin', ...command });
    await act(command);
    say({ is: 'done', n: command.n });
  }

  #create(row: number): void {
    const made = this.#service.commands.createAsset({ draft: draftOf(this.#n, row), status: 'in-stock' });
    // Creation answers at once: only imports and exchanges are asynchronous.
    this.#ids.push((made as { id: string }).id);
  }

  #act(n: number): Promise<void> {
    const id = this.#pickId();
    // An asset of the store has one of the table's statuses.
    const before = this.#register.table('assets').get(id)?.status as AssetStatus;
    const possible = actsWithoutPlace(before, 'gestionnaire');
    const act = possible[this.#below(possible.length)];
    if (!act) return this.#run('create');
    return this.#tell({ n, kind: 'act', id }, () =>
      this.#service.commands.performAct(inputOf(act, [id], { documentNumber: markOf(n) })),
    );
  }

  async #import(rows: number): Promise<void> {
    const files = [{ name: 'parc.csv', bytes: tableOf(this.#n, rows) }];
    const { previewId, counts } = await this.#service.commands.previewImport({ files, defaults: IMPORT_DEFAULTS });
    if (counts.create !== rows) throw new Error(`The preview shows ${JSON.stringify(counts)}`);
    await this.#service.commands.commitImport({ previewId });
  }

  #pull(rows: number): void {
    const before = readCheckpoint(this.#register).seq;
    const documents = Array.from({ length: rows }, (_, row) => ({
      collection: 'assets',
      seq: before + 1 + row,
      document: pulledAsset(this.#n, row),
    }));
    this.#answer([], documents);
    this.#ids.push(...documents.map(({ document }) => document.id));
  }

  #push(n: number): Promise<void> {
    const { pushed } = prepareExchange(this.#register, { maxRows: 200 });
    const { waiting } = this.#register;
    const settled = pushed.filter(({ row }) => waiting.get(row.collection, row.id)?.localSeq === row.localSeq);
    const rows = settled.map(({ row }) => `${row.collection}/${row.id}`);
    return this.#tell({ n, kind: 'push', rows }, () => this.#answer(pushed, []));
  }

  #answer(pushed: Parameters<typeof applyAnswer>[1], documents: Parameters<typeof applyAnswer>[2]['documents']): void {
    const seq = readCheckpoint(this.#register).seq + documents.length;
    applyAnswer(this.#register, pushed, {
      protocol: PROTOCOL_VERSION,
      answers: pushed.map(() => ({ outcome: 'accepted', seq })),
      documents,
      checkpoint: { seq },
      more: false,
      time: this.#register.instant(),
    });
  }

  #pickKind(): Kind {
    if (this.#ids.length === 0) return 'create';
    let place = this.#below(SHARES.reduce((sum, [, share]) => sum + share, 0));
    for (const [kind, share] of SHARES) {
      if (place < share) return kind;
      place -= share;
    }
    return 'create';
  }

  #pickId(): string {
    return this.#ids[this.#below(this.#ids.length)] ?? '';
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}

say({ is: 'ready' });
const order = await readOrder();
const connection = openRegister({
  directory: order.directory,
  key: Buffer.from(order.key, 'hex'),
  create: order.create,
  migrations: migrationsOf(order.migrations),
});
const service = new RegisterService(new Register(connection));
if (!service.register.identity.get()) enrolOffline(service.register, 'gestionnaire');
say({ is: 'open' });
const load = new Load(service, randomOf(order.seed), order.first);
for (;;) await load.next();
