import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../electron/main/log.ts';
import { temporaryDirectory } from '../../support/register.ts';

const MEBIBYTE = 1024 ** 2;
const logPath = () => join(temporaryDirectory(), 'registre.log');
const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('the log', () => {
  test('every event is one JSON line with its instant, whatever its facts hold', () => {
    const path = logPath();
    const log = createLog(path);
    log('started', { version: '1.0', ok: true, count: 3, nothing: undefined });
    log('a\nb', { text: 'line\nbreak\u2028' });
    const [first, second] = linesOf(path).map((line) => JSON.parse(line));
    expect(first).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'started',
      version: '1.0',
      ok: true,
      count: 3,
    });
    expect(second).toMatchObject({ event: 'a\nb', text: 'line\nbreak\u2028' });
    expect(linesOf(path)).toHaveLength(2);
  });

  test('a full log starts anew, and the one before is kept', () => {
    const path = logPath();
    writeFileSync(path, `${'x'.repeat(MEBIBYTE)}\n`);
    createLog(path)('after');
    expect(linesOf(path)).toHaveLength(1);
    expect(statSync(`${path}.1`).size).toBe(MEBIBYTE + 1);
  });

  test('no more than two files are kept, however long it runs', () => {
    const path = logPath();
    const log = createLog(path);
    for (const mark of ['first', 'second', 'third']) {
      writeFileSync(path, `${mark}${'x'.repeat(MEBIBYTE)}`);
      log('next');
    }
    expect(readFileSync(`${path}.1`, 'utf8').startsWith('third')).toBe(true);
    expect(existsSync(`${path}.2`)).toBe(false);
  });

  test('a log that is not full goes on', () => {
    const path = logPath();
    writeFileSync(path, 'x'.repeat(MEBIBYTE - 1).concat('\n'));
    createLog(path)('after');
    expect(existsSync(`${path}.1`)).toBe(false);
  });

  test('K6: a log that cannot be written takes nothing down with it', () => {
    const path = logPath();
    mkdirSync(path);
    expect(() => createLog(path)('event')).not.toThrow();
    expect(() => createLog(join(path, 'no', 'such', 'folder.log'))('event')).not.toThrow();
  });

  test.skipIf(process.platform === 'win32')('the log is its owner’s alone', () => {
    const path = logPath();
    createLog(path)('event');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
