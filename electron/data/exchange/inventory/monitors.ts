import { isJunkSerial } from '#shared/domain/serial-number.ts';
import { readBrand } from '../words/brand-words.ts';
import { readSections, readText, type Section } from './section.ts';

export type Monitor = {
  readonly brand?: string;
  readonly model?: string;
  readonly serialNumber: string;
  readonly made?: string;
};

/** Makers of bare panels: their name on a screen means that the screen is part of something else. */
const PANEL_MAKERS =
  /sharp|lg display|lg philips|au optronics|auo|boe|chi ?mei|chimei|innolux|cmn|infovision|ivo|japan display|sdc|samsung display|pandadisplay|csot|tianma|quanta display/i;
const INTERNAL_PORT = /edp|lvds|internal|intern[ée]|int[ée]gr/i;

const DESCRIPTORS = [54, 72, 90, 108] as const;
const NAME_TAG = 0xfc;

/**
 * True when the screen's own description (EDID) carries a product name. Screens that are sold have one; a panel built
 * into a laptop only has its part number.
 */
function hasProductName(base64: string): boolean | undefined {
  const edid = Buffer.from(base64, 'base64');
  if (edid.length < 128 || edid.readUInt32BE(0) !== 0x00ff_ffff) return undefined;
  return DESCRIPTORS.some((at) => edid.readUIntBE(at, 3) === 0 && edid.readUInt8(at + 3) === NAME_TAG);
}

function isBuiltIn(monitor: Section): boolean {
  if (INTERNAL_PORT.test(readText(monitor, 'port') ?? '')) return true;
  const named = hasProductName(readText(monitor, 'base64') ?? '');
  return named === undefined ? PANEL_MAKERS.test(readText(monitor, 'manufacturer') ?? '') : !named;
}

/**
 * Screens that are equipment of their own: they stand outside the computer and have a serial of their own.
 * A laptop's panel is reported by agents just like a screen on the desk, and is left out.
 */
export function readMonitors(
  content: Section,
  hasBuiltInScreen: boolean,
): { readonly monitors: readonly Monitor[]; readonly skipped: number } {
  const monitors: Monitor[] = [];
  let skipped = 0;
  for (const section of readSections(content, 'monitors')) {
    const serialNumber = [readText(section, 'serial'), readText(section, 'altserial')].find(
      (text) => text && !isJunkSerial(text),
    );
    if (!serialNumber || (hasBuiltInScreen && isBuiltIn(section))) {
      skipped += 1;
      continue;
    }
    const brand = readBrand(readText(section, 'manufacturer'));
    const model = readText(section, 'name') ?? readText(section, 'caption');
    const made = readText(section, 'description');
    monitors.push({
      serialNumber,
      ...(brand && { brand }),
      ...(model && { model }),
      ...(made && /^\d+\/\d{4}$/.test(made) && { made }),
    });
  }
  return { monitors, skipped };
}
