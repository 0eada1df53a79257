import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { fileRow, readWhole } from '../support/attached-files.ts';
import { sha256 } from '../support/endpoint-files.ts';
import { randomOf } from '../support/random.ts';
import { buildProcess } from '../support/storage-process.ts';

const KILLS = Number(process.env.KILLS ?? 12);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);
/** Longest life under load, milliseconds. */
const LONGEST_LIFE = 250;

type Life = { readonly acknowledged: readonly string[] };

/** One process that attaches files until it is killed, so many milliseconds after it began. */
async function live(script: string, directory: string, isFirst: boolean, milliseconds: number): Promise<Life> {
  const victim: ChildProcess = spawn(process.execPath, [script, directory, isFirst ? 'create' : 'open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  if (!victim.stdout) throw new Error('The process has no output');
  const gone = new Promise((resolve) => victim.on('exit', resolve));
  for await (const line of createInterface({ input: victim.stdout })) {
    if (line === 'ready') void sleep(milliseconds).then(() => victim.kill('SIGKILL'));
    if (line.startsWith('attached ')) acknowledged.push(line.slice('attached '.length));
  }
  await gone;
  return { acknowledged };
}

function listed(directory: string): string[] {
  return readdirSync(join(directory, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ path, name }) => join(path, name));
}

describe('the data process, killed while it keeps files', () => {
  it(`F1, F4: no metadata without its bytes, no half file, nothing acknowledged lost (seed ${SEED})`, async () => {
    const script = await buildProcess('test/support/files-crash-process.ts', 'files-crash-process');
    const directory = mkdtempSync(join(tmpdir(), 'registre-files-'));
    const random = randomOf(SEED);
    const acknowledged: string[] = [];
    let swept = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const life = await live(script, directory, kill === 0, Math.floor(random() * LONGEST_LIFE));
      acknowledged.push(...life.acknowledged);
      const connection = openRegister({ directory, key: new Uint8Array(32).fill(9), create: false });
      const service = new RegisterService(new Register(connection));
      const rows = service.register
        .table('files')
        .changedSince(100_000)
        .documents.map(({ id }) => String(id));
      expect(rows).toEqual(expect.arrayContaining(acknowledged));
      for (const id of rows) expect(sha256(readWhole(service, id))).toBe(fileRow(service, id)?.hash);
      const old = new Date(Date.now() - 60_000);
      for (const path of listed(directory)) utimesSync(path, old, old);
      swept += await service.files.sweep();
      expect(listed(directory)).toHaveLength(rows.length);
      await service.close();
    }
    rmSync(directory, { recursive: true, force: true });
    console.log(JSON.stringify({ kills: KILLS, seed: SEED, acknowledged: acknowledged.length, swept }));
    // Kills that hit nothing prove nothing.
    expect(acknowledged.length).toBeGreaterThan(KILLS / 2);
    expect(swept).toBeGreaterThan(0);
  }, 300_000);
});
