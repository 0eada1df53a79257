import { createHash } from 'node:crypto';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { PAPER_KINDS, type PaperKind } from '#shared/domain/lifecycle.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { findTemplateProblems, PaperTemplate } from '#shared/papers/template.ts';
import type { CommandInput, CommandOutput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import { writeRow } from '../reference-data/rows.ts';
import type { Register } from '../register.ts';
import { referenceId } from './reference-id.ts';

/** The wording in force: the ministry's own where it has one that this program can read, the one that ships otherwise. */
export function templateOf(register: Register, kind: PaperKind): PaperTemplate {
  const row = readRow(register, kind);
  return row?.active && Value.Check(PaperTemplate, row.content) ? row.content : DEFAULT_TEMPLATES[kind];
}

export function getPaperTemplates(register: Register): QuestionOutput['getPaperTemplates'] {
  return PAPER_KINDS.map((kind) => {
    const template = templateOf(register, kind);
    return { template, isOwn: template !== DEFAULT_TEMPLATES[kind] };
  });
}

/** Keeps a template of the ministry's own under the next version, or goes back to the one that ships (SPEC W5). */
export function savePaperTemplate(
  register: Register,
  { kind, template }: CommandInput<'savePaperTemplate'>,
): CommandOutput['savePaperTemplate'] {
  const { ministry } = register.identity.authorise('reference.update');
  if (template) {
    const [problem] = findTemplateProblems(template, kind);
    if (problem)
      throw new AppError('COMMAND_INVALID', 'The template has a fault', {
        details: { ...problem, field: problem.path },
      });
    requireStorableText({ ...template });
  }
  return register.transaction(() => {
    const before = readRow(register, kind);
    const version = versionOf(before) + 1;
    const kept = template ? { ...template, version } : { ...DEFAULT_TEMPLATES[kind], version };
    const row: Reference = {
      id: referenceId(ministry.id, 'paper-template', kind),
      ministryId: ministry.id,
      kind: 'paper-template',
      code: kind,
      label: kept.title.slice(0, 150),
      active: template !== null,
      content: kept,
    };
    writeRow(register, 'references', row, before);
    return { version };
  });
}

function versionOf(row: Reference | undefined): number {
  return Value.Check(PaperTemplate, row?.content) ? row.content.version : 0;
}

function readRow(register: Register, kind: PaperKind): Reference | undefined {
  const ministry = register.identity.get()?.ministry;
  return ministry && readReference(register, referenceId(ministry.id, 'paper-template', kind));
}

/** Most bytes of the picture in the heading. */
export const MAX_LOGO_BYTES = 100 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * The picture of the heading, or none from now on. One that was used stays in the register under the digest in its code,
 * so that papers made with it still show it.
 */
export function savePaperLogo(
  register: Register,
  { image }: CommandInput<'savePaperLogo'>,
): CommandOutput['savePaperLogo'] {
  const { ministry } = register.identity.authorise('reference.update');
  const bytes = Buffer.from(image ?? '', 'base64');
  const type = logoType(bytes);
  if (image !== null && (!type || bytes.length > MAX_LOGO_BYTES)) {
    throw new AppError('COMMAND_INVALID', 'The picture is not a PNG or JPEG of at most 100 kB', {
      details: { field: 'image', problem: type ? 'too-large' : 'not-a-picture' },
    });
  }
  return register.transaction(() => {
    const known = findLogos(register);
    const rows = known.filter(({ active }) => active).map((row) => ({ ...row, active: false }));
    const code = image === null ? undefined : `logo-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
    if (code !== undefined) {
      const row: Reference = {
        id: referenceId(ministry.id, 'logo', code),
        ministryId: ministry.id,
        kind: 'logo',
        code,
        label: 'Logo',
        active: true,
        content: { type, image },
      };
      rows.push(row);
    }
    const distinct = new Map(rows.map((row) => [row.id, row]));
    for (const row of distinct.values()) {
      const before = known.find(({ id }) => id === row.id);
      writeRow(register, 'references', row, before);
    }
    return { ...(code !== undefined && { code }) };
  });
}

/** The code of the picture in force. */
export function currentLogo(register: Register): string | undefined {
  return findLogos(register).find(({ active }) => active)?.code;
}

function findLogos(register: Register): Reference[] {
  const references = register.table('references');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${references.tableName} WHERE deleted = 0 AND ${references.column('kind')} = 'logo'`,
  );
  return ids.flatMap((id) => readReference(register, id) ?? []);
}

function logoType(bytes: Buffer): 'image/png' | 'image/jpeg' | undefined {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? 'image/jpeg' : undefined;
}

function readReference(register: Register, id: string): Reference | undefined {
  const stored = register.table('references').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _rev, _meta, _attachments, _deleted, ...row } = stored;
  // Commands and the exchange check rows before they are written.
  return row as unknown as Reference;
}
