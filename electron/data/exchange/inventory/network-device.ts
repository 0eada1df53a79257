import type { AssetDraft } from '#shared/domain/asset.ts';
import { isJunkSerial } from '#shared/domain/serial-number.ts';
import type { Candidate } from '../types.ts';
import { readBrand } from '../words/brand-words.ts';
import { findTypeWord } from '../words/equipment-words.ts';
import { keepKnown } from './attributes.ts';
import { findSerial, readAssetTag } from './computer.ts';
import { readNumber, readSection, readSections, readText, readTexts, type Section } from './section.ts';

/** `network_device.type` → equipment type, where one word says it all. */
const TYPES: Readonly<Record<string, string>> = {
  Storage: 'BAI',
  Power: 'OND',
  Phone: 'TIP',
  KVM: 'AUT',
  Computer: 'PCF',
};

const NETWORK_TYPES: readonly (readonly [code: string, words: RegExp])[] = [
  ['PFE', /forti(gate|wifi)|firewall|pfsense|opnsense|sophos|sonicwall|palo ?alto|\basa ?\d|firepower|srx\d/i],
  ['PAW', /access ?point|aironet|unifi|\bu(ap|6)\b|instant on ap|\bap-?\d|wap\d/i],
  ['ROU', /router|routeur|\bisr\b|\bc?(19|29|39|43)\d1\b|routeros|\brb\d|\bhex\b|edgerouter|\bar\d{3,4}\b/i],
  [
    'COM',
    /switch|catalyst|procurve|comware|aruba ?\d|nexus|\b(2530|2540|2920|2930|1820|1920)[a-z]?\b|powerconnect|\bcrs\d|\bs57\d\d|\bsg\d/i,
  ],
];

/** Interface types of IANA's list that are a socket for a cable: Ethernet, and gigabit Ethernet of older devices. */
const ETHERNET: ReadonlySet<number> = new Set([6, 117]);

function countPorts(content: Section): number {
  return readSections(content, 'network_ports').filter((port) => ETHERNET.has(readNumber(port, 'iftype') ?? -1)).length;
}

function isMultifunction(content: Section, words: string): boolean {
  const counters = readSection(content, 'pagecounters');
  const copies = ['scanned', 'copytotal', 'faxtotal', 'copyblack', 'copycolor'].some(
    (name) => (readNumber(counters, name) ?? 0) > 0,
  );
  return copies || findTypeWord(words) === 'MFP';
}

type TypeGuess = { readonly typeCode?: string; readonly isGuessed: boolean };

function findNetworkType(content: Section, device: Section, itemType: string | undefined): TypeGuess {
  const type = readText(device, 'type');
  const words = ['model', 'name', 'description'].map((name) => readText(device, name) ?? '').join(' ');
  if (type === 'Printer' || itemType === 'Printer')
    return { typeCode: isMultifunction(content, words) ? 'MFP' : 'IMP', isGuessed: false };
  if (itemType === 'Phone') return { typeCode: 'TIP', isGuessed: false };
  const known = TYPES[type ?? ''];
  if (known) return { typeCode: known, isGuessed: type === 'Computer' };
  const byName = NETWORK_TYPES.find(([, pattern]) => pattern.test(words))?.[0];
  if (byName) return { typeCode: byName, isGuessed: false };
  if (type === 'Networking' || itemType === 'NetworkEquipment')
    return { typeCode: countPorts(content) >= 8 ? 'COM' : 'ROU', isGuessed: true };
  const byWord = findTypeWord(words);
  return { ...(byWord && { typeCode: byWord }), isGuessed: true };
}

type Member = {
  readonly serial: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly number?: number;
};

/**
 * Members of a stack: several chassis, each with a serial of its own, under one address. One chassis is the device
 * itself; modules, power supplies and fans are parts, whatever serial they carry.
 */
function readStack(content: Section): readonly Member[] {
  const members = new Map<string, Member>();
  for (const component of readSections(content, 'network_components')) {
    const serial = readText(component, 'serial');
    if (readText(component, 'type')?.toLowerCase() !== 'chassis' || !serial || isJunkSerial(serial)) continue;
    const [model, firmware, number] = [
      readText(component, 'model'),
      readText(component, 'firmware'),
      readNumber(component, 'stack_number'),
    ];
    members.set(serial, {
      serial,
      ...(model && { model }),
      ...(firmware && { firmware }),
      ...(number !== undefined && { number }),
    });
  }
  return members.size > 1 ? [...members.values()] : [];
}

function readAttributes(content: Section, device: Section): NonNullable<AssetDraft['attributes']> {
  const counters = readSection(content, 'pagecounters');
  const ports = countPorts(content);
  const isPrinter = readText(device, 'type') === 'Printer';
  return keepKnown({
    hostname: readText(device, 'name'),
    macAddress: readText(device, 'mac')?.toLowerCase(),
    ipAddress: readTexts(device, 'ips')[0],
    firmware: readText(device, 'firmware'),
    memoryMb: readNumber(device, 'ram') ?? readNumber(device, 'memory'),
    pageCount: readNumber(counters, 'total') ?? readNumber(counters, 'printtotal'),
    portCount: ports > 0 && !isPrinter ? ports : undefined,
    locationOnDevice: readText(device, 'location'),
  });
}

/** A printer, a switch, a stack of switches or another device that was read over the network. */
export function readNetworkDevice(file: string, content: Section, itemType: string | undefined): readonly Candidate[] {
  const device = readSection(content, 'network_device');
  const guess = findNetworkType(content, device, itemType);
  const [firmware] = readSections(content, 'firmwares');
  const brand =
    readBrand(readText(device, 'manufacturer')) ?? readBrand(firmware && readText(firmware, 'manufacturer'));
  const model = readText(device, 'model') ?? (firmware && readText(firmware, 'name'));
  const attributes = readAttributes(content, device);
  const serial = findSerial([readText(device, 'serial')]);
  const common = { ...(guess.typeCode && { typeCode: guess.typeCode }), ...(brand && { brand }) };
  const warnings = guess.isGuessed ? [{ field: 'typeCode', problem: 'type-guessed' }] : [];
  const members = readStack(content);
  if (members.length === 0) {
    const fields = { ...common, ...(model && { model }), ...serial.fields, ...readAssetTag(device), attributes };
    return [{ file, fields, warnings: [...serial.warnings, ...warnings] }];
  }
  // The address and the count of ports belong to the stack, not to one of its members.
  const { portCount: _, macAddress: __, ...shared } = attributes;
  return members.map((member) => ({
    file,
    fields: {
      ...common,
      ...((member.model ?? model) && { model: member.model ?? model ?? '' }),
      serialNumber: member.serial,
      attributes: {
        ...shared,
        ...keepKnown({ firmware: member.firmware ?? shared.firmware, stackNumber: member.number }),
      },
    },
    warnings,
  }));
}
