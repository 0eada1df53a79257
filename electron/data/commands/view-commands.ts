import { AppError } from '#shared/domain/errors.ts';
import { isAllowed } from '#shared/domain/roles.ts';
import type { CommandInput, CommandOutput, Identity } from '#shared/protocol/data-port.ts';
import { readViewContent, type ViewContent } from '#shared/protocol/views.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { writeRow } from '../reference-data/rows.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';
import { requireStorableText } from './storable-text.ts';

/** Keeps a view of the list for the ministry. Its author, or who keeps the reference lists, may put another in its place. */
export function saveView(
  register: Register,
  { id, label, settings }: CommandInput<'saveView'>,
): CommandOutput['saveView'] {
  const { ministry, person } = register.identity.authorise('view.save');
  const name = label.trim();
  if (!name)
    throw new AppError('COMMAND_INVALID', 'A view needs a name', { details: { field: 'label', problem: 'required' } });
  requireStorableText({ label: name, ...settings.filter });
  return register.transaction(() => {
    const before = id === undefined ? undefined : requireOwnView(register, id);
    const author = before?.content.author ?? { id: person.id, name: person.name };
    const content: ViewContent = { ...settings, author };
    const key = id ?? register.environment.newId();
    const row: Reference = {
      id: key,
      ministryId: ministry.id,
      kind: 'saved-view',
      code: key,
      label: name,
      active: true,
      content,
    };
    writeRow(register, 'references', row, before?.row);
    return { id: key };
  });
}

/** It is no longer offered; the row stays, so that every desktop hears of it. */
export function removeView(register: Register, { id }: CommandInput<'removeView'>): CommandOutput['removeView'] {
  register.identity.authorise('view.save');
  return register.transaction(() => {
    const { row } = requireOwnView(register, id);
    writeRow(register, 'references', { ...row, active: false }, row);
    return null;
  });
}

/** @throws AppError COMMAND_NOT_FOUND, COMMAND_FORBIDDEN */
function requireOwnView(register: Register, id: string): { readonly row: Reference; readonly content: ViewContent } {
  const stored = register.table('references').get(id);
  const content = readViewContent(stored?.content);
  if (!stored || stored._deleted || stored.kind !== 'saved-view' || stored.active !== true || !content)
    throw new AppError('COMMAND_NOT_FOUND', 'There is no such view on this desktop');
  const { person } = register.identity.require();
  if (!mayChange(person, content))
    throw new AppError('COMMAND_FORBIDDEN', 'The view is of somebody else', {
      details: { permission: 'view.save', role: person.role, field: 'author' },
    });
  const { _deleted, ...row } = toWire(stored);
  // Commands and the exchange check rows before they are written.
  return { row: row as unknown as Reference, content };
}

function mayChange(person: Identity['person'], { author }: ViewContent): boolean {
  return author.id === person.id || isAllowed(person.role, 'reference.update');
}
