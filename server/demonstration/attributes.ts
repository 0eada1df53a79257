import type { AssetDraft } from '#shared/domain/asset.ts';
import type { Computer, Model } from './catalogue/model.ts';
import type { Random } from './random.ts';
import { inventMacAddress } from './serials.ts';

type Attributes = NonNullable<AssetDraft['attributes']>;

function pickSystem(random: Random, computer: Computer, brand: string, year: number): Attributes {
  if (brand === 'Apple') return { os: 'macOS', osVersion: random.pick(['12 Monterey', '14 Sonoma']) };
  if (computer.isServer) {
    return random.weighted<Attributes>([
      [{ os: 'Windows Server', osVersion: year < 2018 ? '2012 R2' : '2019' }, 5],
      [{ os: 'Debian', osVersion: year < 2018 ? '9' : '12' }, 4],
      [{ os: 'VMware ESXi', osVersion: year < 2018 ? '6.0' : '7.0' }, 3],
    ]);
  }
  if (year >= 2022) return { os: 'Windows', osVersion: '11 Pro' };
  if (year >= 2015) return { os: 'Windows', osVersion: random.chance(0.15) ? '11 Pro' : '10 Pro' };
  return { os: 'Windows', osVersion: random.chance(0.5) ? '10 Pro' : '7 Pro' };
}

function describeComputer(
  random: Random,
  model: Model,
  computer: Computer,
  year: number,
  sequence: number,
): Attributes {
  const prefix = computer.isServer ? 'SRV' : model.typeCode;
  return {
    processor: computer.processor,
    cores: computer.cores,
    memoryMb: random.pick(computer.memoryMb),
    diskGb: random.pick(computer.diskGb),
    diskType: computer.diskType,
    ...pickSystem(random, computer, model.brand, year),
    hostname: `MND-${prefix}-${String(sequence).padStart(4, '0')}`,
    ...(random.chance(0.6) && { domain: 'mnd.example' }),
    macAddress: inventMacAddress(random),
    ...(!computer.isServer &&
      random.chance(0.7) && { antivirus: random.pick(['Kaspersky', 'ESET', 'Windows Defender']) }),
  };
}

const CONNECTED: ReadonlySet<string> = new Set(['COM', 'ROU', 'PFE', 'PAW', 'MOD', 'TIP', 'MFP', 'BAI', 'CAM']);

/** Technical characteristics as an inventory agent would have read them; undefined when there is nothing to tell. */
export function describeTechnically(
  random: Random,
  model: Model,
  year: number,
  sequence: number,
): Attributes | undefined {
  const attributes: Attributes = {
    ...model.attributes,
    ...(model.computer && describeComputer(random, model, model.computer, year, sequence)),
    ...(CONNECTED.has(model.typeCode) && random.chance(0.6) && { macAddress: inventMacAddress(random) }),
  };
  if (['IMP', 'MFP'].includes(model.typeCode) && random.chance(0.5)) {
    const yearly = model.typeCode === 'MFP' ? 42_000 : 9_000;
    attributes.pageCount = Math.round((2027 - year) * yearly * (0.3 + random.next()));
  }
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}
