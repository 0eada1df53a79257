import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

/** Mantine's appearance, begun with the kept one and kept at every change: never in the page's own storage. */
export function createColourSchemeManager(
  kept: MantineColorScheme,
  keep: (colourScheme: MantineColorScheme) => void,
): MantineColorSchemeManager {
  let chosen = kept;
  return {
    get: () => chosen,
    set: (value) => {
      if (value === chosen) return;
      chosen = value;
      keep(value);
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  };
}
