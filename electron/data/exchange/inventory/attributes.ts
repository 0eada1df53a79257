import type { AssetDraft } from '#shared/domain/asset.ts';
import { cutText, MAX_LENGTH } from '../cells.ts';
import { isPlaceholder } from '../words/brand-words.ts';
import { readFlag, readNumber, readSection, readSections, readText, type Section } from './section.ts';

export type Attributes = NonNullable<AssetDraft['attributes']>;
type Value = Attributes[string] | undefined;

/** Leaves out what is not known. */
export function keepKnown(values: Readonly<Record<string, Value>>): Attributes {
  const known: Record<string, Attributes[string]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && value !== '') known[name] = cutText(value, MAX_LENGTH.attribute);
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) known[name] = value;
  }
  return known;
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}

function sum(sections: readonly Section[], name: string): number {
  return sections.reduce((total, section) => total + (readNumber(section, name) ?? 0), 0);
}

/** Installed memory rather than what the system left to programs, in the agent's megabytes. */
function readMemory(content: Section, hardware: Section): number | undefined {
  return positive(sum(readSections(content, 'memories'), 'capacity')) ?? positive(readNumber(hardware, 'memory') ?? 0);
}

const REMOVABLE = /\b(cd|dvd|blu-?ray|usb|floppy|card ?reader|removable|sd)\b/i;
const FLASH = /nvme|ssd|solid|emmc|flash|m\.2|mmcblk/i;
const SPINNING = /\bhdd\b|rpm|barracuda|western digital wd\d+|\bst\d{3,}/i;

function readDisks(content: Section): Attributes {
  const disks = readSections(content, 'storages').filter((disk) => {
    const words = ['type', 'description', 'model', 'name', 'interface']
      .map((name) => readText(disk, name) ?? '')
      .join(' ');
    return (readNumber(disk, 'disksize') ?? 0) > 0 && !REMOVABLE.test(words);
  });
  const words = disks
    .flatMap((disk) => ['model', 'name', 'description', 'interface', 'type'].map((name) => readText(disk, name) ?? ''))
    .join(' ');
  const diskType = FLASH.test(words) ? 'SSD' : undefined;
  return keepKnown({
    diskGb: positive(Math.round(sum(disks, 'disksize') / 1000)),
    diskType: diskType ?? (SPINNING.test(words) ? 'HDD' : undefined),
    diskModel: readText(disks[0] ?? {}, 'model'),
  });
}

/** The way in which the system's own drive is encrypted, `none` when the agent says that it is not. */
function readEncryption(content: Section): string | undefined {
  const drives = readSections(content, 'drives');
  const system = drives.find(
    (drive) =>
      readFlag(drive, 'systemdrive') ||
      readText(drive, 'type') === '/' ||
      /^c:?\\?$/i.test(readText(drive, 'letter') ?? ''),
  );
  const status = readText(system ?? {}, 'encrypt_status');
  if (system === undefined || status === undefined) return undefined;
  if (/^no/i.test(status)) return 'none';
  return [readText(system, 'encrypt_name') ?? status, readText(system, 'encrypt_algo')].filter(Boolean).join(' ');
}

const PRIVATE_MAC = /^(00[:-]?){5}00$|^ff/i;

/** How well an interface stands for the machine: built in before plugged in, wired before wireless, connected before idle. */
function rankInterface(section: Section): number {
  const isBuiltIn = readText(section, 'pcislot') !== undefined || readText(section, 'pciid') !== undefined;
  const type = readText(section, 'type')?.toLowerCase();
  return (
    (isBuiltIn ? 8 : 0) +
    (type === 'ethernet' ? 4 : 0) +
    (readText(section, 'ipaddress') ? 2 : 0) +
    (readText(section, 'status') === 'up' ? 1 : 0)
  );
}

function readInterface(content: Section): Attributes {
  const usable = readSections(content, 'networks').filter((section) => {
    const mac = readText(section, 'mac');
    const type = readText(section, 'type')?.toLowerCase() ?? '';
    return (
      mac &&
      !PRIVATE_MAC.test(mac) &&
      !readFlag(section, 'virtualdev') &&
      !['loopback', 'bluetooth', 'bridge', 'alias'].includes(type)
    );
  });
  const [best] = usable.map((section) => [rankInterface(section), section] as const).sort(([a], [b]) => b - a);
  if (!best) return {};
  const [, section] = best;
  return keepKnown({ macAddress: readText(section, 'mac')?.toLowerCase(), ipAddress: readText(section, 'ipaddress') });
}

function readProcessor(content: Section): Attributes {
  const cpus = readSections(content, 'cpus');
  const [first] = cpus;
  return keepKnown({
    processor: first && (readText(first, 'name') ?? readText(first, 'familyname')),
    cores: positive(sum(cpus, 'core')),
    processorCount: cpus.length > 1 ? cpus.length : undefined,
  });
}

function readSystem(content: Section, hardware: Section): Attributes {
  const system = readSection(content, 'operatingsystem');
  const antivirus = readSections(content, 'antivirus');
  const active = antivirus.find((section) => readFlag(section, 'enabled')) ?? antivirus[0];
  return keepKnown({
    os: readText(system, 'full_name') ?? readText(system, 'name'),
    osVersion: readText(system, 'version') ?? readText(system, 'kernel_version'),
    hostname: readText(hardware, 'name'),
    domain: readText(system, 'dns_domain') ?? readText(hardware, 'workgroup'),
    antivirus: active && readText(active, 'name'),
    diskEncryption: readEncryption(content),
  });
}

/**
 * What the register keeps of a computer's inventory. People's logins, remote-control numbers, keys and the list of
 * programs are in the file too and stay there: personal or secret, or the matter of another record.
 */
export function readComputerAttributes(content: Section): Attributes {
  const hardware = readSection(content, 'hardware');
  const bios = readSection(content, 'bios');
  const uuid = readText(hardware, 'uuid');
  return {
    ...readProcessor(content),
    ...keepKnown({ memoryMb: readMemory(content, hardware) }),
    ...readDisks(content),
    ...readSystem(content, hardware),
    ...readInterface(content),
    ...keepKnown({
      firmware: readText(bios, 'bversion'),
      systemUuid: uuid !== undefined && !isPlaceholder(uuid) ? uuid.toLowerCase() : undefined,
    }),
  };
}
