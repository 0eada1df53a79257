import { createHash } from 'node:crypto';
import { AppError } from '#shared/domain/errors.ts';
import { canonicalPaper } from '#shared/papers/code.ts';
import { composePaper, type PaperFacts, type PaperSignature } from '#shared/papers/compose.ts';
import { ASKED } from '#shared/papers/fields.ts';
import { dayOf } from '#shared/papers/format.ts';
import { paperRule } from '#shared/papers/kinds.ts';
import { toPaperAsset } from '#shared/papers/lines.ts';
import type { PaperRequest } from '#shared/papers/request.ts';
import { findSignatureProblems } from '#shared/papers/signatures.ts';
import type { PaperTemplate } from '#shared/papers/template.ts';
import { PAPER_WORDS } from '#shared/papers/words.ts';
import type { CommandOutput, Identity, QuestionOutput } from '#shared/protocol/data-port.ts';
import { MAX_PREVIEW_LINES } from '#shared/protocol/papers.ts';
import { MAX_PAPER_ASSETS, MAX_SIGNATURE_BYTES, Paper, type PaperContent } from '#shared/schema/paper.ts';
import { nextPaperNumber } from '../commands/numbering.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { type Gathered, gather } from './gather.ts';
import { packRows } from './packed-rows.ts';
import { currentLogo, templateOf } from './templates.ts';

/** Stands in the place of the number until there is one. */
const NO_NUMBER = 'PROJET';

/** The paper as it would be made now. Writes nothing and takes no number. */
export function previewPaper(register: Register, request: PaperRequest): QuestionOutput['previewPaper'] {
  const identity = register.identity.authorise('paper.issue');
  const template = templateOf(register, request.kind);
  const gathered = gather(register, request);
  const content = compose(register, identity, request, {
    template,
    gathered,
    number: NO_NUMBER,
    issuedAt: register.instant(),
  });
  const problems = findSignatureProblems(template, request.signatures, identity.person);
  return { content: withFewRows(content), template, problems, lineCount: gathered.lines.length };
}

/** What stands at the end of a long table stands there anyway: whoever looks at a preview looks at its form. */
function withFewRows(content: PaperContent): PaperContent {
  return {
    ...content,
    tables: content.tables.map((table) => ({ ...table, rows: table.rows.slice(0, MAX_PREVIEW_LINES) })),
  };
}

/**
 * Makes a paper: takes the next number and writes the frozen content, its digest and what it is found by, in one
 * transaction (SPEC W1, W2, W4). A number is given only together with its paper.
 */
export function issuePaper(register: Register, request: PaperRequest): CommandOutput['issuePaper'] {
  const identity = register.identity.authorise('paper.issue');
  requireStorableText({
    ...request.asked,
    ...Object.fromEntries(
      request.signatures.map(({ name, quality }, index) => [`signatures.${index}`, `${name} ${quality ?? ''}`]),
    ),
  });
  return register.transaction(() => {
    const template = templateOf(register, request.kind);
    requireSignatures(template, request.signatures, identity);
    const gathered = gather(register, request);
    const issuedAt = register.instant();
    // The year of the day in Benin.
    const year = Number(dayOf(issuedAt).slice(0, 4));
    const number = nextPaperNumber(register, identity, { code: paperRule(request.kind).code, year });
    const content = compose(register, identity, request, { template, gathered, number, issuedAt });
    const paper = packRows(withDigest(register, identity, { request, template, gathered, content, number, issuedAt }));
    register.table('papers').put([{ ...requireShape(Paper, paper, 'COMMAND_INVALID'), _deleted: false }], 'command');
    return { id: paper.id, number, digest: paper.digest };
  });
}

/** SHA-256, upper-case hexadecimal. */
export function digestOf(paper: Parameters<typeof canonicalPaper>[0]): string {
  return createHash('sha256').update(canonicalPaper(paper)).digest('hex').toUpperCase();
}

type Draft = {
  readonly template: PaperTemplate;
  readonly gathered: Gathered;
  readonly number: string;
  readonly issuedAt: string;
};

function compose(
  register: Register,
  { ministry, person }: Identity,
  request: PaperRequest,
  { template, gathered, number, issuedAt }: Draft,
): PaperContent {
  const structureId = request.structureId ?? gathered.names.issuer;
  // The ministry stands in the heading anyway.
  const hasStructure = structureId !== undefined && !gathered.names.isMinistry(structureId);
  const facts: PaperFacts = {
    kind: request.kind,
    number,
    issuedAt,
    ministry: { name: ministry.name, acronym: ministry.acronym },
    structure: hasStructure ? gathered.names.structure(structureId) : undefined,
    logo: currentLogo(register),
    author: { name: person.name, role: PAPER_WORDS.role[person.role] },
    values: { ...gathered.values, ...askedValues(request) },
    lines: gathered.lines,
    signatures: request.signatures,
  };
  return composePaper(template, facts);
}

function askedValues({ asked }: PaperRequest): PaperFacts['values'] {
  return Object.fromEntries(ASKED.flatMap((name) => (asked?.[name] ? [[name, asked[name]]] : [])));
}

function withDigest(
  register: Register,
  { ministry, person, device }: Identity,
  {
    request,
    template,
    gathered,
    content,
    number,
    issuedAt,
  }: Draft & { readonly request: PaperRequest; readonly content: PaperContent },
): Paper {
  const { assets, subject, scope, actId } = gathered;
  const named = assets.length > MAX_PAPER_ASSETS ? [] : assets.map(toPaperAsset);
  const stated = { number, kind: request.kind, issuedAt, content, assets: named };
  return {
    id: register.environment.newId(),
    ministryId: ministry.id,
    ...stated,
    title: content.title.slice(0, 300),
    subject,
    templateVersion: template.version,
    ...(actId && { actId }),
    ...(scope && { scope }),
    assetCount: assets.length,
    digest: digestOf(stated),
    author: { personId: person.id, name: person.name, role: person.role },
    deviceId: device.id,
  };
}

function requireSignatures(template: PaperTemplate, signatures: readonly PaperSignature[], { person }: Identity): void {
  const [problem] = findSignatureProblems(template, signatures, person);
  if (problem) {
    throw new AppError('COMMAND_INVALID', 'These signatures cannot stand on one paper', {
      details: { field: 'signatures', ...problem },
    });
  }
  for (const { block, image } of signatures) {
    if (image !== undefined && !isSignature(Buffer.from(image, 'base64'))) {
      throw new AppError('COMMAND_INVALID', 'A drawn signature is not a small PNG', {
        details: { field: 'signatures', block, problem: 'not-a-picture' },
      });
    }
  }
}

const PNG_HEADER = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
/** Pixels. */
const MAX_SIDE = 1600;

/** A PNG whose size on the screen is as small as its bytes are few. */
function isSignature(bytes: Buffer): boolean {
  if (bytes.length > MAX_SIGNATURE_BYTES || bytes.length < 33 || !bytes.subarray(0, 16).equals(PNG_HEADER))
    return false;
  return bytes.readUInt32BE(16) <= MAX_SIDE && bytes.readUInt32BE(20) <= MAX_SIDE;
}
