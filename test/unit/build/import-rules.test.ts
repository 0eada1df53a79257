import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from '../../../build/scripts/import-rules.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'registre-import-rules-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function plant(file: string, source: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}

describe('import rules', () => {
  it.each([
    ['shared/domain/a.ts', 'node:fs'],
    ['shared/domain/a.ts', 'fs'],
    ['shared/domain/a.ts', 'rxdb'],
    ['shared/domain/a.ts', '../../server/b.ts'],
    ['renderer/app.tsx', 'electron'],
    ['renderer/app.tsx', 'node:path'],
    ['renderer/app.tsx', '../server/config.ts'],
    ['renderer/app.tsx', '../electron/main/b.ts'],
    ['renderer/features/assets/list.tsx', '../import/wizard.tsx'],
    ['electron/preload/preload.ts', '#shared/domain/a.ts'],
    ['electron/preload/preload.ts', 'node:path'],
    ['electron/main/main.ts', '../data/file.ts'],
    ['electron/main/main.ts', 'rxdb/plugins/core'],
    ['electron/main/main.ts', '@signalapp/sqlcipher'],
    ['electron/data/main.ts', 'electron'],
    ['electron/data/main.ts', '../main/window.ts'],
    ['electron/data/main.ts', '../../renderer/app.tsx'],
    ['electron/data/main.ts', '../../server/config.ts'],
    ['server/app.ts', 'electron'],
    ['server/app.ts', '../renderer/app.tsx'],
    ['server/app.ts', '../test/support/b.ts'],
    ['build/a.config.ts', '../test/support/b.ts'],
    ['shared/domain/a.ts', '../../../elsewhere/b.ts'],
  ])('refuse that %s imports %s', (file, specifier) => {
    plant(file, `// The forbidden one is below.\nexport * from '${specifier}';\n`);
    expect(checkImports(root)).toEqual([expect.objectContaining({ file, specifier, line: 2 })]);
  });

  it.each([
    ['a type', (from: string) => `import type { A } from '${from}';`],
    ['a type in place', (from: string) => `export type A = import('${from}').A;`],
    ['a dynamic import', (from: string) => `export const a = () => import('${from}');`],
    ['an import for its effect', (from: string) => `import '${from}';`],
    ['a re-export', (from: string) => `export { a } from '${from}';`],
  ])('see %s', (_title, source) => {
    plant('electron/data/a.ts', source('electron'));
    expect(checkImports(root)).toHaveLength(1);
  });

  it.each([
    ['shared/domain/a.ts', 'typebox/value'],
    ['renderer/features/assets/list.tsx', './row.tsx'],
    ['renderer/features/assets/list.tsx', '../../components/badge.tsx'],
    ['renderer/app.tsx', './features/assets/list.tsx'],
    ['renderer/app.tsx', '@mantine/core/styles.css'],
    ['electron/preload/preload.ts', '#shared/protocol/bridge.ts'],
    ['electron/main/main.ts', 'electron'],
    ['electron/data/main.ts', 'rxdb/plugins/core'],
    ['server/store/postgres.ts', './schema.sql?raw'],
    ['test/unit/a.test.ts', '../../electron/data/main.ts'],
  ])('allow that %s imports %s', (file, specifier) => {
    plant(file, `export * from '${specifier}';\n`);
    expect(checkImports(root)).toEqual([]);
  });
});
