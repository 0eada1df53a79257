import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../../build/scripts/paths.mjs';
import type { Result } from '../bench/report.ts';
import type { SyncResult } from '../bench/sync/report.ts';

/** Enough for every part to do what it does; the times say nothing. */
const TINY = ['--sizes', '120,400', '--runs', '1', '--start', '200', '--import', '200', '--kills', '2'];

test('the bench runs every part for everyone, and everyone gives the same answers', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'registre-bench-'));
  const file = join(directory, 'bench.json');
  try {
    const { code, output } = await run([join(ROOT, 'build/scripts/bench.mjs'), 'storage', ...TINY, '--json', file]);
    expect(code, output).toBe(0);
    const { measurements, kills }: Result & { readonly kills: { readonly kills: number } } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const whoDid = (row: string) =>
      [...new Set(measurements.filter((measurement) => measurement.row === row).map(({ contestant }) => contestant))]
        .sort()
        .join(' ');
    const everyone = 'dexie floor port process';
    for (const row of ['suite find-by-query', 'filter, sort, first 100', 'page 1,000', 'count']) {
      expect.soft(whoDid(row), row).toBe(everyone);
    }
    for (const row of ['search as one types, p95', 'counts of all four filters', 'live list after one edit']) {
      expect.soft(whoDid(row), row).toBe(everyone);
    }
    expect.soft(whoDid('load')).toBe('dexie floor process');
    expect.soft(whoDid('start to a usable list')).toBe('dexie floor port');
    expect.soft(whoDid('memory of the data process in use, resident')).toBe('port');
    const failed = measurements.find(({ row }) => row.endsWith('questions that failed'));
    expect.soft(failed?.runs).toEqual([0]);
    expect.soft(kills.kills).toBe(2);
    expect(output).toContain('| ours, port |');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('the bench of synchronisation runs every part for everyone, and everyone has all assets at the end', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'registre-bench-'));
  const file = join(directory, 'bench.json');
  try {
    const tiny = ['--sizes', '20,60', '--edits', '5', '--runs', '1'];
    const { code, output } = await run([join(ROOT, 'build/scripts/bench.mjs'), 'sync', ...tiny, '--json', file]);
    expect(code, output).toBe(0);
    const { measurements }: SyncResult = JSON.parse(readFileSync(file, 'utf8'));
    const whoDid = (row: string) =>
      measurements
        .filter((measurement) => measurement.row === row)
        .map(({ contestant }) => contestant)
        .sort()
        .join(' ');
    expect.soft(whoDid('one edit until acknowledged, bytes')).toBe('bare collections ours pouchdb rxdb');
    expect.soft(whoDid('5 edits made offline, bytes')).toBe('bare collections ours pouchdb rxdb');
    expect.soft(whoDid('nothing changed, bytes')).toBe('collections ours pouchdb rxdb');
    expect.soft(whoDid('first load, bytes')).toBe('collections ours pouchdb rxdb');
    for (const line of ['at 64 kbit/s', 'at 256 kbit/s and 300 ms each way']) {
      expect.soft(whoDid(`first load ${line}, time`), line).toBe('ours pouchdb rxdb');
    }
    const missing = measurements.filter(({ row }) => row.includes('missing'));
    expect.soft(missing.find(({ contestant }) => contestant === 'ours')?.runs).toEqual([0]);
    for (const { row, runs, unit } of measurements) {
      if (unit === 'bytes') expect.soft(Math.min(...runs), row).toBeGreaterThan(100);
    }
    expect(output).toContain('| ours, no journal |');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

async function run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, output };
}
