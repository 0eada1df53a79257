import type { Catalogue } from '../fr.ts';

export const refusals: Catalogue['refusals'] = {
  'role-creates': {
    why: 'the role “{{role}}” may not register an asset.',
    todo: 'Ask a manager to register it, or the ASIN to change the role of this desktop; then send it again.',
  },
  'role-status': {
    why: 'the role “{{role}}” may not change the status of an asset.',
    todo: 'Give the change up and ask a manager to do the act; or send it again once the role was changed.',
  },
  'role-changes': {
    why: 'the role “{{role}}” may not change an asset.',
    todo: 'Give the change up and pass it on to a manager; or send it again once the role was changed.',
  },
  'role-collection': {
    why: 'the role “{{role}}” may not write here ({{collection}}).',
    todo: 'Give the change up and pass it on to an administrator of the register; or send it again once the role was changed.',
  },
  'role-writes': {
    why: 'the role “{{role}}” may only read.',
    todo: 'Ask the ASIN to change the role of this desktop, then send it again.',
  },
  'other-ministry': {
    why: 'the record belongs to another ministry.',
    todo: 'Do not enter it again: call your support, it came here by mistake.',
  },
  'other-device': {
    why: 'the record was written on another desktop.',
    todo: 'It will leave from there. If you restored a copy of another desktop, call your support.',
  },
  'other-person': {
    why: 'the record bears the name of somebody else than the person of this desktop.',
    todo: 'Everybody sends what they wrote, from their own desktop. If this one changed hands, call your support.',
  },
  'other-role': {
    why: 'the record was written in another role than this desktop has today.',
    todo: 'Send it again; if it is refused again, ask the ASIN to give the role back, then send it again.',
  },
  'never-deleted': {
    why: 'nothing of this list is ever deleted.',
    todo: 'Give the deletion up, then take the row out of use.',
  },
  'append-only': {
    why: 'the ASIN has this row already, and an entry of the journal or a paper never changes.',
    todo: 'Nothing is lost at the ASIN. Call your support: the journal of this desktop has to be checked.',
  },
  'same-reference': {
    why: 'another record has this reference already.',
    todo: 'Synchronise, look the reference up, and see whether it is the same thing. If not, call your support.',
  },
  'asset-rule': {
    why: 'the record breaks a rule of the register. {{problem}}',
    todo: 'Correct this field of the record: it leaves again by itself.',
  },
  'file-changed': {
    why: 'a file that was received does not change any more.',
    todo: 'Attach the other version as a new file.',
  },
  'file-added-person': {
    why: 'the file bears the name of somebody else than the person of this desktop.',
    todo: 'Attach it again from this desktop.',
  },
  'file-added-role': {
    why: 'the file was attached in another role than this desktop has today.',
    todo: 'Attach it again from this desktop.',
  },
  'file-added-device': {
    why: 'the file was attached on another desktop.',
    todo: 'It will leave from there, or attach it again here.',
  },
  'file-removed-person': {
    why: 'the file was taken off in the name of somebody else.',
    todo: 'Give this up, then take it off yourself.',
  },
  'unknown-collection': {
    why: 'the ASIN does not know this sort of record yet.',
    todo: 'Keep it here, and send it again once the ASIN’s server was updated.',
  },
  'newer-program': {
    why: 'the ASIN has this record in a newer form than this program reads.',
    todo: 'Update Registre on this desktop, then send it again.',
  },
  'row-too-large': {
    why: 'the record is too large (more than {{size}}).',
    todo: 'Shorten its notes or lists, then send it again. Photos and documents are attached apart.',
  },
  'row-too-large-to-send': {
    why: 'the record is too large to be sent.',
    todo: 'Shorten its notes or lists, then send it again. Photos and documents are attached apart.',
  },
  'text-unstorable': {
    why: 'a text holds an invisible character that the register cannot keep.',
    todo: 'Empty this field and type it again, without pasting: the record leaves again by itself.',
  },
  'name-unstorable': {
    why: 'the name of a characteristic holds a character that the register cannot keep.',
    todo: 'Call your support with this message.',
  },
  'number-too-large': {
    why: 'a number is too large.',
    todo: 'Correct this number: the record leaves again by itself.',
  },
  'too-deep': {
    why: 'a value has too many levels.',
    todo: 'Call your support with this message.',
  },
  'bad-key': {
    why: 'the record has no valid identifier.',
    todo: 'Call your support with this message.',
  },
  missing: {
    why: 'a mandatory field is missing.',
    todo: 'Fill it in: the record leaves again by itself.',
  },
  'unknown-field': {
    why: 'the ASIN does not know one of its fields yet.',
    todo: 'Keep it here, and send it again once the ASIN’s server was updated.',
  },
  'too-long': {
    why: 'a text is too long (more than {{count, number}} characters).',
    todo: 'Shorten it in the record: it leaves again by itself.',
  },
  'not-a-row': {
    why: 'this record was not sent in the agreed form.',
    todo: 'Update Registre, then send it again. If it goes on, call your support.',
  },
  shape: {
    why: 'a value has not the expected form.',
    todo: 'Correct it in the record: it leaves again by itself. If you do not see the mistake, give your support this message: “{{rest}}”.',
  },
};
