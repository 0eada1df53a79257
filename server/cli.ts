import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '#shared/domain/errors.ts';
import { ROLES } from '#shared/domain/roles.ts';
import { createEnrolmentCode, createMinistry } from './commands/administration.ts';
import { backUp, restore } from './commands/backup.ts';
import { describeFleet } from './commands/fleet.ts';
import { takeParcels, writeNews } from './commands/parcels.ts';
import { serve } from './commands/serve.ts';
import { writeSnapshot } from './commands/snapshot.ts';
import { readConfig } from './config.ts';
import type { Demonstration } from './seed.ts';
import type { StorePlace } from './store/open-store.ts';
import { UsageError } from './usage-error.ts';

const USAGE = `Registre endpoint

  serve            --data DIR | --database-url URL  [--host 127.0.0.1] [--port 0] [--demonstration | --demonstration=empty]
  ministry add     --data DIR | --database-url URL  --acronym MND --name "Ministère …"
  enrolment-code   --data DIR | --database-url URL  --ministry MND --name "…" --role gestionnaire
  snapshot         --data DIR | --database-url URL  --ministry MND --device K7 --out FILE
  parcel take      --data DIR | --database-url URL  --out DIR  FILE…
  parcel news      --data DIR | --database-url URL  --ministry MND --device K7 --out DIR [--after SEQUENCE]
  fleet            --data DIR | --database-url URL  [--silent DAYS]
  backup           --data DIR | --database-url URL  --to FILE
  restore          --data DIR | --database-url URL  --from FILE

Parcels come by hand from desktops without a network; answers and news for them are written into the folder.
A snapshot is for one device, sealed to it: it loads its ministry's register from the file, without a network.
--data keeps the register in a folder (embedded PostgreSQL), for one process at a time; --database-url, or the variable
REGISTRE_DATABASE_URL, names a PostgreSQL server. Roles: ${ROLES.join(', ')}.
REGISTRE_ADMIN_TOKEN (16 characters or more) opens the administration routes of a running endpoint.
`;

const OPTIONS = {
  data: { type: 'string' },
  'database-url': { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '0' },
  demonstration: { type: 'string' },
  acronym: { type: 'string' },
  name: { type: 'string' },
  ministry: { type: 'string' },
  role: { type: 'string' },
  device: { type: 'string' },
  out: { type: 'string' },
  after: { type: 'string' },
  silent: { type: 'string', default: '0' },
  to: { type: 'string' },
  from: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'help'>, string>> & { readonly files?: readonly string[] };

/** One JSON object a line on the standard output, for whoever started this process. */
function announce(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Commands that are followed by files. */
const TAKES_FILES: readonly string[] = ['parcel take'];

/** `--demonstration` alone means the full one; `parseArgs` knows no option with an optional value. */
function readArguments(): { command: string; values: Values; wantsHelp: boolean } {
  const args = process.argv.slice(2).map((arg) => (arg === '--demonstration' ? '--demonstration=full' : arg));
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const { help, ...rest } = values;
    const words = TAKES_FILES.find((name) => positionals.slice(0, 2).join(' ') === name) ? 2 : positionals.length;
    const files = positionals.slice(words);
    return { command: positionals.slice(0, words).join(' '), values: { ...rest, files }, wantsHelp: help };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read', { cause: error });
  }
}

function readPlace(values: Values): StorePlace {
  if (values.data && values['database-url']) throw new UsageError('Give --data or --database-url, not both');
  if (values.data) return { data: values.data };
  const databaseUrl = values['database-url'] ?? process.env.REGISTRE_DATABASE_URL;
  if (databaseUrl) return { databaseUrl };
  throw new UsageError('Give --data DIR or --database-url URL');
}

function need(values: Values, name: Exclude<keyof Values, 'files'>): string {
  const value = values[name];
  if (!value) throw new UsageError(`--${name} is missing`);
  return value;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError('--port must be a number from 0 to 65535');
  return port;
}

function readDemonstration(text: string | undefined): Demonstration | undefined {
  if (text === undefined || text === 'full' || text === 'empty') return text;
  throw new UsageError('--demonstration takes nothing or =empty');
}

async function runServe(values: Values): Promise<void> {
  const endpoint = await serve({
    place: readPlace(values),
    host: need(values, 'host'),
    port: readPort(need(values, 'port')),
    demonstration: readDemonstration(values.demonstration),
    config: readConfig(process.env),
    onProgress: (step, done, total) => announce({ event: 'progress', step, done, total }),
  });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await endpoint.stop();
    announce({ event: 'stopped' });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop().catch(fail));
  announce({ event: 'listening', address: endpoint.address });
}

async function runMinistryAdd(values: Values): Promise<void> {
  const input = { acronym: need(values, 'acronym'), name: need(values, 'name') };
  announce({ event: 'ministry', ...(await createMinistry(readPlace(values), input)) });
}

async function runEnrolmentCode(values: Values): Promise<void> {
  const role = ROLES.find((known) => known === need(values, 'role'));
  if (!role) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
  const request = { ministry: need(values, 'ministry'), person: { name: need(values, 'name'), role } };
  announce({ event: 'enrolment-code', ...(await createEnrolmentCode(readPlace(values), request)) });
}

async function runSnapshot(values: Values): Promise<void> {
  const input = { ministry: need(values, 'ministry'), device: need(values, 'device'), out: need(values, 'out') };
  announce({ event: 'snapshot', ...(await writeSnapshot(readPlace(values), input)) });
}

async function runFleet(values: Values): Promise<void> {
  const days = need(values, 'silent');
  if (!/^\d{1,4}$/.test(days)) throw new UsageError('--silent must be a number of days');
  process.stdout.write(await describeFleet(readPlace(values), Number(days), new Date()));
}

async function runBackup(values: Values): Promise<void> {
  const file = need(values, 'to');
  announce({ event: 'backup', file, bytes: await backUp(readPlace(values), file) });
}

async function runRestore(values: Values): Promise<void> {
  const file = need(values, 'from');
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}`);
  await restore(readPlace(values), file);
  announce({ event: 'restored', file });
}

async function runParcelTake(values: Values): Promise<void> {
  const { files = [] } = values;
  if (files.length === 0) throw new UsageError('No file');
  let refused = 0;
  await takeParcels(readPlace(values), { files, out: need(values, 'out') }, (taken) => {
    announce({ event: 'parcel', ...taken });
    if (taken.state === 'refused') refused += 1;
  });
  // Some were not taken: whoever started this must see it without reading.
  if (refused > 0) process.exitCode = 1;
}

async function runParcelNews(values: Values): Promise<void> {
  const after = values.after === undefined ? undefined : Number(values.after);
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= 0)) {
    throw new UsageError('--after must be a sequence, 0 or more');
  }
  const input = { ministry: need(values, 'ministry'), device: need(values, 'device'), out: need(values, 'out') };
  const files = await writeNews(readPlace(values), { ...input, ...(after !== undefined && { after }) });
  announce({ event: 'news', files });
}

const COMMANDS: Readonly<Record<string, (values: Values) => Promise<void>>> = {
  serve: runServe,
  'ministry add': runMinistryAdd,
  'enrolment-code': runEnrolmentCode,
  snapshot: runSnapshot,
  'parcel take': runParcelTake,
  'parcel news': runParcelNews,
  fleet: runFleet,
  backup: runBackup,
  restore: runRestore,
};

async function main(): Promise<void> {
  const { command, values, wantsHelp } = readArguments();
  if (wantsHelp) {
    process.stdout.write(USAGE);
    return;
  }
  const run = COMMANDS[command];
  if (!run) throw new UsageError(command ? `Unknown command: ${command}` : 'No command');
  await run(values);
}

/** Misuse ends with 2 and the usage; a failure with 1 and its code, as a line of JSON for the parent process. */
function fail(error: unknown): void {
  if (error instanceof UsageError || error instanceof RangeError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const code = error instanceof AppError ? error.code : 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ event: 'failed', code, message })}\n`);
  process.exitCode = 1;
}

main().catch(fail);
