import { builtinModules } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import mantine from 'postcss-preset-mantine';

/**
 * What is built from what, one entry per program. Read together with the layout of `out/`:
 *
 *   electron/main/main.ts       → out/app/main/main.cjs
 *   electron/preload/preload.ts → out/app/preload/preload.cjs
 *   electron/data/main.ts       → out/app/data/main.cjs
 *   renderer/index.html         → out/app/renderer/
 *   server/cli.ts               → out/server/cli.mjs
 *
 * `npm run build` builds all of them; `node build/scripts/build.mjs data server` builds some.
 *
 * @typedef {import('vite').InlineConfig} InlineConfig
 * @typedef {'main' | 'preload' | 'data' | 'renderer' | 'server'} Target
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The oldest runtime the application meets: Electron 25 (design, section 8). */
const OLDEST_NODE = 'node18';
const OLDEST_CHROMIUM = 'chrome114';

/** Replaced by the main process with a fresh value on every page load. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';

const nodeModules = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/** The binding to SQLCipher: the only package that is not bundled, because of its native part. */
const SQLCIPHER = '@signalapp/sqlcipher';
const WRAPPED = `\0${SQLCIPHER}`;

/**
 * A `require`d package whose `default` is a property of its exports would reach our modules as a whole, as Node does it;
 * its ES module, which the tests load, gives the class itself. This makes the built program see what the tests see.
 *
 * @returns {import('vite').Plugin}
 */
function sqlcipherAsModule() {
  return {
    name: 'registre:sqlcipher-as-module',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id !== SQLCIPHER) return null;
      return importer === WRAPPED ? { id, external: true } : WRAPPED;
    },
    load: (id) =>
      id === WRAPPED
        ? `const binding = require('${SQLCIPHER}');
           export default binding.default;
           export const { Database, setLogger } = binding;`
        : null,
  };
}

/**
 * A program made of one CommonJS file that Electron runs; `external` stays a `require`.
 *
 * @param {string} entry
 * @param {string} file
 * @param {readonly string[]} external
 * @returns {InlineConfig}
 */
function electronProgram(entry, file, external) {
  return {
    ...common(),
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ...commonBuild(),
      target: OLDEST_NODE,
      ssr: join(root, entry),
      outDir: join(root, 'out/app', file, '..'),
      rolldownOptions: {
        external: (id) => nodeModules.has(id) || external.includes(id),
        output: { format: 'cjs', entryFileNames: file.slice(file.indexOf('/') + 1), codeSplitting: false },
      },
    },
  };
}

/** @returns {InlineConfig} */
function renderer() {
  return {
    ...common(),
    root: join(root, 'renderer'),
    // Relative addresses: the pages are served from app://, not from the root of a site.
    base: './',
    html: { cspNonce: CSP_NONCE_PLACEHOLDER },
    plugins: [react()],
    css: { postcss: { plugins: [mantine()] } },
    build: {
      ...commonBuild(),
      target: OLDEST_CHROMIUM,
      outDir: join(root, 'out/app/renderer'),
      sourcemap: false,
      minify: true,
      // Assets stay files: a data: address would need a hole in the Content-Security-Policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
    },
  };
}

/** @returns {InlineConfig} */
function server() {
  return {
    ...common(),
    ssr: { target: 'node' },
    build: {
      ...commonBuild(),
      target: 'node20',
      ssr: join(root, 'server/cli.ts'),
      outDir: join(root, 'out/server'),
      rolldownOptions: {
        // Everything that comes from node_modules stays there.
        external: (id) => nodeModules.has(id) || (/^[a-z@]/i.test(id) && !isAbsolute(id)),
        output: { format: 'es', entryFileNames: 'cli.mjs', codeSplitting: false },
      },
    },
  };
}

/** @returns {InlineConfig} */
function common() {
  return { configFile: false, envDir: false, root, logLevel: 'warn' };
}

/** @returns {import('vite').BuildEnvironmentOptions} */
function commonBuild() {
  return { emptyOutDir: true, sourcemap: true, minify: false, reportCompressedSize: false, copyPublicDir: false };
}

/** @type {Readonly<Record<Target, () => InlineConfig>>} */
export const targets = {
  main: () => electronProgram('electron/main/main.ts', 'main/main.cjs', ['electron']),
  preload: () => electronProgram('electron/preload/preload.ts', 'preload/preload.cjs', ['electron']),
  data: () => ({
    ...electronProgram('electron/data/main.ts', 'data/main.cjs', []),
    plugins: [sqlcipherAsModule()],
  }),
  renderer,
  server,
};

const BENCH_APPLICATION = join(root, 'out/bench/app');

/**
 * The bench (`npm run bench`): its own main process, worker and page, with the product's data process and preload script
 * beside them, in an application folder of its own so that nothing of the product's build is touched.
 *
 *   test/bench/main/main.ts      → out/bench/app/main/main.cjs
 *   test/bench/worker/main.ts    → out/bench/app/worker/main.cjs
 *   test/bench/window/index.html → out/bench/app/renderer/
 *   test/bench/kills.ts          → out/bench/kills.mjs, for Node
 *   test/bench/sync/main.ts      → out/bench/sync.mjs, for Node
 *   test/bench/endpoint/main.ts  → out/bench/endpoint.mjs, for Node
 *
 * @typedef {'main' | 'worker' | 'window' | 'data' | 'preload' | 'kills' | 'sync' | 'endpoint'} BenchTarget
 * @type {Readonly<Record<BenchTarget, () => InlineConfig>>}
 */
export const benchTargets = {
  main: () => inBench('main', electronProgram('test/bench/main/main.ts', 'main/main.cjs', ['electron'])),
  worker: () =>
    inBench('worker', {
      ...electronProgram('test/bench/worker/main.ts', 'worker/main.cjs', []),
      plugins: [sqlcipherAsModule()],
    }),
  window: () => {
    const config = inBench('renderer', renderer());
    // RxDB's suite asserts with Node's module, which a page has not.
    const assert = join(root, 'test/bench/window/assert.ts');
    return { ...config, root: join(root, 'test/bench/window'), resolve: { alias: { assert } } };
  },
  data: () => inBench('data', targets.data()),
  preload: () => inBench('preload', targets.preload()),
  // As deep below the root as their sources, which look for the root from where they lie.
  kills: () => nodeProgram('test/bench/kills.ts', 'bench/kills.mjs'),
  sync: () => nodeProgram('test/bench/sync/main.ts', 'bench/sync.mjs'),
  endpoint: () => nodeProgram('test/bench/endpoint/main.ts', 'bench/endpoint.mjs'),
};

/**
 * The simulation (`npm run simulate`): test/simulation/main.ts → out/simulation/main.mjs, for Node
 *
 * @returns {InlineConfig}
 */
export function simulationTarget() {
  return nodeProgram('test/simulation/main.ts', 'simulation/main.mjs');
}

/**
 * A program that plain Node runs, beside whatever else is in its folder.
 *
 * @param {string} entry
 * @param {string} file below `out`
 * @returns {InlineConfig}
 */
function nodeProgram(entry, file) {
  const config = targets.server();
  return {
    ...config,
    build: {
      ...config.build,
      ssr: join(root, entry),
      outDir: join(root, 'out', file, '..'),
      emptyOutDir: false,
      rolldownOptions: {
        ...config.build?.rolldownOptions,
        output: { format: 'es', entryFileNames: file.slice(file.indexOf('/') + 1), codeSplitting: false },
      },
    },
  };
}

/**
 * @param {string} folder
 * @param {InlineConfig} config
 * @returns {InlineConfig}
 */
function inBench(folder, config) {
  return { ...config, build: { ...config.build, outDir: join(BENCH_APPLICATION, folder) } };
}
