import type { ImportFileProblem } from '#shared/protocol/data-port.ts';
import { locateJsonError } from '../json-error.ts';
import type { Candidate, FileReading } from '../types.ts';
import { readComputer } from './computer.ts';
import { readNetworkDevice } from './network-device.ts';
import { isSection, readSection, readText, type Section } from './section.ts';

/** What an inventory needs so that it is one: each of these sections describes the equipment itself. */
const IDENTIFYING = ['hardware', 'bios', 'network_device'] as const;

/** Keeps a report readable when a file holds something else a thousand times. */
const MAX_PROBLEMS = 20;

/**
 * Reads an agent's inventory in JSON (format of GLPI's `inventory.schema.json`), one or a list of them, with or without
 * the agent's envelope. Every field is taken as found; only the frame must be right.
 */
export function readInventoryFile(file: string, text: string): FileReading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { candidates: [], problems: [{ file, problem: 'not-json', ...locateJsonError(text) }] };
  }
  const items: readonly unknown[] = Array.isArray(document) ? document : [document];
  if (items.length === 0) return { candidates: [], problems: [{ file, problem: 'empty', path: '' }] };
  const candidates: Candidate[] = [];
  const problems: ImportFileProblem[] = [];
  for (const [index, item] of items.entries()) {
    const isListed = Array.isArray(document);
    const reading = readItem(file, item, isListed ? `/${index}` : '');
    if ('problem' in reading) problems.push(reading);
    else for (const candidate of reading) candidates.push(isListed ? { ...candidate, line: index + 1 } : candidate);
  }
  return { candidates, problems: problems.slice(0, MAX_PROBLEMS) };
}

function readItem(file: string, item: unknown, pointer: string): readonly Candidate[] | ImportFileProblem {
  const missing = (path: string, detail: string): ImportFileProblem => ({
    file,
    problem: 'not-inventory',
    path: `${pointer}${path}`,
    detail,
  });
  if (!isSection(item)) return missing('', 'object expected');
  const content = findContent(item);
  if (!content) return missing('/content', Object.hasOwn(item, 'content') ? 'object expected' : 'missing');
  if (!IDENTIFYING.some((name) => isSection(content[name]))) return missing('/content/hardware', 'missing');
  const itemType = readText(item, 'itemtype');
  const isNetwork = isSection(content.network_device) && itemType !== 'Computer';
  return isNetwork ? readNetworkDevice(file, content, itemType) : readComputer(file, content, itemType);
}

/** The agent wraps the inventory in `content`; some exports hand over what is inside. */
function findContent(item: Section): Section | undefined {
  if (Object.hasOwn(item, 'content')) return isSection(item.content) ? readSection(item, 'content') : undefined;
  return IDENTIFYING.some((name) => isSection(item[name])) ? item : undefined;
}
