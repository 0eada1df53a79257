import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { TEST_KEY } from './storage.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds a module below `test/support` so that plain Node runs it as a process; answers its path. */
export async function buildProcess(entry: string, name: string): Promise<string> {
  const outDir = `out/test-process/${name}`;
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'node18',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return `${ROOT}/${outDir}/${name}.mjs`;
}

export function buildWriter(): Promise<string> {
  return buildProcess('test/support/storage-writer.ts', 'storage-writer');
}

/** A writer that runs: what it acknowledged so far, and how to end it as a power cut would. */
export type Writer = {
  readonly acknowledged: () => number;
  waitFor(number: number): Promise<void>;
  kill(): Promise<number>;
  readonly child: ChildProcess;
};

export function startWriter(script: string, directory: string, mode: 'create' | 'write' | 'hold'): Writer {
  const child = spawn(process.execPath, [script, directory, Buffer.from(TEST_KEY).toString('hex'), mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  let text = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) last = line === 'open' ? 1 : Number(line);
    for (const check of waiting) check();
  });
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    child,
    acknowledged: () => last,
    waitFor: (number) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (last < number) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        void exited.then(() => reject(new Error('The writer ended by itself')));
        check();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
      return last;
    },
  };
}
