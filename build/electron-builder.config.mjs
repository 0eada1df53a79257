import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What a ministry installs. The programs are bundled, so that the only packages inside are the binding to SQLCipher, with
 * the binary of the target system alone, and the small loader that finds it.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** For people: the installer, the menu entry, the package's page. */
const DESCRIPTION = "Registre des actifs informatiques de l'État";

/**
 * @param {{ version: string, directory: string, isDownloadable: boolean }} runtime the Electron to put inside;
 *   a downloadable one is left to electron-builder, which fetches it for the target system
 * @returns {import('electron-builder').Configuration}
 */
export function configuration({ version, directory, isDownloadable }) {
  return {
    appId: 'bj.registre.desktop',
    productName: 'Registre',
    copyright: 'AGPL-3.0-only',
    directories: {
      app: join(root, 'out/app'),
      output: join(root, 'out/package'),
      buildResources: join(root, 'build/icons'),
    },
    electronVersion: version,
    ...(isDownloadable ? {} : { electronDist: directory }),
    electronLanguages: ['fr', 'en', 'en-US'],
    extraMetadata: { description: DESCRIPTION },
    // "No" means: neither rebuild packages nor look for those to include. The list below is all of them.
    beforeBuild: async () => false,
    asar: true,
    // Starts with ** because electron-builder reckons these paths from out/app, where the package does not lie.
    asarUnpack: ['**/@signalapp/sqlcipher/**'],
    files: [
      '**/*',
      '!**/*.map',
      {
        from: join(root, 'node_modules/@signalapp/sqlcipher'),
        to: 'node_modules/@signalapp/sqlcipher',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in per target.
        filter: ['package.json', 'LICENSE', 'dist/index.cjs', 'prebuilds/${platform}-${arch}/*.node'],
      },
      {
        from: join(root, 'node_modules/node-gyp-build'),
        to: 'node_modules/node-gyp-build',
        filter: ['package.json', 'LICENSE', 'index.js', 'node-gyp-build.js'],
      },
    ],
    extraFiles: [{ from: join(root, 'LICENSE'), to: 'LICENSE.txt' }],
    // Installed for one person without an administrator's password: most desks have none at hand.
    win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: 'icon.ico' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: false,
      allowToChangeInstallationDirectory: false,
      installerLanguages: ['fr_FR'],
      language: '1036',
      shortcutName: 'Registre',
      createDesktopShortcut: true,
      // The register stays on the machine when the program is removed: it may hold work not yet sent.
      deleteAppDataOnUninstall: false,
      license: join(root, 'LICENSE'),
    },
    linux: {
      target: ['AppImage', 'deb'],
      icon: 'icon.png',
      category: 'Office',
      executableName: 'registre',
      synopsis: DESCRIPTION,
      description: DESCRIPTION,
      syncDesktopName: true,
    },
    deb: { packageCategory: 'utils' },
    publish: null,
  };
}
