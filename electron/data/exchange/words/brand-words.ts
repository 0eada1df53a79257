import { compact, fold } from '#shared/domain/fold.ts';
import { isJunkSerial } from '#shared/domain/serial-number.ts';

/** How makers sign their firmware → the brand as people know it. Keys are the folded beginning of the signature. */
const BRANDS: readonly (readonly [start: string, brand: string])[] = [
  ['hewlett packard enterprise', 'HPE'],
  ['hewlett packard', 'HP'],
  ['hp inc', 'HP'],
  ['hpe', 'HPE'],
  ['hp', 'HP'],
  ['dell', 'Dell'],
  ['lenovo', 'Lenovo'],
  ['ibm', 'IBM'],
  ['apple', 'Apple'],
  ['acer', 'Acer'],
  ['asustek', 'ASUS'],
  ['asus', 'ASUS'],
  ['micro star', 'MSI'],
  ['msi', 'MSI'],
  ['gigabyte', 'Gigabyte'],
  ['asrock', 'ASRock'],
  ['microsoft', 'Microsoft'],
  ['fujitsu', 'Fujitsu'],
  ['toshiba', 'Toshiba'],
  ['dynabook', 'Dynabook'],
  ['samsung', 'Samsung'],
  ['sony', 'Sony'],
  ['huawei', 'Huawei'],
  ['xiaomi', 'Xiaomi'],
  ['intel', 'Intel'],
  ['supermicro', 'Supermicro'],
  ['cisco', 'Cisco'],
  ['mikrotik', 'MikroTik'],
  ['ubiquiti', 'Ubiquiti'],
  ['tp link', 'TP-Link'],
  ['d link', 'D-Link'],
  ['netgear', 'Netgear'],
  ['fortinet', 'Fortinet'],
  ['juniper', 'Juniper'],
  ['aruba', 'Aruba'],
  ['brother', 'Brother'],
  ['canon', 'Canon'],
  ['epson', 'Epson'],
  ['seiko epson', 'Epson'],
  ['kyocera', 'Kyocera'],
  ['ricoh', 'Ricoh'],
  ['xerox', 'Xerox'],
  ['lexmark', 'Lexmark'],
  ['konica', 'Konica Minolta'],
  ['sharp', 'Sharp'],
  ['american power conversion', 'APC'],
  ['apc', 'APC'],
  ['eaton', 'Eaton'],
  ['synology', 'Synology'],
  ['qnap', 'QNAP'],
  ['lg ', 'LG'],
  ['goldstar', 'LG'],
  ['lg electronics', 'LG'],
  ['philips', 'Philips'],
  ['benq', 'BenQ'],
  ['viewsonic', 'ViewSonic'],
  ['aoc', 'AOC'],
  ['iiyama', 'iiyama'],
  ['nec', 'NEC'],
  ['logitech', 'Logitech'],
  ['yealink', 'Yealink'],
  ['grandstream', 'Grandstream'],
  ['zkteco', 'ZKTeco'],
  ['hikvision', 'Hikvision'],
];

const PLACEHOLDERS: ReadonlySet<string> = new Set(
  [
    'System manufacturer',
    'System Product Name',
    'System Version',
    'Manufacturer',
    'Product',
    'Generic',
    'O.E.M.',
    'Standard',
    'All Series',
    'No Asset Tag',
    'No Asset Information',
    'Asset Tag',
    'Asset-1234567890',
    'Chassis Asset Tag',
    'Default',
    'Unspecified',
    'Empty',
  ].map(compact),
);

/** True for what firmware says when its maker filled nothing in. */
export function isPlaceholder(text: string): boolean {
  return isJunkSerial(text) || PLACEHOLDERS.has(compact(text));
}

/** `Dell Inc.` → `Dell`, `Hewlett-Packard` → `HP`; an unknown maker keeps its own spelling. */
export function readBrand(text: string | undefined): string | undefined {
  if (text === undefined || isPlaceholder(text)) return undefined;
  const folded = `${fold(text)} `;
  return (
    BRANDS.find(
      ([start]) => folded.startsWith(`${start.trimEnd()} `) || (start.length > 4 && folded.startsWith(start)),
    )?.[1] ?? text
  );
}

/** The maker that a model or a designation names, by its first known word. */
export function findBrand(text: string): string | undefined {
  const padded = ` ${fold(text)} `;
  return BRANDS.find(([start]) => padded.includes(` ${start.trimEnd()} `))?.[1];
}
