import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

/**
 * Keeps the chosen appearance for as long as the window lives. Settings belong in the encrypted file, never in the page's
 * own storage; until they have a place there, each start follows the system.
 */
export function createColourSchemeManager(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | undefined;
  return {
    get: (fallback) => chosen ?? fallback,
    set: (value) => {
      chosen = value;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      chosen = undefined;
    },
  };
}
