import { describe, expect, test } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import { readViewContent } from '#shared/protocol/views.ts';
import { removeView, saveView } from '../../../electron/data/commands/view-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { openTestRegister } from '../../support/register.ts';

const SETTINGS = {
  filter: { nature: ['hardware' as const], endsIn: { from: 0, to: 90 } },
  sort: { field: 'end' as const, direction: 'asc' as const },
  columns: ['reference' as const, 'end' as const],
};

function read(register: Register, id: string) {
  const row = register.table('references').get(id);
  return { label: row?.label, active: row?.active, content: readViewContent(row?.content) };
}

/** The same register with somebody else before it. */
function become(register: Register, person: { readonly id: string; readonly name: string; readonly role: Role }): void {
  const { server, ...identity } = register.identity.require();
  register.identity.save({ ...identity, person, token: 't'.repeat(43) }, server);
}

const OTHER = { id: '00000000-0000-4000-8000-0000000000ff', name: 'Kossi Dossa' } as const;

describe('saved views', () => {
  test('Q9: a view keeps filter, order and columns under its name, with its author', () => {
    const register = openTestRegister();
    const { id } = saveView(register, { label: '  Garanties  ', settings: SETTINGS });
    const { person } = register.identity.require();
    expect(read(register, id)).toEqual({
      label: 'Garanties',
      active: true,
      content: { ...SETTINGS, author: { id: person.id, name: person.name } },
    });
    expect(register.waiting.get('references', id)).toBeDefined();
  });

  test('Q9: put in its place, a view keeps its id and its author', () => {
    const register = openTestRegister();
    const { id } = saveView(register, { label: 'Garanties', settings: SETTINGS });
    const author = read(register, id).content?.author;
    become(register, { ...OTHER, role: 'dsi' });
    expect(saveView(register, { id, label: 'Toutes', settings: { filter: {} } })).toEqual({ id });
    expect(read(register, id)).toEqual({ label: 'Toutes', active: true, content: { filter: {}, author } });
  });

  test('Q9: a colleague neither changes nor removes it; who keeps the reference lists does', () => {
    const register = openTestRegister();
    const { id } = saveView(register, { label: 'Garanties', settings: SETTINGS });
    become(register, { ...OTHER, role: 'technicien' });
    const forbidden = expect.objectContaining({ code: 'COMMAND_FORBIDDEN' });
    expect(() => saveView(register, { id, label: 'X', settings: SETTINGS })).toThrow(forbidden);
    expect(() => removeView(register, { id })).toThrow(forbidden);
    expect(read(register, id).label).toBe('Garanties');
    become(register, { ...OTHER, role: 'administrateur' });
    removeView(register, { id });
    expect(read(register, id).active).toBe(false);
    expect(() => removeView(register, { id })).toThrow(expect.objectContaining({ code: 'COMMAND_NOT_FOUND' }));
  });

  test.each(['consultation', 'asin'] as const)('A7: %s saves no view', (role) => {
    const register = openTestRegister({ role });
    expect(() => saveView(register, { label: 'X', settings: SETTINGS })).toThrow(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
  });

  test('a view without a name, or over a row of another kind, is refused', () => {
    const register = openTestRegister();
    expect(() => saveView(register, { label: '  ', settings: SETTINGS })).toThrow(
      expect.objectContaining({ code: 'COMMAND_INVALID' }),
    );
    expect(() => saveView(register, { id: OTHER.id, label: 'X', settings: SETTINGS })).toThrow(
      expect.objectContaining({ code: 'COMMAND_NOT_FOUND' }),
    );
  });

  test('Q9: what a newer program wrote is not read as a view', () => {
    expect(readViewContent({ ...SETTINGS, author: OTHER, shape: 'calendar' })).toBeUndefined();
    expect(readViewContent(undefined)).toBeUndefined();
  });
});
